"""Each read of casework. Case data comes back as an Answer from disclosure, never as a model."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.fields.tuple_lookups import Tuple as Columns
from django.db.models.fields.tuple_lookups import TupleGreaterThan
from django.utils.translation import gettext as _

from agreements.covenants.standing import capacities_of, covenants_of_party
from agreements.policy.question import Delivery
from cases.casework import purpose as purposes
from cases.disclosure.answer import Answer, Page, Source
from cases.disclosure.disclose import ALL, disclose
from cases.disclosure.opening import Opening
from cases.disclosure.preview import lens_for
from cases.disclosure.reading import Reading, actor
from cases.disclosure.refusals import case_for, partner_for, refuse
from cases.disclosure.rows import extract_row, own_rows, standing_rows, version_rows
from cases.disclosure.visibility import (
    WORKLIST_ORDER,
    extracts_for,
    live_participations,
    partner_participations,
    with_last_visit,
)
from cases.records.models import Case, CaseVisit, Participation
from foundation import clock
from foundation.errors import Invalid, NotFound

PAGE_SIZE = 50
CaseRow = Case
"""The row of a case, for faces that only pass it on. It holds no facts."""
NAMES = ("full_name", "date_of_birth")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseLine:
    """The case entered a phase."""

    phase: str
    starts: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An agency in the case, who of it, and since when."""

    code: str
    type: str
    name: str
    people: tuple[str, ...]
    mode: str
    starts: datetime
    ends: datetime | None
    capacities: tuple[str, ...]
    reason: str


