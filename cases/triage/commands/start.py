"""Triage begins, and goes from filter to filter. There is no way back; stopping is an outcome (judging.py)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.intake.access import signal_for
from cases.intake.commands import take_into_triage
from cases.records.models import Case, ParticipationMember
from cases.records.phases import Kind, Phase
from cases.triage import events
from cases.triage.checks import is_over
from cases.triage.codes import Known, Outcome, Step
from cases.triage.commands.holds import hold_for
from cases.triage.commands.shared import check_director, check_undecided, locked, reach, record
from cases.triage.filters import FILTERS, OPEN, WEIGH
from cases.triage.models import KnownAnswer, Triage
from cases.triage.parties import identifier_of, may_be_invited, open_participations
from cases.triage.taking import keep_partners, take_part
from cases.triage.terms import triage_due
from foundation import clock
from foundation.errors import Invalid

WEIGHS = "Weegt mee in de triage."
HIT = "Kent de betrokkene; weegt mee in de triage."


def start_triage(reading: Reading, number: str) -> Triage:
    """Begin the triage of a case in that phase: filter 1, its term, and the hold on who it is about.

    Begun already: that triage, unchanged. Raises NotYourCase, Refused, Invalid (another phase).
    Source: domain 3 and 4.
    """
    reach(reading, number)
    check_director(reading)
    try:
        with transaction.atomic(), write_scope():
            return begin(reading, Case.objects.select_for_update().get(number=number))
    except IntegrityError:
        # Somebody else began it at the same moment: theirs stands.
        return Triage.objects.get(case__number=number)


def take_signal(reading: Reading, number: str) -> Triage:
    """The signal `number` becomes a case in triage, whose identity is held from the first moment.

    Raises NotYourSignal, Refused (not the director of the agency that handles it, or somebody was first).
    """
    check_director(reading)
    # Reached first outside: a refusal is journalled in a transaction of its own.
    signal_for(reading, number)
    with transaction.atomic(), write_scope():
        return begin(reading, take_into_triage(reading, number))


def begin(reading: Reading, case: Case) -> Triage:
    """As start_triage, inside the caller's transaction and write scope."""
    if case.phase != Phase.TRIAGE:
        raise Invalid(
            _("Deze casus is niet in de fase triage."), field="phase", remedy=_("Een signaal gaat eerst naar triage."),
        )  # fmt: skip
    found = Triage.objects.filter(case=case).first()
    if found is None:
        found = Triage.objects.create(
            case=case, opened_at=reading.at, due_on=triage_due(clock.today()), filter_since=reading.at
        )
        hold_for(reading, case, found.filter)
    append(
        [
            reading.entry(
                event=events.STARTED, action=Action.CREATE, case_ref=case.ref,
                detail={"due_on": found.due_on.isoformat()},
            )
        ]
    )  # fmt: skip
    return found


def pass_filter(reading: Reading, number: str, to: int) -> Triage:
    """Go on to filter `to`, the next one; a recorded step that cannot be undone.

    To 3: a known-check was answered or its term passed (an area has nobody to ask about). To 4: admission was
    decided; whoever calls this is the named reader that opens. Raises NotYourCase, Refused, NotFound, Invalid (not
    the next filter, also when somebody else was first).
    """
    reach(reading, number)
    check_director(reading)
    with transaction.atomic(), write_scope():
        triage = locked(reading, number)
        _check_next(reading, triage, to)
        record(reading, triage, Step.FILTER, event=events.FILTER, values={}, fulfilled=True)
        hits = _hits(triage) if to == WEIGH else []
        triage.filter, triage.filter_since = to, reading.at
        triage.save(update_fields=["filter", "filter_since"])
        _let_weigh(reading, triage.case, hits)
        known = {answer.agency_id for answer in hits} | {identifier_of(reading, triage.case)}
        hold_for(reading, triage.case, to, hits=known)
    return triage


def invite_to_weigh(reading: Reading, number: str, agency: str) -> None:
    """Let a controller take part in triage, to weigh along. Raises NotYourCase, Refused, NotFound, Invalid."""
    reach(reading, number)
    check_director(reading)
    with transaction.atomic(), write_scope():
        triage = locked(reading, number)
        check_undecided(triage)
        found = next((row for row in may_be_invited(reading, triage.case) if row.code == agency), None)
        if found is None:
            raise Invalid(
                _("Deze organisatie kan niet meewegen."), field="agency", remedy=_("Kies er een uit de lijst."),
            )  # fmt: skip
        take_part(reading, triage.case, found.pk, reason=WEIGHS)
        hits = {answer.agency_id for answer in _hits(triage)} | {identifier_of(reading, triage.case)}
        hold_for(reading, triage.case, triage.filter, hits=hits)
        keep_partners(reading, triage.case)
        append(
            [
                reading.entry(
                    event=events.INVITED, action=Action.CREATE, case_ref=triage.case.ref, detail={"agency": agency}
                )
            ]
        )


def _check_next(reading: Reading, triage: Triage, to: int) -> None:
    if to not in FILTERS or to != triage.filter + 1:
        raise Invalid(
            _("Dit is niet het volgende filter."), field="filter",
            remedy=_("Laad de pagina opnieuw: misschien was een collega u voor."),
        )  # fmt: skip
    if to == OPEN:
        _check_admitted(triage)
        return
    check_undecided(triage)
    if to == WEIGH and triage.case.kind != Kind.AREA:
        _check_asked(reading, triage)


def _check_admitted(triage: Triage) -> None:
    if triage.outcome != Outcome.ADMIT or triage.decided_at is None:
        raise Invalid(
            _("Openen kan pas na het besluit om toe te laten."), field="filter",
            remedy=_("Leg het voorstel voor aan een verwerkingsverantwoordelijke."),
        )  # fmt: skip


def _check_asked(reading: Reading, triage: Triage) -> None:
    checks = list(triage.checks.all())
    if not checks:
        raise Invalid(
            _("Vraag eerst of partners de betrokkene kennen."), field="filter", remedy=_("Kies wie u vraagt."),
        )  # fmt: skip
    if any(not is_over(reading, check) for check in checks):
        raise Invalid(
            _("De bekendheidsvraag loopt nog."), field="filter",
            remedy=_("Wacht tot iedereen antwoordde, of tot de termijn voorbij is."),
        )  # fmt: skip


def _hits(triage: Triage) -> list[KnownAnswer]:
    return list(KnownAnswer.objects.filter(check_of__triage=triage, answer=Known.KNOWN))


def _let_weigh(reading: Reading, case: Case, hits: list[KnownAnswer]) -> None:
    """Agencies with a hit take part from now on, each by its contact person and who answered."""
    taking = set(open_participations(reading, case).values_list("agency_id", flat=True))
    for answer in hits:
        if answer.agency_id in taking:
            continue
        people = {person for person in (answer.contact_id, answer.answered_by_id) if person is not None}
        row = take_part(reading, case, answer.agency_id, reason=HIT, everyone=not people)
        ParticipationMember.objects.bulk_create(
            ParticipationMember(participation=row, professional_id=person) for person in sorted(people)
        )
        taking.add(answer.agency_id)
    keep_partners(reading, case)
