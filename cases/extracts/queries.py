"""Each read of extracts: those of a case for who gives or decides, and what a proposal can be about."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from cases.casework import purpose as purposes
from cases.casework.queries import Opened, open_head, place_with_people
from cases.disclosure.answer import Answer
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for, partner_for, refuse
from cases.disclosure.rows import WORDS_RELATIONS, words_rows
from cases.extracts.commands import deciders
from cases.extracts.models import ExtractProposal, ExtractReason, ProposalState, SecrecyDeclaration
from cases.extracts.options import Option, options_for
from cases.records.models import Case, Extract
from foundation.errors import Refused
from foundation.masks import from_hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An agency by code, type and name."""

    code: str
    type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a controller said of a proposal."""

    agency: Party
    agrees: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """A proposal as the reader may know it.

    fields: codes; exactly what is in it for the source, for others all that the article could give (exact=False).
    reason: "" when the covenants do not give it. copy: the copy it led to.
    """

    uid: UUID
    source: Party
    recipient: Party
    covenant: str
    article: str
    purpose: str
    state: str
    asked_at: datetime
    ends_on: date | None
    fields: tuple[str, ...]
    exact: bool
    reason: str
    positions: tuple[Position, ...]
    may_decide: bool
    may_withdraw: bool
    copy: "CopyLine | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """A copy that was given. ends: from when it no longer opens."""

    uid: UUID
    recipient: Party
    covenant: str
    article: str
    decided_at: datetime
    decided_by: str
    ends: datetime | None
    revoked_at: datetime | None
    opened_at: datetime | None
    secrecy_signed: bool
    may_revoke: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseExtracts:
    """All of a case that this reader gives, decides on or leads. opened: its title, where a page shows one."""

    opened: Opened | None
    proposals: tuple[ProposalLine, ...]
    copies: tuple[CopyLine, ...]


def page_of_case(reading: Reading, number: str, session: purposes.Session | None) -> CaseExtracts:
    """As extracts_of_case, with the names for the title of the page. Raises NotYourCase."""
    opened = open_head(reading, number, session)
    if not opened.answer.purpose:
        return CaseExtracts(opened=opened, proposals=(), copies=())
    return replace(extracts_of_case(reading, number, session), opened=opened)


def extracts_of_case(reading: Reading, number: str, session: purposes.Session | None) -> CaseExtracts:
    """The proposals and copies of a case, newest first, for their source, who decides on them and the lead.

    Raises NotYourCase, and Refused when no purpose was declared under which the case can be read.
    """
    case = case_for(reading, number).case
    if not purposes.declared(reading, case, session):
        raise Refused(
            _("Voor dit doel leest u deze casus niet."),
            remedy=_("Kies een doel dat in het convenant van deze casus staat."),
        )
    proposals = [
        found
        for found in ExtractProposal.objects.filter(case=case, withdrawn_at=None)
        .select_related("recipient", "extract__recipient", *WORDS_RELATIONS)
        .prefetch_related("positions__agency")
        .order_by("-given_at", "-id")
        if may_know(reading, case, found.source_id, found.covenant)
    ]
    reasons = _reasons(reading, case, proposals, session)
    loose = Extract.objects.filter(case=case, proposal=None).select_related("recipient").order_by("-decided_at")
    return CaseExtracts(
        opened=None,
        proposals=tuple(_proposal(reading, case, found, reasons) for found in proposals),
        copies=tuple(
            _copy(reading, case, found) for found in loose if may_know(reading, case, found.source_id, found.under)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What somebody can propose: persons by name (as far as known), and the options for one of them."""

    case: Case
    people: tuple[tuple[str, str], ...]
    person: str
    options: tuple[Option, ...]


