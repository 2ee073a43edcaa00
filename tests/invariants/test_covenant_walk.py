"""A covenant's whole way with a moved clock: drafted, consulted, counted, signed, in force, left, and looked back on.

The marker world says what a page shows; the oracle of invariant 1 is not needed, since one article changes.
"""

import json
from datetime import datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.test import Client

from agreements.covenants.models import CovenantVersion, Party
from agreements.drafting import commands as drafting
from agreements.drafting import editing
from agreements.drafting.models import Draft
from agreements.drafting.queries import draft_page, findings_of
from agreements.joining.commands.leaving import withdraw
from agreements.models import Agency, Membership, Professional
from agreements.parties.reader import Visit, visit_of
from agreements.signing.commands import sign_version
from audit.journal.appender import append
from audit.journal.models import Entry as Row
from audit.journal.scope import write_scope
from cases.impact.commands import start_run
from foundation import clock
from tests.invariants.crawl import get, sign_in
from tests.invariants.world import World, _entry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CASE = "/casus/MW-1/"
RULE = {
    "from": ["GEM"], "to": ["OND"], "roles": ["professional"], "fields": ["truancy_hours"], "purposes": ["4.1"],
    "phases": ["plan"], "conditions": ["involved", "minor"], "obligations": ["log", "secrecy"], "basis": ["LPW-16"],
}  # fmt: skip
"""Not police contacts: the marker world's facts are given under PGA-MD too, which forbids those to a school."""


def visit(person: Professional, *, agency: str = "") -> Visit:
    memberships = Membership.objects.select_related("professional", "agency").filter(professional=person)
    membership = memberships.get(agency__code=agency) if agency else memberships.get()
    return visit_of(membership, strength="demo", trace_id="0" * 32)


def signatories(codes: list[str]) -> list[Visit]:
    """For each of these agencies somebody who may sign; who has none of the demo gets one here."""
    found = []
    with write_scope(reason="signatories"):
        for code in codes:
            held = [row for row in Membership.objects.filter(agency__code=code) if "signatory" in row.roles]
            if not held:
                person = Professional.objects.create(email=f"teken@{code.lower()}.example", name=f"Tekenaar {code}")
                agency = Agency.objects.get(code=code)
                held = [Membership.objects.create(professional=person, agency=agency, roles=["signatory"])]
            found.append(visit(held[0].professional, agency=code))
        append([_entry()])
    return found


def hours(world: World) -> set[str]:
    """The sources of reported truancy that the teacher's page shows now."""
    seen = get(world, sign_in(world.people["peter"]), CASE)
    return {marker.source for marker in seen.markers if marker.code == "truancy_hours"}


def others(world: World) -> set[str]:
    """The agencies of which the teacher's page shows anything, the school itself aside."""
    return {marker.source for marker in get(world, sign_in(world.people["peter"]), CASE).markers} - {"OND-BAKEN"}


def draft_of(lieke: Visit, *, starts: str) -> Draft:
    """The next version of JS-MD with one article more, consulted and with every warning answered."""
    draft = drafting.start_draft(lieke, from_version=("JS-MD", 1))
    changes = {"term": {"from": starts}}
    draft = drafting.edit(
        lieke, draft.uid, operation=partial(editing.set_head, changes=changes), base_revision=draft.revision
    )
    rule = partial(editing.put_rule, article="7", kind="grants", rule=RULE)
    return drafting.edit(lieke, draft.uid, operation=rule, base_revision=draft.revision)


def bring_to_signing(lieke: Visit, draft: Draft, hilde: Visit) -> CovenantVersion:
    drafting.open_consultation(lieke, draft.uid)
    remark = drafting.add_remark(hilde, draft.uid, article="7", text="Alleen het aantal, niet de reden.")
    drafting.resolve_remark(lieke, remark.uid, answer="Zo staat het er: alleen het aantal.")
    for item in findings_of(lieke, draft.uid).findings:
        if item.severity == "warning":
            drafting.answer_finding(
                lieke, draft.uid, code=item.code, article=item.article, message=item.message, text="Gezien."
            )
    assert draft_page(lieke, draft.uid).state == "consultation"
    drafting.put_up_for_signature(lieke, draft.uid)
    return CovenantVersion.objects.get(draft=draft)


def grade(client: Client, at: datetime) -> str:
    """What the chain says of the hours that the teacher may see at a moment."""
    url = f"{CASE}waarom/?veld=truancy_hours&bron=GEM-MD&op={at.astimezone(clock.AMSTERDAM):%Y-%m-%dT%H:%M}"
    return client.get(url).content.decode()


def test_a_covenant_from_draft_to_withdrawal(world: World) -> None:
    now = clock.now()
    lieke, hilde = visit(world.people["lieke"]), visit(world.people["hilde"])
    tomorrow = clock.today() + timedelta(days=1)
    draft = draft_of(lieke, starts=tomorrow.isoformat())
    run = start_run(lieke, f"concept-{draft.uid}", route="impact")
    run.refresh_from_db()
    version = bring_to_signing(lieke, draft, hilde)
    assert hours(world) == set()

    places = [row.agency.code for row in version.signatures.select_related("agency") if row.capacity != "bureau"]
    for who in signatories(places):
        sign_version(who, "JS-MD", 2, mandate="mandaatbesluit", confirm_sha256=version.sha256)
    version.refresh_from_db()
    start = clock.start_of(tomorrow)

    assert run.state == "done"
    assert "truancy_hours" in json.dumps(run.result)
    assert (version.state, version.starts) == ("agreed", start)
    with time_machine.travel(start - timedelta(seconds=1), tick=False):
        assert hours(world) == set()
    with time_machine.travel(start, tick=False):
        assert hours(world) == {"GEM-MD"}
        assert draft_page(lieke, draft.uid).state == "adopted"
        withdraw(visit(world.people["karin"]), "JS-MD", reason="De school sluit zich aan bij een ander convenant.")
        assert hours(world) == {"GEM-MD"}
    leaving = Party.objects.get(covenant__code="JS-MD", agency__code="OND-BAKEN", ends__isnull=False, ends__gt=start)
    assert leaving.ends is not None
    assert leaving.ends > start + timedelta(days=88)
    with time_machine.travel(leaving.ends - timedelta(seconds=1), tick=False):
        assert hours(world) == {"GEM-MD"}
    with time_machine.travel(leaving.ends, tick=False):
        assert others(world) == set()
        teacher = sign_in(world.people["peter"])
        assert "zichtbaar voor u" not in grade(teacher, clock.now())
        assert "zichtbaar voor u" in grade(teacher, leaving.ends - timedelta(days=7))
        police = sign_in(world.people["ruben"])
        assert police.get("/convenanten/JS-MD/").status_code == 200
    events = set(Row.objects.filter(recorded_at__gte=now).values_list("event_type", flat=True))
    assert {"draft.started", "draft.offered", "covenant.signed", "covenant.version_in_force"} <= events
