"""Writes in a mediation, step by step: each checks rights, changes, and journals, in one transaction."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Agency
from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound
from programmes.mediation import events
from programmes.mediation.models import MediationAction, MediationParty, MediationRound, RoundState
from programmes.mediation.rights import check_state, may_speak, party_of_round, round_for, round_led_by
from programmes.plans.acting import denied, journal, words
from programmes.plans.rights import led_by

MOST_ACTIONS, WITHIN = 6, timedelta(days=14)


def start_round(
    visit: Visit, code: str, *, title: str, question: str, agencies: Iterable[str], groups: str = ""
) -> MediationRound:
    """Invite agencies (codes) and groups of residents (one name a line). For who leads the programme.

    Raises NotFound, Refused; Invalid: fewer than two parties, an unknown agency, no title or question.
    """
    programme = led_by(visit, code, event=events.INVITED)
    named = words(title, field="title", empty=_("Geef de bemiddeling een naam."), most=160)
    asked = words(question, field="question", empty=_("Schrijf waarover het gaat."))
    codes = set(agencies)
    found = list(Agency.objects.filter(code__in=codes))
    if len(found) != len(codes):
        raise Invalid(_("Deze organisatie bestaat niet."), remedy=_("Kies uit de lijst."), field="agencies")
    names = list(dict.fromkeys(one.strip()[:120] for one in groups.replace("\0", "").splitlines() if one.strip()))
    names = [one for one in names if one not in {agency.name for agency in found}]
    if len(found) + len(names) < 2:
        raise Invalid(_("Bemiddelen doet u tussen partijen."), remedy=_("Nodig er twee of meer uit."), field="agencies")
    with transaction.atomic(), write_scope(reason=events.INVITED):
        made = MediationRound.objects.create(
            programme=programme, title=named, question=asked, invited_on=clock.today()
        )  # fmt: skip
        for agency in found:
            MediationParty.objects.create(round=made, agency=agency, name=agency.name)
        for name in names:
            MediationParty.objects.create(round=made, name=name)
        journal(visit, events.INVITED, action=Action.CREATE, programme=code, mediation=str(made.uid))
    return made


def give_position(visit: Visit, uid: UUID, party: int, *, text: str) -> None:
    """Write how a party sees it. For that party; the lead writes for groups. Raises NotFound, Refused, Invalid."""
    found = party_of_round(visit, uid, party, event=events.POSITION, state=RoundState.INVITED)
    said = words(text, field="text", empty=_("Schrijf hoe deze partij het ziet."))
    with transaction.atomic(), write_scope(reason=events.POSITION):
        _locked(found.round, RoundState.INVITED)
        MediationParty.objects.filter(pk=found.pk).update(position=said)
        journal(visit, events.POSITION, mediation=str(uid))


def diagnose(visit: Visit, uid: UUID, *, text: str) -> None:
    """Record the shared diagnosis. For who leads. Raises NotFound, Refused; Invalid: a position is missing, no text."""
    found = round_led_by(visit, uid, event=events.DIAGNOSED, state=RoundState.INVITED)
    said = words(text, field="text", empty=_("Schrijf wat alle partijen zien."))
    missing = [one.name for one in found.parties.all() if not one.position]
    if missing:
        raise Invalid(
            _("Nog zonder standpunt: %(names)s.") % {"names": ", ".join(missing)}, field="text",
            remedy=_("Een diagnose is gezamenlijk: laat eerst elke partij zeggen hoe zij het ziet."),
        )  # fmt: skip
    _step(visit, found, events.DIAGNOSED, RoundState.INVITED, state=RoundState.DIAGNOSED, diagnosis=said)


def add_action(visit: Visit, uid: UUID, *, party: int, text: str, due_on: date) -> MediationAction:
    """Propose a small action, within two weeks. For who leads.

    Raises NotFound, Refused; Invalid: the seventh, a day later than two weeks or past, or a party not invited.
    """
    found = round_led_by(visit, uid, event=events.ACTION, state=RoundState.DIAGNOSED)
    said = words(text, field="text", empty=_("Zeg wat er te zien zal zijn."), most=240)
    owner = next((one for one in found.parties.all() if one.pk == party), None)
    if owner is None:
        raise Invalid(_("Deze partij is niet uitgenodigd."), remedy=_("Kies uit de lijst."), field="party")
    today = clock.today()
    if not today <= due_on <= today + WITHIN:
        raise Invalid(
            _("Een eerste actie is binnen twee weken te zien."), field="due_on",
            remedy=_("Kies een dag tot en met %(day)s, of een kleinere actie.")
            % {"day": (today + WITHIN).isoformat()},
        )  # fmt: skip
    with transaction.atomic(), write_scope(reason=events.ACTION):
        _locked(found, RoundState.DIAGNOSED)
        if found.actions.count() >= MOST_ACTIONS:
            raise Invalid(_("Er zijn al zes acties."), remedy=_("Houd het klein: begin met deze zes."), field="text")
        made = MediationAction.objects.create(round=found, party=owner, words=said, due_on=due_on)
        journal(visit, events.ACTION, mediation=str(uid))
    return made


def agree(visit: Visit, uid: UUID) -> None:
    """The parties agreed on the actions. For who leads. Raises NotFound, Refused; Invalid: there is no action."""
    found = round_led_by(visit, uid, event=events.AGREED, state=RoundState.DIAGNOSED)
    if not found.actions.all():
        raise Invalid(_("Er is nog geen actie."), remedy=_("Voeg er een toe die binnen twee weken te zien is."))
    _step(visit, found, events.AGREED, RoundState.DIAGNOSED, state=RoundState.AGREED, agreed_on=clock.today())


def finish_action(visit: Visit, uid: UUID, action: int) -> None:
    """An action is done; with the last one the round is. For its party; the lead for groups of residents.

    Raises NotFound, Refused (journalled); Invalid: it was done before, or not agreed on yet.
    """
    found = round_for(visit, uid)
    chosen = next((one for one in found.actions.all() if one.pk == action), None)
    if chosen is None:
        raise NotFound(_("Deze actie bestaat niet."), remedy=_("Kies er een uit de bemiddeling."))
    if not may_speak(visit, chosen.party, found):
        denied(
            visit, events.ACTION_DONE, _("Dit meldt %(name)s.") % {"name": chosen.party.name},
            remedy=_("Vraag een teamleider of tekenbevoegde van die partij."), programme=found.programme.code,
        )  # fmt: skip
    check_state(found, RoundState.AGREED)
    with transaction.atomic(), write_scope(reason=events.ACTION_DONE):
        _locked(found, RoundState.AGREED)
        if not MediationAction.objects.filter(pk=action, done_on=None).update(done_on=clock.today()):
            raise Invalid(_("Deze actie is al gedaan."), remedy=_("U hoeft niets te doen."))
        if not found.actions.filter(done_on=None).exists():
            MediationRound.objects.filter(pk=found.pk).update(state=RoundState.DONE)
        journal(visit, events.ACTION_DONE, mediation=str(uid))


def evaluate(visit: Visit, uid: UUID, *, text: str) -> None:
    """Write back to residents what came of it. For who leads. Raises NotFound, Refused, Invalid."""
    found = round_led_by(visit, uid, event=events.EVALUATED, state=RoundState.DONE)
    said = words(text, field="text", empty=_("Schrijf wat bewoners ervan merken."))
    _step(visit, found, events.EVALUATED, RoundState.DONE, state=RoundState.EVALUATED, result=said)


def consent(visit: Visit, uid: UUID, party: int, *, public: bool) -> None:
    """Say whether the result may be public. For that party; the lead for groups. It can be taken back.

    Raises NotFound, Refused; Invalid: there is no result yet.
    """
    found = party_of_round(visit, uid, party, event=events.CONSENTED, state=RoundState.EVALUATED)
    with transaction.atomic(), write_scope(reason=events.CONSENTED):
        MediationParty.objects.filter(pk=found.pk).update(public=public)
        journal(visit, events.CONSENTED, mediation=str(uid), public=int(public))


def _step(visit: Visit, found: MediationRound, event: str, before: RoundState, **changes: Any) -> None:
    with transaction.atomic(), write_scope(reason=event):
        _locked(found, before)
        MediationRound.objects.filter(pk=found.pk).update(**changes)
        journal(visit, event, programme=found.programme.code, mediation=str(found.uid))


def _locked(found: MediationRound, state: RoundState) -> None:
    """Holds the round to the end of the transaction. Raises Invalid when somebody else took the step before."""
    check_state(MediationRound.objects.select_for_update().get(pk=found.pk), state)
