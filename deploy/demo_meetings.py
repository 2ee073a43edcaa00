"""The meetings of the demo: one today, one next week that asks for answers, one of two weeks ago with decisions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from agreements.covenants.rules import operator
from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.casework.commands.wording import new_words, save_words
from cases.disclosure.reading import Reading
from cases.meetings.commands import agenda, invitations, planning, secrecy
from cases.meetings.commands.planning import Sitting
from cases.meetings.models import AgendaItem, Attendance, Decision, ItemState, Meeting, MeetingState
from cases.meetings.queries_agenda import proposals
from cases.meetings.statement import CURRENT
from cases.records.models import Case
from foundation import clock

TODAY, NEXT, BEFORE = (uuid5(NAMESPACE_URL, f"verbond-demo-overleg-{name}") for name in ("vandaag", "straks", "eerder"))
_MINUTES = {
    "MD-2026-0418": 20, "MD-2026-0402": 15, "MD-2026-0425": 10, "MD-2026-0360": 10, "MD-2026-0377": 10,
    "MD-2026-0433": 15, "MD-2026-0471": 10, "MD-2026-0391": 10,
}  # fmt: skip
_ANSWERS = {
    "ruben": "room", "margot": "room", "sanne": "room", "marloes": "room", "tessa": "room", "wouter": "link",
    "farid": "link",
}  # fmt: skip
_SIGNED = ("nadia", "ruben", "margot", "sanne", "marloes")
_DECIDED = {
    "MD-2026-0418": "Jeugdbescherming vraagt een ondertoezichtstelling aan; tot dan houdt de wijkagent contact.",
    "MD-2026-0360": "Het veiligheidsplan blijft nog drie maanden gelden.",
    "MD-2026-0377": "De gemeente zoekt een woning buiten Rietveld-Zuid; reclassering bewaakt de termijn.",
}
_WERE_THERE = ("nadia", "ruben", "sanne")


@transaction.atomic
def load_demo_meetings() -> None:
    """Plan the meetings of the demo as its case director would; nothing when they stand or their cases do not."""
    wanted = {*_MINUTES, *_DECIDED}
    if Meeting.objects.filter(uid=TODAY).exists() or Case.objects.filter(number__in=wanted).count() < len(wanted):
        return
    _before()
    _today()
    _next()


@transaction.atomic
def remove_demo_meetings() -> None:
    """Take the meetings of the demo away, before their cases go."""
    found = list(Meeting.objects.filter(uid__in=[TODAY, NEXT, BEFORE]))
    if not found:
        return
    by = operator("load_demo")
    with write_scope(reason="remove_demo_meetings"):
        Meeting.objects.filter(pk__in=[meeting.pk for meeting in found]).update(current=None)
        for meeting in found:
            meeting.delete()
        append(
            [
                Entry(
                    event_type="meeting.removed", action=Action.DELETE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                    agency_ref=by.agency_ref, detail={"meeting": str(meeting.uid)},
                )
                for meeting in found
            ]
        )  # fmt: skip


def _today() -> None:
    nadia = _reading("nadia")
    sitting = Sitting(
        title="Casusoverleg Zuid", starts_at=_later_today(), minutes=110, place="Vergaderzaal 2.14, Stadskantoor",
        link="https://bellen.maasdelta.example/zuid",
    )  # fmt: skip
    planning.plan(nadia, sitting, uid=TODAY)
    _agenda(nadia, TODAY, _MINUTES)
    _invite_all(nadia, TODAY)
    for persona, coming in _ANSWERS.items():
        invitations.answer(_reading(persona), TODAY, coming=coming)
    for persona in _SIGNED:
        secrecy.accept(_reading(persona), TODAY, version=CURRENT)


def _next() -> None:
    nadia = _reading("nadia")
    starts = clock.start_of(clock.today() + timedelta(days=7)) + timedelta(hours=10)
    sitting = Sitting(
        title="Casusoverleg Noord", starts_at=starts, minutes=60, place="Vergaderzaal 1.03, Wijkhuis Noord"
    )
    planning.plan(nadia, sitting, uid=NEXT)
    agenda.add_point(nadia, NEXT, title="Verslag van de vorige keer", minutes=5)
    agenda.add_cases(nadia, NEXT, ["MD-2026-0344", "MD-2026-0451", "MD-2026-0440"], minutes=15)
    agenda.ask(nadia, NEXT, until=starts - timedelta(hours=17))
    _invite_all(nadia, NEXT)
    invitations.answer(_reading("fenna"), NEXT, coming="room")


def _before() -> None:
    starts = clock.start_of(clock.today() - timedelta(days=14)) + timedelta(hours=13, minutes=30)
    past = _reading("nadia", at=starts - timedelta(days=3))
    planning.plan(past, Sitting(title="Casusoverleg Zuid", starts_at=starts, minutes=45), uid=BEFORE)
    _agenda(past, BEFORE, dict.fromkeys(_DECIDED, 15))
    _invite_all(past, BEFORE)
    for persona in _WERE_THERE:
        during = _reading(persona, at=starts - timedelta(days=1))
        if persona != "nadia":
            invitations.answer(during, BEFORE, coming="room")
        secrecy.accept(during, BEFORE, version=CURRENT)
    _held(BEFORE, starts)


def _held(uid: UUID, starts: datetime) -> None:
    """The meeting as it went: who was there for each item, what was decided, and its end."""
    meeting = Meeting.objects.get(uid=uid)
    here = {persona: membership_for(persona=persona) for persona in _WERE_THERE}
    with write_scope(reason="demo"):
        for place, item in enumerate(meeting.items.select_related("case")):
            at = starts + timedelta(minutes=15 * place)
            for row in here.values():
                Attendance.objects.create(
                    item=item, agency=row.agency, professional=row.professional, arrived_at=at,
                    left_at=at + timedelta(minutes=15), released_at=at + timedelta(minutes=15),
                )  # fmt: skip
            item.state, item.seconds_used = ItemState.DONE, 15 * 60
            item.save(update_fields=["state", "seconds_used"])
            _decided(item, at=at + timedelta(minutes=12), heard=tuple(row.agency.code for row in here.values()))
        ends = starts + timedelta(minutes=45)
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.ENDED, started_at=starts, ended_at=ends)


def _decided(item: AgendaItem, *, at: datetime, heard: tuple[str, ...]) -> None:
    reading, case = _reading("nadia", at=at), item.case
    if case is None:
        return
    last = Decision.objects.filter(case=case).count()
    words = new_words(
        Decision, reading, case, {"decision_text": _DECIDED[case.number]}, heard=heard, item=item, number=last + 1
    )
    save_words(reading, words, event="decision.made", action=Action.CREATE, item=str(item.uid), number=last + 1)


def _agenda(reading: Reading, uid: UUID, minutes: Mapping[str, int]) -> None:
    items = agenda.add_cases(reading, uid, list(minutes))
    agenda.set_minutes(reading, uid, {item.uid: minutes[item.case.number] for item in items if item.case})


def _invite_all(reading: Reading, uid: UUID) -> None:
    """Everybody whom the agenda suggests. No mail: in the demo nobody reads it."""
    asked = [f"{found.agency.code} {found.person_uuid}" for found in proposals(reading, uid)]
    invitations.invite(reading, uid, invitations.invitees_of(asked))


def _later_today() -> datetime:
    """Half past one, or the next half hour when that has passed; late in the evening it stays half past one."""
    day, now = clock.start_of(clock.today()), clock.now()
    usual = day + timedelta(hours=13, minutes=30)
    if now < usual:
        return usual
    soon = day + timedelta(minutes=30 * (int((now - day).total_seconds() // 1800) + 1))
    return soon if soon < day + timedelta(hours=22) else usual


def _reading(persona: str, *, at: datetime | None = None) -> Reading:
    visit = visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
    reading = Reading.begin(visit, route="load_demo", event="meeting.planned")
    return replace(reading, at=at) if at else reading
