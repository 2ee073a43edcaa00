"""Row C2: the papers of a meeting for twelve recipients who see three different things, against three single ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction

from agreements.covenants.in_force import current_policy
from agreements.models import Agency, Membership, Professional
from agreements.parties.reader import visit_of
from agreements.policy.catalogue import load_catalogue
from audit.journal.appender import append
from audit.journal.entry import Action as Act
from audit.journal.entry import Entry, Outcome
from audit.journal.scope import write_scope
from bench.report import Row, at_most
from bench.stores import Store, ready, switch, vendors
from bench.timing import take_turns
from cases.disclosure.reading import Reading
from cases.meetings.models import AgendaItem, Attendance, Decision, Meeting, ParkedPoint, Picture, Position
from cases.minutes.commands import make_minutes
from cases.minutes.models import Minutes, Paper
from cases.minutes.papers import fetch
from cases.minutes.tasks import make_papers
from cases.models import Case, CaseCovenant, CaseSubject, Participation, PhaseChange, Subject
from cases.plans.models import Action
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex

CASES = 100
"""In the store beside those of the meeting: they play no part."""
ITEMS = 8
VIEWS = (
    (("POL", "OM", "GEM", "RCL", "JB"), 8),
    (("BGM", "RVK", "DJI", "GGD"), 5),
    (("VT", "GGZ", "SOC"), 3),
)
"""Which types of agency take part in how many of the cases. The bureau leads and is no recipient."""
ROUNDS = 7
TEXT = "De partijen spreken af wie belt, wanneer, en wat er gebeurt als het niet lukt binnen de afgesproken termijn"


def rows() -> Iterator[Row]:
    """C2, per database. One job for twelve against three jobs for one each: the same work by the same task."""
    for vendor in vendors():
        switch(ready(Store(vendor=vendor, size=CASES)))
        with transaction.atomic():
            yield _row(vendor)
            transaction.set_rollback(True)


def _row(vendor: str) -> Row:
    minutes, members = _sitting()
    papers = _papers(minutes, members)
    make_papers.call([str(paper.uid) for paper in papers])
    views = {paper.view for paper in Paper.objects.filter(minutes=minutes)}
    assert len(members) == 12, len(members)
    assert len(views) == len(VIEWS), f"{len(views)} views"
    singles = [members[0], members[5], members[9]]
    with _ordering(minutes) as order:
        taken = take_turns(
            {
                "all": lambda: make_papers.call(order(members)),
                "single": lambda: [make_papers.call(order([one])) for one in singles],
                "fetch": lambda: _fetch(minutes, members[0]),
            },
            rounds=ROUNDS,
        )
    return at_most(
        f"C2 {vendor}", taken.ratio("all", "single"), 1.3,
        f"{taken.median('all'):.2f} s against {taken.median('single'):.2f} s; {ITEMS} cases, {_said(minutes)} words; "
        f"fetching one, disclosed again and marked: {taken.median('fetch') * 1e3:.0f} ms",
    )  # fmt: skip


@contextmanager
def _ordering(minutes: Minutes) -> Iterator[Any]:
    """Fresh orders, so that every round makes its papers."""

    def order(members: list[Membership]) -> list[str]:
        Paper.objects.filter(minutes=minutes, membership__in=[row.pk for row in members]).delete()
        return [str(paper.uid) for paper in _papers(minutes, members)]

    yield order


def _papers(minutes: Minutes, members: list[Membership]) -> list[Paper]:
    return [
        Paper.objects.create(
            minutes=minutes, agency=row.agency, asked_by=minutes.meeting.chair, membership=row.pk, asked_at=clock.now()
        )
        for row in members
    ]  # fmt: skip


def _fetch(minutes: Minutes, member: Membership) -> bytes:
    visit = visit_of(member, strength="demo", trace_id="0" * 32)
    reading = Reading.begin(visit, route="bench", event="minutes.prepared")
    paper = Paper.objects.filter(minutes=minutes, membership=member.pk).latest("asked_at")
    return fetch(reading, minutes.meeting.uid, paper.uid, None, language="nl").data


def _said(minutes: Minutes) -> int:
    of = {"item__meeting": minutes.meeting}
    return (
        Decision.objects.filter(**of).count()
        + Picture.objects.filter(**of).count()
        + ParkedPoint.objects.filter(**of).count()
        + Action.objects.filter(item__in=minutes.meeting.items.values("uid")).count()
    )


def _sitting() -> tuple[Minutes, list[Membership]]:
    """A meeting of eight cases that ended, with its minutes and its twelve recipients, in the order of VIEWS."""
    agencies = {agency.type: agency for agency in Agency.objects.order_by("-code")}
    at = clock.now() - timedelta(hours=2)
    chair = Professional.objects.get(demo_key="nadia")
    with write_scope(reason="bench"):
        meeting = Meeting.objects.create(
            title="Overleg", lead=agencies["ZVH"], chair=chair, starts_at=at, started_at=at, ended_at=clock.now(),
            state="ended",
        )  # fmt: skip
        members = [_member(agencies[code], n) for n, code in enumerate(code for group, _n in VIEWS for code in group)]
        for n in range(ITEMS):
            types = [code for group, most in VIEWS for code in group if n < most]
            _item(meeting, n, [agencies[code] for code in types], agencies["ZVH"])
        visit = visit_of(Membership.objects.get(professional=chair), strength="demo", trace_id="0" * 32)
        make_minutes(Reading.begin(visit, route="bench", event="meeting.ended"), meeting)
    return Minutes.objects.get(meeting=meeting), members


def _member(agency: Agency, number: int) -> Membership:
    person = Professional.objects.create(
        email=f"bench{number}@verbond.example", name=f"Ontvanger {number}", is_active=True
    )
    made = Membership.objects.create(
        professional=person, agency=agency, roles=["professional"], starts=clock.now() - timedelta(days=1)
    )
    return Membership.objects.select_related("professional", "agency").get(pk=made.pk)


def _item(meeting: Meeting, number: int, present: list[Agency], lead: Agency) -> None:
    began = clock.now() - timedelta(days=30)
    case = Case.objects.create(
        number=f"B-C2-{number}", kind="person", purpose="pga_adult", urgency="normal", phase="plan", phase_since=began,
        state="open", covenants="PGA-MD", lead=lead, opened_at=began,
        partners=" ".join(sorted({agency.type for agency in (*present, lead)})),
    )  # fmt: skip
    PhaseChange.objects.create(case=case, phase="plan", starts=began, by=lead)
    CaseCovenant.objects.create(case=case, code="PGA-MD", starts=began)
    subject = Subject.objects.create(born_on=clock.today() - timedelta(days=40 * 366))
    CaseSubject.objects.create(case=case, subject=subject, role="subject", position=0)
    item = AgendaItem.objects.create(meeting=meeting, position=number, case=case, state="done")
    for agency in (*present, lead):
        Participation.objects.create(
            case=case, agency=agency, mode="live", starts=began, reason="bench", urgency_rank=2
        )
        Attendance.objects.create(item=item, agency=agency, guest="Iemand", arrived_at=began)
    _words(item, present, lead)
    append([_entry()])


def _words(item: AgendaItem, present: list[Agency], lead: Agency) -> None:
    """Three decisions with positions, four actions, two joint views and a point for later."""
    heard = " ".join(agency.code for agency in (*present, lead))

    def say(model: Any, source: Agency, values: dict[str, str], **columns: Any) -> Any:
        return model.objects.create(
            case=item.case, source=source, under="PGA-MD", heard=heard, values=SealedFacts.seal(values),
            present=to_hex(load_catalogue().mask(values)), given_at=clock.now(), **columns,
        )  # fmt: skip

    for n in range(3):
        decision = say(Decision, lead, {"decision_text": f"{TEXT} ({n})."}, item=item, number=n + 1)
        for agency in present[: 3 + n]:
            reason = {"dissent_reason": f"{TEXT}."} if agency is present[0] and n == 0 else {}
            say(Position, agency, reason, decision=decision, stance="dissents" if reason else "agrees")
    for n in range(4):
        say(
            Action, lead, {"action_text": f"{TEXT} ({n})."}, number=n + 1, item=item.uid,
            owner_agency=present[n % len(present)], due_on=clock.today() + timedelta(days=n),
        )  # fmt: skip
    for domain in ("housing", "finance"):
        say(Picture, lead, {"joint_view": f"{TEXT}."}, item=item, domain=domain, joint=True)
    say(ParkedPoint, lead, {"parked_point": f"{TEXT}."}, item=item)


def _entry() -> Entry:
    return Entry(
        event_type="case.loaded", action=Act.CREATE, outcome=Outcome.OK, actor_ref="operator:bench",
        agency_ref="installation", policy_epoch=current_policy().epoch,
    )  # fmt: skip
