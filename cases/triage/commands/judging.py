"""The judgement of triage: four criteria, a proposal by the director, and the word of the controllers on it.

An outcome stands once enough other controllers agree (TRIAGE_AGREEMENTS). Not admitted is shielded at once.
Source: BGS art. 2.20(1), WGS art. 2.31(2)-(4).
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import save_words, sealed
from cases.disclosure.reading import Reading
from cases.intake.answering import tell_reporters
from cases.records.phases import State
from cases.triage import events
from cases.triage.codes import CRITERIA, Outcome, Step
from cases.triage.commands.outcomes import check_destination
from cases.triage.commands.shared import (
    check_director,
    check_text,
    check_undecided,
    locked,
    reach,
    record,
)
from cases.triage.filters import KNOWN, WEIGH
from cases.triage.models import Triage, TriageStep
from cases.triage.parties import weighs
from cases.triage.terms import destroy_on, documents, info_until
from foundation import clock
from foundation.errors import Invalid, Refused


def judge(reading: Reading, number: str, criterion: str, *, fulfilled: bool, text: str) -> None:
    """Record whether one criterion is met, and why, without a name. Judged before: the former version is kept.

    A standing proposal falls, since it was on another judgement. Raises NotYourCase, Refused, NotFound, Invalid.
    Source: BGS art. 2.20(1)(a)-(d) and (3).
    """
    reach(reading, number)
    check_director(reading)
    if criterion not in [step.value for step in CRITERIA]:
        raise Invalid(_("Dit criterium bestaat niet."), field="criterion", remedy=_("Kies a, b, c of d."))
    values = check_text(reading, text, field="text")
    with transaction.atomic(), write_scope():
        triage = locked(reading, number)
        check_undecided(triage)
        _check_weighing(triage)
        step = TriageStep.objects.filter(triage=triage, what=criterion).first()
        if step is None:
            record(reading, triage, Step(criterion), event=events.JUDGED, values=values, fulfilled=fulfilled)
        else:
            _again(reading, triage, step, values, fulfilled=fulfilled, event=events.JUDGED)
        _drop_proposal(triage)


def say_fits(reading: Reading, number: str, *, text: str = "") -> None:
    """A controller judges that the report fits the purpose: then participants may be asked too.

    Raises NotYourCase, Refused (not a controller), NotFound, Invalid. Source: WGS art. 2.31(3).
    """
    case = reach(reading, number)
    _check_weighs(reading, weighs(reading, case))
    values = check_text(reading, text, field="text", required=False)
    with transaction.atomic(), write_scope():
        triage = locked(reading, number)
        check_undecided(triage)
        if triage.filter < KNOWN:
            raise Invalid(
                _("De melding wordt nog nagekeken."), field="filter", remedy=_("Wacht tot filter 2."),
            )  # fmt: skip
        mine = TriageStep.objects.filter(triage=triage, what=Step.FITS, source_id=reading.visit.agency.id)
        if not mine.exists():
            record(reading, triage, Step.FITS, event=events.FITS, values=values, fulfilled=True)


def ask_more(reading: Reading, number: str, *, text: str) -> Triage:
    """Ask the reporter for more, once, until a set day. Raises NotYourCase, Refused, NotFound, Invalid.

    Source: domain 4 (`more_info`: one round).
    """
    reach(reading, number)
    check_director(reading)
    values = check_text(reading, text, field="text")
    with transaction.atomic(), write_scope():
        triage = locked(reading, number)
        check_undecided(triage)
        if triage.info_until is not None:
            raise Invalid(
                _("Er is al één keer om aanvulling gevraagd."), field="outcome", remedy=_("Kies een andere uitkomst."),
            )  # fmt: skip
        _drop_proposal(triage)
        triage.info_until = info_until(clock.today())
        triage.save(update_fields=["info_until"])
        record(reading, triage, Step.PROPOSAL, event=events.ASKED_MORE, values=values, outcome=Outcome.MORE_INFO.value)
    return triage


def propose(reading: Reading, number: str, outcome: str, *, text: str, destination: str = "") -> Triage:
    """The director proposes how triage ends; a former proposal falls. Admission only with all four criteria met.

    Raises NotYourCase, Refused, NotFound, Invalid.
    """
    reach(reading, number)
    check_director(reading)
    if outcome not in Outcome.values or outcome == Outcome.MORE_INFO:
        raise Invalid(_("Deze uitkomst bestaat niet."), field="outcome", remedy=_("Kies uit de lijst."))
    values = check_text(reading, text, field="text")
    destination = check_destination(reading, number, outcome, destination)
    with transaction.atomic(), write_scope():
        triage = locked(reading, number)
        check_undecided(triage)
        if outcome == Outcome.ADMIT:
            _check_weighing(triage)
            _check_fulfilled(triage)
        triage.outcome, triage.destination = outcome, destination
        triage.save(update_fields=["outcome", "destination"])
        record(reading, triage, Step.PROPOSAL, event=events.PROPOSED, values=values, outcome=outcome)
    return triage


def respond(reading: Reading, number: str, *, agrees: bool, text: str = "") -> Triage:
    """A controller agrees with the proposal or not; with enough others in favour the outcome stands at once.

    Disagreement wants a reason. Raises NotYourCase, Refused (not a controller, or its own proposal), NotFound,
    Invalid (nothing proposed, or decided by now).
    """
    case = reach(reading, number)
    _check_weighs(reading, weighs(reading, case))
    values = check_text(reading, text, field="reason", required=not agrees)
    with transaction.atomic(), write_scope():
        triage = locked(reading, number)
        check_undecided(triage)
        proposal = standing_proposal(triage)
        if proposal is None or proposal.source_id == reading.visit.agency.id:
            raise Invalid(
                _("Er ligt geen voorstel voor uw organisatie."), field="outcome", remedy=_("Laad de pagina opnieuw."),
            )  # fmt: skip
        mine = proposal.positions.filter(source_id=reading.visit.agency.id).first()
        if mine is None:
            record(
                reading, triage, Step.POSITION, event=events.POSITION, values=values, fulfilled=agrees,
                proposal=proposal,
            )  # fmt: skip
        else:
            _again(reading, triage, mine, values, fulfilled=agrees, event=events.POSITION)
        if proposal.positions.filter(fulfilled=True).count() >= settings.TRIAGE_AGREEMENTS:
            _decide(reading, triage)
    return triage


def standing_proposal(triage: Triage) -> TriageStep | None:
    """The proposal that waits for the controllers, or was decided on; None when there is none."""
    return standing_proposals([triage]).get(triage.pk)


def standing_proposals(triages: Iterable[Triage]) -> dict[int, TriageStep]:
    """The same of several, by the row number of each that has one."""
    outcomes = {triage.pk: triage.outcome for triage in triages if triage.outcome}
    steps = TriageStep.objects.filter(triage_id__in=outcomes, what=Step.PROPOSAL).order_by("given_at", "id")
    return {step.triage_id: step for step in steps if step.outcome == outcomes[step.triage_id]}


def _decide(reading: Reading, triage: Triage) -> None:
    """The outcome stands. Not admitted: nobody reads the case any more, and it goes on its day."""
    triage.decided_at, triage.decided_by_id = reading.at, reading.visit.agency.id
    case = triage.case
    if triage.outcome != Outcome.ADMIT:
        found = documents(reading.policy, case.covenant_codes, at=reading.at)
        triage.destroy_on = destroy_on(clock.today(), found)
        case.state = State.REJECTED.value
        case.save(update_fields=["state"])
    triage.save(update_fields=["decided_at", "decided_by", "destroy_on"])
    # What the pseudonyms were for is over; an open question is taken back.
    triage.checks.filter(closed_at=None).update(closed_at=reading.at)
    triage.checks.update(of_bsn="", of_name="")
    detail = {"outcome": triage.outcome}
    if triage.destroy_on:
        detail["destroy_on"] = triage.destroy_on.isoformat()
    append([reading.entry(event=events.DECIDED, action=Action.UPDATE, case_ref=case.ref, detail=detail)])
    tell_reporters(reading, case)


def _again(
    reading: Reading, triage: Triage, step: TriageStep, values: dict[str, str], *, fulfilled: bool, event: str
) -> None:
    """The same agency judges again; its former words stay as a version."""
    if step.source_id != reading.visit.agency.id:
        raise Refused(
            _("Een andere organisatie legde dit oordeel vast."), remedy=_("Alleen zij verandert het."),
        )  # fmt: skip
    for column, value in sealed(reading, values).items():
        setattr(step, column, value)
    step.fulfilled, step.filter, step.given_at = fulfilled, triage.filter, reading.at
    step.case = triage.case
    save_words(reading, step, event=event, action=Action.UPDATE, what=step.what, fulfilled=int(fulfilled))


def _drop_proposal(triage: Triage) -> None:
    if triage.outcome:
        triage.outcome, triage.destination = "", ""
        triage.save(update_fields=["outcome", "destination"])


def _check_weighing(triage: Triage) -> None:
    if triage.filter < WEIGH:
        raise Invalid(_("Wegen kan vanaf filter 3."), field="filter", remedy=_("Rond eerst de filters daarvoor af."))


def _check_fulfilled(triage: Triage) -> None:
    met = TriageStep.objects.filter(triage=triage, what__in=CRITERIA, fulfilled=True, withdrawn_at=None).count()
    if met < len(CRITERIA):
        raise Invalid(
            _("Toelaten kan alleen als alle vier de criteria zijn vervuld."), field="outcome",
            remedy=_("Beoordeel elk criterium, of kies een andere uitkomst."),
        )  # fmt: skip


def _check_weighs(reading: Reading, may: bool) -> None:
    if not may:
        raise Refused(
            _("Alleen een verwerkingsverantwoordelijke die meedoet, weegt mee in de triage."),
            remedy=_("Vraag de procesregisseur wie er meeweegt."), article="Wgs art. 2.31 lid 2-4",
        )  # fmt: skip
