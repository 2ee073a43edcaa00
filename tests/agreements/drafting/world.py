"""Who works on drafts in these tests, and drafts in each state. lieke holds the pen for the municipality."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from agreements.covenants.models import CovenantVersion, Signature
from agreements.covenants.rules import State
from agreements.drafting import commands, queries
from agreements.drafting.models import Draft, DraftState
from agreements.drafting.models_nl import MODELS
from agreements.models import Membership
from agreements.parties.reader import Visit, visit_of
from audit.journal.models import Entry as JournalRow
from audit.journal.scope import write_scope
from foundation import clock

CODE = "HAVEN-PROEF"
PARTIES = {
    "POL-MD": "controller",
    "OM-MD": "controller",
    "GEM-MD": "controller",
    "BGM-MD": "controller",
    "WON-WATERWEG": "participant",
    "JW-HAVEN": "participant",
    "ZVH-MD": "bureau",
}
SCHOOL = "OND-BAKEN"


def visit(key: str, *roles: str) -> Visit:
    """The visit of a persona; with other roles than their own when they are given."""
    membership = Membership.objects.select_related("professional", "agency").get(professional__demo_key=key)
    made = visit_of(membership, strength="demo", trace_id="0" * 32)
    return replace(made, roles=frozenset(roles)) if roles else made


def lieke() -> Visit:
    """Counsel of the municipality: holds the pen."""
    return visit("lieke")


def area_text() -> str:
    """The model of an area, filled in: a text that nothing is wrong with, for this year and four more."""
    year = clock.today().year
    return (
        MODELS["area_undermining"]
        .text.replace("GEBIED-MODEL", CODE)
        .replace("[invullen: nummer van de DPIA]", "DPIA-3")
        .replace("from: 2026-01-01, until: 2030-12-31", f"from: {year}-01-01, until: {year + 4}-12-31")
        .replace("review: 2027-01-01", f"review: {year + 1}-01-01")
    )


def start(text: str | None = None, *, parties: Any = PARTIES) -> Draft:
    return commands.start_draft(lieke(), text=text or area_text(), parties=parties)


def consulted(text: str | None = None, *, parties: Any = PARTIES) -> Draft:
    draft = start(text, parties=parties)
    return commands.open_consultation(lieke(), draft.uid)


def offered(text: str | None = None, *, parties: Any = PARTIES) -> Draft:
    draft = consulted(text, parties=parties)
    return commands.put_up_for_signature(lieke(), draft.uid)


def in_state(state: str) -> Draft:
    """A draft in a state, brought there by the steps that lead to it."""
    if state == DraftState.DRAFT:
        return start()
    if state == DraftState.CONSULTATION:
        return consulted()
    draft = offered() if state != DraftState.DROPPED else consulted()
    if state == DraftState.DROPPED:
        return commands.drop(lieke(), draft.uid, reason="Het gebied is rustig.")
    if state == DraftState.ADOPTED:
        agree(draft)
    return draft


def agree(draft: Draft) -> CovenantVersion:
    """The last signature stands: what the signing room does, without its keys."""
    from agreements.covenants.commands.entering import Signer, enter_into_force
    from agreements.covenants.commands.shared import finish
    from agreements.covenants.rules import operator

    version = CovenantVersion.objects.get(draft=draft)
    with transaction.atomic(), write_scope(reason="tests"):
        places = Signature.objects.filter(version=version).select_related("agency")
        signers = [Signer(agency=row.agency, capacity=row.capacity, signed_from=clock.now()) for row in places]
        finish(operator("tests"), enter_into_force(version, signers, at=max(version.starts, clock.now())))
    version.refresh_from_db()
    assert version.state == State.AGREED
    return version


def reread(draft: Draft) -> Draft:
    return Draft.objects.select_related("version", "owner").get(pk=draft.pk)


def state(draft: Draft) -> str:
    return queries.draft_page(lieke(), draft.uid).state


def entries(event: str) -> list[JournalRow]:
    return list(JournalRow.objects.filter(event_type=event).order_by("id"))


def some_draft() -> Draft:
    """A draft in consultation, in whatever world this test has; made when there is none."""
    return Draft.objects.filter(code=CODE).first() or consulted()


def some_remark() -> str:
    """The uid of a remark by the police about it."""
    draft = some_draft()
    known = draft.remarks.first()
    return str((known or commands.add_remark(visit("hilde"), draft.uid, article="6", text="Scherper, graag.")).uid)
