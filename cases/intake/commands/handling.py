"""What its handler does with a signal: forward, merge, link, dismiss, answer. Into triage: triage.py."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Agency
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import as_column, case_for
from cases.intake.access import HANDLING, check_handler, held, signal_for, visible_signals
from cases.intake.commands.files import Taker, let_in, write_report
from cases.intake.commands.steps import note_step
from cases.intake.models import Channel, Reply, Report, Signal, SignalState, SignalStep
from cases.intake.receivers import receivers_of
from cases.intake.ways import gone_on
from cases.records.models import Case, Participation
from cases.records.phases import Kind, State
from foundation import clock
from foundation.errors import Invalid, Refused

DISMISSAL_FIELD = "triage_judgement"
SHORTEST_REASON = 5


def forward_signal(reading: Reading, number: str, *, to: str) -> None:
    """Another party acts on the signal from now on; this agency's part ends, unless it reported it.

    Raises NotYourSignal, Refused (not the handler, or somebody was first), Invalid for who is no party.
    """
    found = signal_for(reading, number)
    check_handler(reading, found)
    agency = next((item.agency for item in receivers_of(reading, found) if item.agency.code == to), None)
    if agency is None:
        raise Invalid(
            _("Deze organisatie is geen partij bij het convenant van dit signaal."), field="to",
            remedy=_("Kies een organisatie uit de lijst."),
        )  # fmt: skip
    with transaction.atomic(), write_scope():
        signal = held(found)
        check_handler(reading, signal)
        _open_to(reading, signal.file, agency)
        if signal.reported_by_id != reading.visit.agency.id:
            _leave(reading, signal.file)
        _name_partners(signal.file)
        signal.handler, signal.state = agency, SignalState.FORWARDED
        signal.save(update_fields=["handler", "state"])
        note_step(reading, signal, SignalStep.Kind.FORWARDED, to=agency)
        _journal(reading, signal, "signal.forwarded", to=agency.code)


def merge_signal(reading: Reading, number: str, *, into: str) -> None:
    """The signal goes on as part of another one that this agency handles too; both stay readable as they were.

    Raises NotYourSignal, Refused, Invalid when the other is no open signal of this handler or of another sort.
    """
    found = signal_for(reading, number)
    check_handler(reading, found)
    target = visible_signals(reading).filter(number=as_column(into.strip()), handler=found.handler).first()
    if target is None or target.pk == found.pk:
        raise Invalid(
            _("Dit is geen ander signaal dat u behandelt."), field="into", remedy=_("Kies een signaal uit de lijst."),
        )  # fmt: skip
    with transaction.atomic(), write_scope():
        # Always in the same order, so that two merges towards each other wait instead of locking each other out.
        rows = {row.pk: row for row in (held(item) for item in sorted((found, target), key=lambda item: item.pk))}
        signal, other = rows[found.pk], rows[target.pk]
        check_handler(reading, signal)
        check_handler(reading, other)
        _check_same(signal, other.file, field="into")
        Signal.objects.filter(merged_into=signal).update(merged_into=other)
        signal.state, signal.merged_into, signal.settled_at = SignalState.MERGED, other, reading.at
        signal.save(update_fields=["state", "merged_into", "settled_at"])
        note_step(reading, signal, SignalStep.Kind.MERGED, other=other)
        note_step(reading, other, SignalStep.Kind.TOOK_IN, other=signal)
        _journal(reading, signal, "signal.merged", into=other.number)


def link_signal(reading: Reading, number: str, *, case: str) -> None:
    """The signal belongs to a case that the reader takes part in; who takes part there reads it by covenant.

    Raises NotYourSignal, NotYourCase (journalled), Refused, Invalid when the case is of another sort or shares
    no covenant with the signal: then nobody there could read it.
    """
    found = signal_for(reading, number)
    check_handler(reading, found)
    target = case_for(reading, case.strip()).case
    with transaction.atomic(), write_scope():
        signal = held(found)
        check_handler(reading, signal)
        _check_same(signal, target, field="case")
        signal.state, signal.linked_case, signal.settled_at = SignalState.LINKED, target, reading.at
        signal.save(update_fields=["state", "linked_case", "settled_at"])
        note_step(reading, signal, SignalStep.Kind.LINKED)
        _journal(reading, signal, "signal.linked", linked=target.number)


def dismiss_signal(reading: Reading, number: str, *, reason: str) -> None:
    """Nothing follows on the signal: it is shielded now, and gone when the term of its covenants is over.

    Raises NotYourSignal, Refused, Invalid for a reason that is too short or too long.
    Source: BGS art. 1.16(1)(a).
    """
    found = signal_for(reading, number)
    check_handler(reading, found)
    values: dict[str, Any] = {DISMISSAL_FIELD: reason.strip()}
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Schrijf in een paar woorden waarom."), field="reason", remedy=_("Een korte zin is genoeg."))
    checked_words(reading, values, names={DISMISSAL_FIELD: "reason"})
    with transaction.atomic(), write_scope():
        signal = held(found)
        check_handler(reading, signal)
        write_report(reading, signal, Report.Sort.DISMISSAL, values, event="signal.dismissed")
        signal.state, signal.settled_at = SignalState.DISMISSED, reading.at
        day = reading.at.astimezone(clock.AMSTERDAM).date()
        signal.destroy_on = gone_on(reading.policy, signal.file.covenant_codes, reading.at, day)
        signal.save(update_fields=["state", "settled_at", "destroy_on"])
        Case.objects.filter(pk=signal.file_id).update(state=State.REJECTED.value)
        note_step(reading, signal, SignalStep.Kind.DISMISSED)


def reply_to_resident(reading: Reading, number: str, *, reply: str) -> None:
    """The agency that took a resident's report over says in one fixed sentence what came of it.

    Raises NotYourSignal, Refused for another agency or a professional's signal, Invalid for an unknown answer.
    """
    found = signal_for(reading, number)
    if not may_reply(reading, found):
        raise Refused(
            _("Dit signaal kwam niet van een bewoner bij uw organisatie."),
            remedy=_("Alleen wie de melding aannam, antwoordt de bewoner."),
        )
    if reply not in Reply.values or not reply:
        raise Invalid(_("Dit antwoord bestaat niet."), field="reply", remedy=_("Kies uit de lijst."))
    with transaction.atomic(), write_scope():
        signal = held(found)
        signal.reply = reply
        signal.save(update_fields=["reply"])
        note_step(reading, signal, SignalStep.Kind.REPLIED)
        _journal(reading, signal, "signal.replied", reply=reply)


def may_reply(reading: Reading, signal: Signal) -> bool:
    """Whether this reader answers the resident: they work on signals at the agency that took the report over."""
    mine = signal.reported_by_id == reading.visit.agency.id and bool(reading.visit.roles & HANDLING)
    return mine and signal.channel == Channel.RESIDENT


def _check_same(signal: Signal, target: Case, *, field: str) -> None:
    area = Kind.AREA.value
    if (signal.file.kind == area) != (target.kind == area):
        raise Invalid(
            _("Het ene gaat over een plek, het andere over een persoon. Een gebied kent geen personen."), field=field,
            remedy=_("Kies een van dezelfde soort."),
        )  # fmt: skip
    if not signal.file.covenant_codes & target.covenant_codes:
        raise Invalid(
            _("Deze vallen niet onder hetzelfde convenant: niemand zou het signaal daar kunnen lezen."), field=field,
            remedy=_("Kies een ander, of sluit dit signaal af en bel de procesregisseur."),
        )  # fmt: skip


def _open_to(reading: Reading, case: Case, agency: Agency) -> None:
    """The whole team of `agency` takes part, also when one of them already did because they reported it."""
    taking = Participation.objects.filter(case=case, agency=agency, is_open=True).first()
    if taking is None:
        let_in(reading, case, Taker(agency=agency), reason="forwarded")
    else:
        taking.everyone, taking.mode = True, Participation.Mode.LIVE
        taking.save(update_fields=["everyone", "mode"])


def _leave(reading: Reading, case: Case) -> None:
    for taking in Participation.objects.filter(case=case, agency_id=reading.visit.agency.id, is_open=True):
        # A participation that begins and ends at one moment would never have been.
        taking.is_open, taking.ends = False, max(reading.at, taking.starts + timedelta.resolution)
        taking.save(update_fields=["is_open", "ends"])


def _name_partners(case: Case) -> None:
    live = Participation.objects.filter(case=case, is_open=True, mode=Participation.Mode.LIVE)
    types = sorted(set(live.values_list("agency__type", flat=True)))
    Case.objects.filter(pk=case.pk).update(partners=" ".join(types))


def _journal(reading: Reading, signal: Signal, event: str, **detail: str) -> None:
    entry = reading.entry(
        event=event, action=Action.UPDATE, case_ref=signal.file.ref, detail={"signal": signal.number, **detail}
    )
    append([entry])