def choices(
    reading: Reading, number: str, session: purposes.Session | None, *, person: str = "", named: bool = True
) -> Choices:
    """The options for one person of the case; the first one if none is named. Raises NotYourCase.

    named: also tell the persons by the names that the reader may know (journalled); a face that shows them asks so.
    """
    # Who only reports to a case gives nothing out of it.
    case = case_for(reading, number).case
    people = place_with_people(reading, number, session).people if named else ()
    places = case.case_subjects.select_related("subject").order_by("position")
    known = [uid for uid, _name in people] if named else [str(place.subject.uid) for place in places]
    chosen = person if person in known else (known[0] if known else "")
    about = next((place for place in places if str(place.subject.uid) == chosen), None)
    return Choices(
        case=case,
        people=people,
        person=chosen,
        options=tuple(option for option in options_for(reading, case, about) if option.mask),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrecy:
    """Where a third party's professional stands with the declaration of secrecy for a case."""

    number: str
    signed_at: datetime | None


def secrecy_of(reading: Reading, number: str) -> Secrecy:
    """Whether this professional signed. Raises NotYourCase for who is no third party in the case."""
    case = partner_for(reading, number)
    if case is None:
        refuse(reading, number)
    mine = SecrecyDeclaration.objects.filter(
        case=case, agency_id=reading.visit.agency.id, professional_id=reading.visit.professional_id
    ).first()
    return Secrecy(number=case.number, signed_at=mine.signed_at if mine else None)


def may_know(reading: Reading, case: Case, source_id: int, covenant: str) -> bool:
    """Whether the reader's agency gives what is proposed under this covenant, decides on it, or leads the case."""
    own = reading.visit.agency.id
    return own in (source_id, case.lead_id) or own in deciders(reading, case, covenant, source_id=source_id)


def _reasons(
    reading: Reading, case: Case, proposals: list[ExtractProposal], session: purposes.Session | None
) -> dict[int, str]:
    """Per proposal its reason, as far as the covenants give it to this reader."""
    words = list(ExtractReason.objects.filter(proposal__in=proposals).select_related(*WORDS_RELATIONS))
    if not words:
        return {}
    opening = Opening(case=case, purpose=purposes.declared(reading, case, session), rows=words_rows(words))
    answer = disclose(reading, [opening])[0]
    texts = _texts(answer)
    return {found.proposal_id: texts.get(str(found.uid), "") for found in words}


def _texts(answer: Answer) -> dict[str, str]:
    return {fact.contribution: str(fact.value) for person in answer.disclosures for fact in person.facts}


def _proposal(reading: Reading, case: Case, found: ExtractProposal, reasons: dict[int, str]) -> ProposalLine:
    own = reading.visit.agency.id
    who = deciders(reading, case, found.covenant, source_id=found.source_id)
    asked, is_source = found.state == ProposalState.ASKED, found.source_id == own
    said = list(found.positions.all())
    return ProposalLine(
        uid=found.uid,
        source=Party(code=found.source.code, type=found.source.type, name=found.source.name),
        recipient=_party(found),
        covenant=found.covenant,
        article=found.article,
        purpose=found.purpose,
        state=found.state,
        asked_at=found.given_at,
        ends_on=found.ends_on,
        fields=_fields(reading, found) if is_source else _of_article(reading, found),
        exact=is_source,
        reason=reasons.get(found.pk, ""),
        positions=tuple(
            Position(
                agency=Party(code=item.agency.code, type=item.agency.type, name=item.agency.name),
                agrees=item.agrees,
                at=item.at,
            )
            for item in said
        ),
        may_decide=asked and own in who and own not in {item.agency_id for item in said},
        may_withdraw=asked and is_source,
        copy=_copy(reading, case, found.extract) if found.extract else None,
    )


def _party(found: ExtractProposal | Extract) -> Party:
    return Party(code=found.recipient.code, type=found.recipient.type, name=found.recipient.name)


def _fields(reading: Reading, found: ExtractProposal) -> tuple[str, ...]:
    return reading.policy.catalogue.codes(from_hex(found.present))


def _of_article(reading: Reading, found: ExtractProposal) -> tuple[str, ...]:
    """What the article could give: a rule, which says nothing about what the source holds."""
    mask = 0
    for row in reading.policy.index.rows:
        if (row.ref.covenant, row.ref.article) == (found.covenant, found.article):
            mask |= row.fields
    return reading.policy.catalogue.codes(mask)


def _copy(reading: Reading, case: Case, found: Extract) -> CopyLine:
    own = reading.visit.agency.id
    ended = found.revoked_at is not None or (found.ends is not None and found.ends <= reading.at)
    may = own == found.source_id or own in deciders(reading, case, found.under, source_id=found.source_id)
    return CopyLine(
        uid=found.uid,
        recipient=_party(found),
        covenant=found.under,
        article=found.article,
        decided_at=found.decided_at,
        decided_by=found.decided_by,
        ends=found.ends,
        revoked_at=found.revoked_at,
        opened_at=found.opened_at,
        secrecy_signed=case.circumstances.filter(
            code="secrecy_signed", recipient_id=found.recipient_id, ends=None
        ).exists(),
        may_revoke=may and not ended,
    )
