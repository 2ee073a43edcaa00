"""Why a read was somebody's work: the reasons R1-R9, kept beside the entry at the moment of the read."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agency, Membership, Professional
from audit.journal.models import Entry
from cases.casework.queries import open_case, worklist
from cases.meetings.models import AgendaItem, Attendance, Invitation, Meeting
from cases.models import Case, Contribution, Participation, ParticipationMember
from cases.plans.models import Action
from cases.records.sealed import SealedFacts
from foundation import clock
from tests.cases.desk import changing, hat_of, page, reading
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
CASE = "MW-2"


def reason(world: World, key: str, *, number: str = CASE, **how: Any) -> tuple[str, str]:
    """What explains that this persona opens the case now: code and sort of fact, the same for all its entries."""
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    open_case(reading(world, key, purpose="pga_adult", **how), number, None)
    found = set(Entry.objects.filter(id__gt=before).values_list("reason_code", "reason_ref"))
    assert len(found) == 1
    code, fact = found.pop()
    return code, fact.partition(":")[0]


@pytest.fixture
def bare(world: World) -> World:
    """The marker world without what ties its police officer to the case."""
    person = world.people["ruben"]
    with changing():
        Contribution.objects.filter(entered_by=person).update(entered_by=world.people["dirk"])
        Action.objects.filter(owner=person).update(owner=None)
        Invitation.objects.filter(professional=person).delete()
        Attendance.objects.filter(professional=person).delete()
    return world


def test_a_police_officer_whose_agency_takes_part_but_who_has_no_work_in_the_case_is_not_explained(
    bare: World,
) -> None:
    assert reason(bare, "ruben") == ("U", "participation")


def test_who_is_named_in_the_participation_is_assigned(bare: World) -> None:
    with changing():
        taking = Participation.objects.get(case__number=CASE, agency__code="POL-MD")
        taking.everyone = False
        taking.save()
        ParticipationMember.objects.create(participation=taking, professional=bare.people["ruben"])

    assert reason(bare, "ruben") == ("R2", "participation")


def test_an_open_action_explains_until_it_is_done(bare: World) -> None:
    case, police = Case.objects.get(number=CASE), Agency.objects.get(code="POL-MD")
    with changing():
        action = Action.objects.create(
            case=case, number=99, source=police, owner_agency=police, owner=bare.people["ruben"], under="PGA-MD",
            values=SealedFacts.seal({"action_text": "Bellen"}), present="0", given_at=clock.now(), due_on=clock.today(),
        )  # fmt: skip

    assert reason(bare, "ruben") == ("R3", "action")

    with changing():
        action.state = "done"
        action.save()

    assert reason(bare, "ruben") == ("U", "participation")


@pytest.mark.parametrize(("days", "code"), [(13, "R4"), (-13, "R4"), (15, "U"), (-15, "U")])
def test_a_meeting_explains_fourteen_days_before_and_after(bare: World, days: int, code: str) -> None:
    with changing():
        meeting = Meeting.objects.create(
            title="Overleg", lead=Agency.objects.get(code="ZVH-MD"), chair=bare.people["nadia"],
            starts_at=clock.now() + timedelta(days=days),
        )  # fmt: skip
        AgendaItem.objects.create(meeting=meeting, position=1, case=Case.objects.get(number=CASE))
        Invitation.objects.create(
            meeting=meeting, agency=Agency.objects.get(code="POL-MD"), professional=bare.people["ruben"]
        )

    assert reason(bare, "ruben")[0] == code


def test_who_gave_facts_in_the_case_may_look_how_it_goes_on(bare: World) -> None:
    with changing():
        row = Contribution.objects.filter(case__number=CASE, source__code="POL-MD", withdrawn_at=None).first()
        row.entered_by = bare.people["ruben"]
        row.save()

    assert reason(bare, "ruben") == ("R5", "contribution")


def test_the_case_director_of_the_agency_that_leads_is_assigned(bare: World) -> None:
    with changing():
        Case.objects.filter(number=CASE).update(lead=Agency.objects.get(code="ZVH-MD"))

    assert reason(bare, "nadia") == ("R2", "participation")


def test_a_team_lead_supervises(bare: World) -> None:
    hat = hat_of(bare, "ruben")
    with changing():
        Membership.objects.filter(pk=hat.pk).update(roles=["professional", "team_lead"])

    assert reason(bare, "ruben") == ("R7", "participation")


def test_a_list_needs_no_more_than_that_the_agency_takes_part(bare: World) -> None:
    worklist(reading(bare, "ruben", event="case.list"), None)

    codes = Entry.objects.filter(event_type="case.list").values_list("reason_code", flat=True)
    assert set(codes) == {"R1"}


def test_list_and_detail_stay_within_eight_queries_whatever_has_to_be_looked_up(bare: World) -> None:
    def count(act: Any) -> int:
        act()  # what is compiled once
        with CaptureQueriesContext(
            connection,
        ) as seen:
            act()
        return len([q for q in seen.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    assert count(lambda: open_case(reading(bare, "ruben", purpose="pga_adult"), CASE, None)) <= 8
    assert count(lambda: worklist(reading(bare, "ruben", event="case.list"), None)) <= 8


def test_a_refusal_is_no_read_and_needs_no_reason(bare: World) -> None:
    page(bare, "hanneke").get(f"/casus/{CASE}/")

    refused = Entry.objects.filter(event_type="case.refused")
    assert refused.exists()
    assert not refused.filter(reason_code__isnull=False).exists()


def test_somebody_elses_action_explains_nothing(bare: World) -> None:
    case, police = Case.objects.get(number=CASE), Agency.objects.get(code="POL-MD")
    colleague = Professional.objects.get(demo_key="esra")
    with changing():
        Action.objects.create(
            case=case, number=98, source=police, owner_agency=police, owner=colleague, under="PGA-MD",
            values=SealedFacts.seal({"action_text": "Bellen"}), present="0", given_at=clock.now(), due_on=clock.today(),
        )  # fmt: skip

    assert reason(bare, "ruben") == ("U", "participation")
