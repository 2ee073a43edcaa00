"""A case goes on after its meetings: into its plan, monitoring, aftercare; closed by controllers; opened again.

What the step must record (domain 3) is checked here; the phase itself is moved by casework.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action as Act
from audit.journal.scope import write_scope
from cases.casework.commands.phases import enter_phase, move_phase
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for, refuse
from cases.plans.closed import reopenable
from cases.plans.commands.reviews import plan_reviews
from cases.plans.models import Action, ActionState, Closing, ClosingReason, EndEffect, Feedback, Goal, Step
from cases.plans.rules import aftercare_until, check_day, is_controller, leads
from cases.records.models import Case, Participation
from cases.records.phases import Phase, State
from foundation import clock
from foundation.errors import Invalid, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """An agency at the start of aftercare: whether it keeps sight of the case, and why ("" when it does not)."""

    code: str
    type: str
    name: str
    why: str


def start_plan(reading: Reading, number: str) -> Case:
    """From the meeting to the plan: there is a goal and an action. Raises NotYourCase, Refused, Invalid."""
    case = case_for(reading, number).case
    check_leads(reading, case)
    if not (Goal.objects.filter(case=case).exists() and Action.objects.filter(case=case).exists()):
        raise Invalid(
            _("Een plan heeft ten minste één doel en één actie."), field="phase",
            remedy=_("Voeg eerst een doel en een actie toe."),
        )  # fmt: skip
    with transaction.atomic(), write_scope():
        moved = move_phase(reading, number, Phase.PLAN)
        plan_reviews(moved, reading)
    return moved


def start_monitoring(reading: Reading, number: str, *, progress: str) -> Case:
    """From plan to monitoring, with how it goes and what was adjusted. Raises NotYourCase, Refused, Invalid.

    Source: WGS art. 2.31(6).
    """
    case = case_for(reading, number).case
    check_leads(reading, case)
    words = {"case_note": progress.strip()}
    checked_words(reading, words, names={"case_note": "progress"})
    with transaction.atomic(), write_scope():
        moved = move_phase(reading, number, Phase.MONITORING)
        _record(reading, moved, words, Step.MONITORING, event="case.progress")
        plan_reviews(moved, reading)
    return moved


def sight_after(reading: Reading, number: str, *, watcher: str) -> tuple[Sight, ...]:
    """Who would keep sight of the case in aftercare, and who would lose it; by name. For who leads the case.

    Only owners of an open action keep it, with the watcher and who leads (domain 3).
    Raises NotYourCase, Refused.
    """
    case = case_for(reading, number).case
    check_leads(reading, case)
    return tuple(
        Sight(code=p.agency.code, type=p.agency.type, name=p.agency.name, why=why)
        for p, why in _sights(case, watcher=watcher)
    )


def start_aftercare(
    reading: Reading, number: str, *, watcher: str, watched: str, watch_until: date | None = None
) -> Case:
    """From monitoring to aftercare: who keeps watching what until when. Who owns no open action loses sight at once.

    watcher: code of a participant. watch_until: six months from now (a setting) if left out.
    Raises NotYourCase, Refused, Invalid. Source: domain 3 (only action owners keep sight).
    """
    case = case_for(reading, number).case
    check_leads(reading, case)
    until = watch_until or aftercare_until(clock.today())
    check_day(until, field="watch_until")
    words = {"evaluation_text": watched.strip()}
    checked_words(reading, words, names={"evaluation_text": "watched"})
    with transaction.atomic(), write_scope():
        moved = move_phase(reading, number, Phase.AFTERCARE)
        sights = _sights(moved, watcher=watcher)
        agency = next((p.agency for p, _why in sights if p.agency.code == watcher), None)
        if agency is None:
            raise Invalid(
                _("Deze organisatie leest niet mee in de casus."), field="watcher", remedy=_("Kies een deelnemer."),
            )  # fmt: skip
        _record(
            reading, moved, words, Step.AFTERCARE, event="case.aftercare", watcher=agency, watch_until=until
        )  # fmt: skip
        _end(reading, moved, [p for p, why in sights if not why])
    return moved


def close_case(reading: Reading, number: str, *, reason: str, evaluation: str, effect: str, feedback: str) -> Case:
    """Close a case with its evaluation: it is shielded at once, also for whoever closes it. By controllers only.

    reason, effect, feedback: codes of ClosingReason, EndEffect, Feedback.
    Raises NotYourCase; Refused for who is no controller; Invalid naming the field.
    Source: WGS art. 2.31(8), domain 5.9.
    """
    case = case_for(reading, number).case
    check_closes(reading, case)
    for code, known, field in (
        (reason, ClosingReason.values, "reason"), (effect, EndEffect.values, "effect"),
        (feedback, Feedback.values, "feedback"),
    ):  # fmt: skip
        if code not in known:
            raise Invalid(_("Deze keuze bestaat niet."), field=field, remedy=_("Kies uit de lijst."))
    words = {"evaluation_text": evaluation.strip()}
    checked_words(reading, words, names={"evaluation_text": "evaluation"})
    with transaction.atomic(), write_scope():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if locked.state == State.CLOSED:
            # Somebody else was first: for this reader the case is shielded now.
            append([reading.entry(event="case.closed", action=Act.UPDATE, case_ref=case.ref, detail={"repeated": 1})])
            return locked
        _record(
            reading, locked, words, Step.CLOSED, event="case.closed",
            reason=reason, effect=effect, feedback=feedback,
        )  # fmt: skip
        locked.state = State.CLOSED.value
        locked.save(update_fields=["state"])
    return locked


def reopen_case(reading: Reading, number: str, *, reason: str, phase: str = Phase.TRIAGE) -> Case:
    """Open a closed case again, in triage or in the meeting. By who led it, or a controller that took part in it.

    reason: why, in words. Raises NotYourCase (journalled) for everybody else, Invalid.
    Source: WGS art. 2.31(8), domain 3.
    """
    case = check_reopens(reading, number)
    if phase not in (Phase.TRIAGE, Phase.MEETING):
        raise Invalid(_("Heropenen gaat naar triage of overleg."), field="phase", remedy=_("Kies uit de lijst."))
    words = {"case_note": reason.strip()}
    checked_words(reading, words, names={"case_note": "reason"})
    with transaction.atomic(), write_scope():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if locked.state != State.CLOSED:
            append([reading.entry(event="case.reopened", action=Act.UPDATE, case_ref=case.ref, detail={"repeated": 1})])
            return locked
        locked.state = State.OPEN.value
        locked.save(update_fields=["state"])
        Closing.objects.filter(case=locked, step=Step.CLOSED, reopened_at=None).update(reopened_at=reading.at)
        _record(reading, locked, words, Step.REOPENED, event="case.reopened")
        enter_phase(reading, locked, Phase(phase))
    return locked


def check_closes(reading: Reading, case: Case) -> None:
    """Raises Refused for who is no controller of this case. Source: WGS art. 2.31(8)."""
    if not is_controller(reading, case):
        raise Refused(
            _("Alleen een verwerkingsverantwoordelijke sluit een casus af."), article="Wgs art. 2.31 lid 8",
            remedy=_("Vraag het aan een partner die in het convenant verwerkingsverantwoordelijke is."),
        )  # fmt: skip


def check_reopens(reading: Reading, number: str) -> Case:
    """The closed case `number`. Raises NotYourCase (journalled) for who may not open it again."""
    case = reopenable(reading, number)
    if case is None:
        refuse(reading, number)
    return case


def check_leads(reading: Reading, case: Case) -> None:
    """Raises Refused for who does not run the process of this case."""
    if not leads(reading, case):
        raise Refused(
            _("Alleen de procesregisseur brengt een casus naar de volgende fase."),
            remedy=_("Vraag de procesregisseur."),
        )


def _record(reading: Reading, case: Case, words: dict[str, str], step: Step, *, event: str, **columns: object) -> None:
    made = new_words(
        Closing, reading, case, words, step=step, decided_at=reading.at, **columns  # type: ignore[arg-type]
    )  # fmt: skip
    save_words(reading, made, event=event, action=Act.UPDATE)


def _sights(case: Case, *, watcher: str) -> list[tuple[Participation, str]]:
    """The open live participations with the reason for which each stays; "" for those that end."""
    owners = set(
        Action.objects.filter(case=case, state=ActionState.OPEN, withdrawn_at=None).values_list(
            "owner_agency_id", flat=True
        )
    )
    live = Participation.objects.filter(case=case, mode=Participation.Mode.LIVE, is_open=True)
    found = []
    for taking in live.select_related("agency").order_by("agency__name"):
        why = ""
        if taking.agency.code == watcher:
            why = "watcher"
        elif taking.agency_id == case.lead_id:
            why = "lead"
        elif taking.agency_id in owners:
            why = "action"
        found.append((taking, why))
    return found


def _end(reading: Reading, case: Case, ending: Iterable[Participation]) -> None:
    gone = list(ending)
    for taking in gone:
        taking.ends, taking.is_open = reading.at, False
        taking.save(update_fields=["ends", "is_open"])
        detail = {"agency": taking.agency.code, "reason": "aftercare"}
        append([reading.entry(event="participation.ended", action=Act.UPDATE, case_ref=case.ref, detail=detail)])
    staying = Participation.objects.filter(case=case, mode=Participation.Mode.LIVE, is_open=True)
    case.partners = " ".join(sorted(set(staying.values_list("agency__type", flat=True))))
    case.save(update_fields=["partners"])
