"""The opening of an admitted case: purpose, grounds in words, covenants, participants, lead and case manager.

Source: BGS art. 2.20(3), WGS art. 2.31(2)-(4), domain 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.parties.models import Agency
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.phases import enter_phase
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.casework.rules import is_readable
from cases.disclosure.reading import Reading
from cases.records.models import Case, CaseCovenant, Participation, ParticipationMember
from cases.records.phases import Phase
from cases.triage import events
from cases.triage.choices import REASONS, covenants_for, directors, in_dutch, mode_of, purposes_under
from cases.triage.commands.shared import check_director, locked, reach
from cases.triage.filters import OPEN
from cases.triage.models import Admission, Informing, Triage
from cases.triage.parties import open_participations, parties_of
from cases.triage.taking import end_part, keep_partners, take_part
from cases.triage.terms import inform_due
from foundation import clock
from foundation.errors import Invalid

SHORTEST = 10
HEADINGS = {
    "legal_basis": gettext_lazy("Grondslag"),
    "proportionality": gettext_lazy("Proportionaliteit"),
    "subsidiarity": gettext_lazy("Subsidiariteit"),
}
GROUNDS = tuple(HEADINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the director fills in. participants: agency code → a code of REASONS; director: uuid of a person."""

    purpose: str
    covenants: tuple[str, ...]
    legal_basis: str
    proportionality: str
    subsidiarity: str
    participants: Mapping[str, str]
    lead: str
    director: str


def open_case(reading: Reading, number: str, given: Opened) -> Case:
    """The admitted case goes to the meeting, with who takes part from now on; informing is planned.

    Who is not named takes part no longer. A third party gets extracts. Raises NotYourCase, Refused, NotFound,
    Invalid naming every field that does not fit.
    """
    reach(reading, number)
    check_director(reading)
    with transaction.atomic(), write_scope():
        triage = locked(reading, number)
        _check_ready(triage)
        chosen = _checked(reading, triage.case, given)
        case = triage.case
        _covenants(reading, case, given.covenants)
        case.purpose, case.lead = given.purpose, chosen.lead
        case.save(update_fields=["purpose", "lead"])
        _participants(reading, case, given, chosen)
        keep_partners(reading, case)
        _admission(reading, triage, given, chosen)
        enter_phase(reading, case, Phase.MEETING)
        _plan_informing(case)
    return case


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """What was filled in, looked up."""

    agencies: dict[str, Agency]
    lead: Agency
    director_id: int
    director_agency: str
    capacities: dict[str, tuple[str, ...]]


def _check_ready(triage: Triage) -> None:
    if triage.filter != OPEN or triage.case.phase != Phase.TRIAGE:
        raise Invalid(
            _("Deze casus kan nu niet worden geopend."), field="purpose",
            remedy=_("Openen kan na filter 4, één keer."),
        )  # fmt: skip


def _checked(reading: Reading, case: Case, given: Opened) -> _Chosen:
    errors = [*_grounds(given), *_frame(reading, case, given)]
    parties = {agency.code: (agency, held) for agency, held in parties_of(reading, frozenset(given.covenants)).items()}
    for code, reason in given.participants.items():
        if code not in parties:
            errors.append(("participants", _("%(agency)s is geen partij bij deze convenanten.") % {"agency": code}))
        elif reason not in REASONS:
            errors.append(("participants", _("Kies voor elke deelnemer waarom hij meedoet.")))
    lead = parties.get(given.lead)
    if lead is None or given.lead not in given.participants or mode_of(lead[1]) != Participation.Mode.LIVE:
        errors.append(("lead", _("De trekker is een deelnemer die meeleest.")))
    people = {str(found.professional.uuid): found for found in directors(reading, frozenset(given.covenants))}
    director = people.get(given.director)
    if director is None or director.agency.code not in given.participants:
        errors.append(("director", _("De procesregisseur werkt bij een deelnemer.")))
    if errors or lead is None or director is None:
        raise Invalid(
            _("Sommige velden kloppen nog niet."), errors=tuple(errors), field=errors[0][0],
            remedy=_("Verbeter de velden hieronder; wat u typte staat er nog."),
        )  # fmt: skip
    return _Chosen(
        agencies={code: parties[code][0] for code in given.participants}, lead=lead[0],
        director_id=director.professional_id, director_agency=director.agency.code,
        capacities={code: parties[code][1] for code in given.participants},
    )  # fmt: skip


def _grounds(given: Opened) -> list[tuple[str, str]]:
    return [
        (name, _("Schrijf dit in een paar woorden op."))
        for name in GROUNDS
        if len(getattr(given, name).strip()) < SHORTEST or not is_readable(getattr(given, name))
    ]


def _frame(reading: Reading, case: Case, given: Opened) -> list[tuple[str, str]]:
    errors = []
    if not given.covenants or set(given.covenants) - set(covenants_for(reading, case)):
        errors.append(("covenants", _("Kies convenanten die nu gelden voor deze soort casus.")))
    if given.purpose not in {code for code, _label in purposes_under(reading, frozenset(given.covenants))}:
        errors.append(("purpose", _("De gekozen convenanten noemen dit doel niet.")))
    return errors


def _covenants(reading: Reading, case: Case, codes: tuple[str, ...]) -> None:
    CaseCovenant.objects.filter(case=case, ends=None).exclude(code__in=codes).update(ends=reading.at)
    standing = set(CaseCovenant.objects.filter(case=case, ends=None).values_list("code", flat=True))
    CaseCovenant.objects.bulk_create(
        CaseCovenant(case=case, code=code, starts=reading.at) for code in codes if code not in standing
    )
    case.covenants = " ".join(codes)
    case.save(update_fields=["covenants"])


def _participants(reading: Reading, case: Case, given: Opened, chosen: _Chosen) -> None:
    standing: dict[str, Participation] = {}
    for row in open_participations(reading, case):
        if row.agency.code in given.participants and row.mode == mode_of(chosen.capacities[row.agency.code]):
            standing[row.agency.code] = row
        else:
            end_part(reading, row)
    for code, reason in given.participants.items():
        words = in_dutch(REASONS[reason])
        row = standing.get(code) or take_part(
            reading, case, chosen.agencies[code].pk, reason=words, mode=mode_of(chosen.capacities[code])
        )
        if row.reason != words:
            row.reason = words
            row.save(update_fields=["reason"])
        if code == chosen.director_agency and not row.everyone:
            ParticipationMember.objects.get_or_create(participation=row, professional_id=chosen.director_id)


def _admission(reading: Reading, triage: Triage, given: Opened, chosen: _Chosen) -> None:
    parts = [f"{in_dutch(HEADINGS[name])}: {getattr(given, name).strip()}" for name in GROUNDS]
    values = {"admission_reasons": "\n\n".join(parts)}
    checked_words(reading, values, names={"admission_reasons": "proportionality"})
    words = new_words(
        Admission, reading, triage.case, values, triage=triage, purpose=given.purpose,
        covenants=" ".join(given.covenants), lead=chosen.lead, director_id=chosen.director_id, opened_at=reading.at,
    )  # fmt: skip
    save_words(
        reading, words, event=events.OPENED, action=Action.CREATE, purpose=given.purpose,
        covenants=" ".join(given.covenants), lead=chosen.lead.code, participants=len(given.participants),
    )  # fmt: skip


def _plan_informing(case: Case) -> None:
    """Everybody the case is about is told within a month of obtaining their data (AVG art. 14(3))."""
    due = inform_due(case.opened_at, today=clock.today())
    Informing.objects.bulk_create(Informing(case=case, about=place, due_on=due) for place in case.case_subjects.all())