def worklist(
    reading: Reading,
    session: purposes.Session | None,
    *,
    after: str = "",
    size: int = PAGE_SIZE,
    named: bool = True,
) -> Page:
    """The reader's cases, most urgent first, with names where they may be known; `after` is a cursor.

    named: the face shows the names; else none are opened.

    Sorted only on what every participant knows: urgency, next step, case id (policy.md, Lists).
    Raises Invalid for a cursor that is not ours.
    """
    found = with_last_visit(live_participations(reading.visit, at=reading.at), reading.visit)
    found = found.order_by(*WORKLIST_ORDER)
    if after:
        found = found.filter(TupleGreaterThan(_SORT_KEY, _position(after)))
    taken = list(found[: size + 1])
    openings = [
        Opening(case=p.case, purpose=purposes.declared(reading, p.case, session), seen=p.seen, by=p)
        for p in taken[:size]
    ]
    names = reading.policy.catalogue.mask(NAMES) if named else 0
    answers = disclose(reading, openings, wanted=names, named=0, news=True, titles=True)
    return Page(answers=answers, cursor=_cursor(taken[size - 1]) if len(taken) > size else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An answer with the case row it is about, for rules and commands; the row holds no facts."""

    answer: Answer
    case: Case
    lens_name: str = ""


def open_case(reading: Reading, number: str, session: purposes.Session | None, *, preview: str = "") -> Opened:
    """One case as this reader may know it, or as `preview` (agency code) would of that.

    Raises NotYourCase (journalled), Invalid for an agency that does not read along.
    """
    taking = case_for(reading, number)
    case = taking.case
    purpose = purposes.declared(reading, case, session)
    lens, name = lens_for(reading, case, agency=preview, purpose=purpose) if preview else (None, "")
    opening = Opening(case=case, purpose=purpose, seen=taking.seen, lenses=(lens,) if lens else (), by=taking.by)
    # Without a purpose the face asks for one first: then nothing is opened, and nothing journalled as shown.
    shown = ALL if purpose else 0
    return Opened(answer=disclose(reading, [opening], wanted=shown, named=shown)[0], case=case, lens_name=name)


def open_timeline(reading: Reading, number: str, session: purposes.Session | None) -> Opened:
    """Names for the title; every other field only as an event, unopened."""
    return _open_names(reading, number, session, named=ALL)


def open_head(reading: Reading, number: str, session: purposes.Session | None) -> Opened:
    """Only the names for the title: for the pages of a case that show no facts. The API (no session) has no titles."""
    return _open_names(reading, number, session, named=0)


def _open_names(reading: Reading, number: str, session: purposes.Session | None, *, named: int) -> Opened:
    taking = case_for(reading, number)
    purpose = purposes.declared(reading, taking.case, session)
    opening = Opening(case=taking.case, purpose=purpose, seen=taking.seen, by=taking.by)
    names = reading.policy.catalogue.mask(NAMES) if purpose and session is not None else 0
    answer = disclose(reading, [opening], wanted=names, named=named if purpose else 0, titles=True)[0]
    return Opened(answer=answer, case=taking.case)


def case_of(reading: Reading, number: str) -> Case:
    """The case row of a case this reader takes part in, for commands and rules. Holds no facts."""
    return case_for(reading, number).case


def note_visit(reading: Reading, case: Case) -> None:
    """Remember that this professional began reading the case now: what comes later is new."""
    CaseVisit.objects.update_or_create(
        professional_id=reading.visit.professional_id, case=case, defaults={"seen_at": reading.at}
    )


def phase_lines(reading: Reading, case: Case) -> tuple[PhaseLine, ...]:
    """How the case went through its phases, newest first: known to every live participant.

    The note is free text, so only the agency that wrote it reads it.
    """
    own = reading.visit.agency.id
    return tuple(
        PhaseLine(
            phase=change.phase, starts=change.starts, by=change.by.type, note=change.note if change.by_id == own else ""
        )
        for change in case.phase_changes.select_related("by").order_by("-starts", "-id")
    )


def participants(reading: Reading, case: Case) -> tuple[Participant, ...]:
    """Who takes part in the case now and did before, open ones first: known to every live participant.

    Why an agency takes part is free text about the person, so only that agency reads its own.
    """
    found = (
        Participation.objects.filter(case=case)
        .select_related("agency")
        .prefetch_related("members__professional")
        .order_by("-is_open", "agency__code")
    )
    return tuple(_participant(reading, case, taking) for taking in found)


def versions(reading: Reading, number: str, uid: UUID, session: purposes.Session | None) -> Answer:
    """The versions of one contribution, newest first, under the rights of the present one.

    Raises NotFound when the contribution is silent to this reader or does not exist.
    """
    taking = case_for(reading, number)
    case = taking.case
    standing = next((row for row in standing_rows([case.pk], day=_day(reading.at))[case.pk] if row.uid == uid), None)
    purpose = purposes.declared(reading, case, session)
    rows = version_rows(uid, case_id=case.pk, standing=standing)
    answer = disclose(reading, [Opening(case=case, purpose=purpose, rows=rows, by=taking.by)])[0]
    if not answer.disclosures:
        raise NotFound(_("Deze bijdrage bestaat niet, of niet voor u."), remedy=_("Ga terug naar de casus."))
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCase:
    """A case in which a third party takes part: its number, who leads it, whether a copy was pushed."""

    number: str
    lead: str
    pushed: bool
    since: datetime


def partner_list(reading: Reading) -> tuple[PartnerCase, ...]:
    """The cases in which this third party takes part, newest first. No facts."""
    found = list(partner_participations(reading.visit, at=reading.at).select_related("case__lead").order_by("-starts"))
    if not found:
        return ()
    pushed = set(extracts_for(reading.visit, at=reading.at).values_list("case_id", flat=True))
    return tuple(
        PartnerCase(number=p.case.number, lead=p.case.lead.type, pushed=p.case_id in pushed, since=p.starts)
        for p in found
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedExtract:
    """What a third party finds of a case, and the decision behind the newest copy ("" when there is none).

    needs_secrecy: a copy waits until its recipient signs the declaration of secrecy.
    """

    answer: Answer
    lead: Source
    decided_by: str
    decided_at: datetime | None
    ends: datetime | None
    needs_secrecy: bool


def partner_case(reading: Reading, number: str) -> OpenedExtract:
    """What a third party finds of a case: the copies pushed to it and its own reports, nothing else.

    Raises NotYourCase (journalled). Source: WGS art. 2.31(9), BGS art. 2.21.
    """
    case = partner_for(reading, number)
    if case is None:
        refuse(reading, number)
    extracts = list(
        extracts_for(reading.visit, at=reading.at)
        .filter(case=case)
        .select_related("about__subject", "source")
        .order_by("-decided_at")
    )
    rows = tuple(extract_row(extract) for extract in extracts)
    rows += own_rows(case.pk, agency_id=reading.visit.agency.id, day=_day(reading.at))
    newest = extracts[0] if extracts else None
    purpose = reading.visit.purposes_pinned or (newest.purpose if newest else case.purpose)
    answer = disclose(reading, [Opening(case=case, purpose=purpose, rows=rows, via=Delivery.EXTRACT)])[0]
    return OpenedExtract(
        answer=answer,
        lead=Source(code=case.lead.code, type=case.lead.type, name=case.lead.name),
        decided_by=newest.decided_by if newest else "",
        decided_at=newest.decided_at if newest else None,
        ends=newest.ends if newest else None,
        needs_secrecy=bool(newest) and not _secrecy_signed(reading, case),
    )


def _secrecy_signed(reading: Reading, case: Case) -> bool:
    signed = case.circumstances.filter(code="secrecy_signed", starts__lte=reading.at)
    return signed.filter(
        Q(recipient=None) | Q(recipient_id=reading.visit.agency.id), Q(ends=None) | Q(ends__gt=reading.at)
    ).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody is about to give facts: the case, its covenants for them, whom it may be about."""

    case: Case
    under: frozenset[str]
    people: tuple[tuple[str, str], ...]
    partner: bool


def place_of(reading: Reading, number: str) -> Place:
    """The case in which this reader's agency gives facts, as participant or as reporting third party.

    Names nobody. Raises NotYourCase.
    """
    partner = partner_for(reading, number)
    return _place(reading, partner or case_for(reading, number).case, partner=partner is not None)


def place_with_people(reading: Reading, number: str, session: purposes.Session | None) -> Place:
    """As place_of, with the persons it may be about, by the names this reader may know (journalled)."""
    place = place_of(reading, number)
    return place if place.partner else replace(place, people=_named_people(reading, place.case, session))


def _place(reading: Reading, case: Case, *, partner: bool) -> Place:
    under = covenants_of_party(reading.policy, agency=reading.agency, covenants=case.covenant_codes, at=reading.at)
    return Place(case=case, under=under, people=(), partner=partner)


def _named_people(reading: Reading, case: Case, session: purposes.Session | None) -> tuple[tuple[str, str], ...]:
    opening = Opening(case=case, purpose=purposes.declared(reading, case, session))
    answer = disclose(reading, [opening], wanted=reading.policy.catalogue.mask(["full_name"]), named=0)[0]
    named = {person.subject: person.first("full_name") for person in answer.disclosures}
    found = []
    for place in case.case_subjects.select_related("subject").order_by("position"):
        uid = str(place.subject.uid)
        if named.get(uid) or place.position == 0:
            found.append((uid, str(named.get(uid) or _("De betrokkene"))))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnContribution:
    """The agency's own facts, for correcting them."""

    section: str
    values: dict[str, Any]
    observed_on: date
    kind: str
    reliability: int | None
    valid_until: date | None


def own_contribution(reading: Reading, place: Place, uid: UUID) -> OwnContribution:
    """One contribution of the reader's own agency, opened by the one path. Raises NotFound otherwise."""
    rows = tuple(
        row
        for row in own_rows(place.case.pk, agency_id=reading.visit.agency.id, day=_day(reading.at))
        if row.uid == uid
    )
    via = Delivery.EXTRACT if place.partner else Delivery.LIVE
    opening = Opening(case=place.case, purpose=place.case.purpose, rows=rows, via=via)
    answer = disclose(reading, [opening])[0]
    facts = [fact for person in answer.disclosures for fact in person.facts]
    if not facts:
        raise NotFound(
            _("Deze bijdrage bestaat niet, of is niet van uw organisatie."),
            remedy=_("Alleen de bron verbetert of trekt in."),
        )
    first = facts[0]
    return OwnContribution(
        section=reading.policy.catalogue.by_code[first.code].section,
        values={fact.code: fact.value for fact in facts},
        observed_on=first.observed_on,
        kind=first.kind,
        reliability=first.reliability,
        valid_until=first.valid_until,
    )


def _participant(reading: Reading, case: Case, taking: Participation) -> Participant:
    agency = actor(taking.agency.code, taking.agency.type)
    return Participant(
        code=taking.agency.code,
        type=taking.agency.type,
        name=taking.agency.name,
        people=() if taking.everyone else tuple(member.professional.name for member in taking.members.all()),
        mode=taking.mode,
        starts=taking.starts,
        ends=taking.ends,
        capacities=capacities_of(reading.policy, agency=agency, covenants=case.covenant_codes, at=reading.at),
        reason=taking.reason if taking.agency_id == reading.visit.agency.id else "",
    )


_SORT_KEY = Columns(*WORKLIST_ORDER)
# As long as the columns are: a larger number would be an error of the database.
_CURSOR = re.compile(r"(\d)\.(\d{4})(\d{2})(\d{2})\.(\d{1,18})", re.ASCII)


def _cursor(taking: Participation) -> str:
    return f"{taking.urgency_rank}.{taking.next_step_on:%Y%m%d}.{taking.case_id}"


def _position(cursor: str) -> tuple[Any, ...]:
    try:
        rank, year, month, day, case_id = (int(part) for part in _CURSOR.fullmatch(cursor).groups())  # type: ignore[union-attr]
        return rank, date(year, month, day), case_id
    except (AttributeError, ValueError):
        raise Invalid(
            _("Deze verwijzing naar een volgende bladzijde klopt niet."),
            field="after",
            remedy=_("Begin weer bij de eerste bladzijde."),
        ) from None


def _day(at: datetime) -> date:
    return at.astimezone(clock.AMSTERDAM).date()
