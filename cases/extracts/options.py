"""Which third party may be given what of one's own facts, by the rules of the case now. Opens no fact."""

from dataclasses import dataclass, replace
from datetime import date

from agreements.models import Agency
from agreements.policy.conditions import condition_bits
from agreements.policy.question import Delivery, Reader
from agreements.policy.sheet import purposes_for
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.reading import Reading, actor, codes, setting_of
from cases.disclosure.rows import Row, own_rows
from cases.records.models import Case, CaseSubject
from foundation import clock
from foundation.masks import from_hex

DECIDED_LATER = condition_bits(["invited", "secrecy_signed"])
"""What the decision and the recipient's signature bring about; the other conditions must hold already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One article by which one third party can be given fields of one's own facts on one person.

    mask: the fields of which the reader's agency has a fact; allowed: all that the article gives.
    """

    recipient: str
    recipient_id: int
    recipient_name: str
    recipient_type: str
    purpose: str
    covenant: str
    version: int
    article: str
    mask: int
    allowed: int

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.recipient}/{self.covenant}/{self.article}/{self.purpose}"


def options_for(reading: Reading, case: Case, about: CaseSubject | None) -> tuple[Option, ...]:
    """The options for facts of the reader's agency on one person of the case (None in an area case).

    Source: WGS art. 2.31(9): a third party is given what its task asks.
    """
    here = reading.policy.slice_at(case.covenant_codes, reading.at)
    rows = [
        row
        for row in own_rows(case.pk, agency_id=reading.visit.agency.id, day=_day(reading))
        if row.about_id == (about.pk if about else None)
    ]
    found: list[Option] = []
    for agency in Agency.objects.order_by("name"):
        who = actor(agency.code, agency.type)
        if agency.pk == reading.visit.agency.id or not here.member(who).third:
            continue
        found += _of_recipient(reading, case, about, agency, rows)
    return tuple(found)


def _of_recipient(
    reading: Reading, case: Case, about: CaseSubject | None, agency: Agency, rows: list[Row]
) -> list[Option]:
    who, roles, setting = actor(agency.code, agency.type), frozenset({"professional"}), setting_of(case)
    recorded = circumstances_of([case.pk], recipient=agency.pk, at=reading.at).get(case.pk, NOTHING_RECORDED)
    satisfied = DECIDED_LATER | recorded.satisfied(
        about=about.pk if about else None,
        source=reading.visit.agency.id,
        involved=False,
        born_on=about.subject.born_on if about else None,
        day=_day(reading),
    )
    found: dict[str, Option] = {}
    for purpose in sorted(purposes_for(reading.policy, who, roles, setting, reading.at, Delivery.EXTRACT)):
        asks = Reader(agency=who, roles=roles, purpose=purpose)
        prepared = reading.policy.prepare(asks, setting, at=reading.at, via=Delivery.EXTRACT)
        for under in sorted({row.under for row in rows}) or [case.covenants]:
            decision = prepared.decide(reading.agency, codes(under), satisfied=satisfied)
            have = 0
            for row in rows:
                if row.under == under:
                    have |= from_hex(row.present) & ~recorded.held(
                        about=row.about_id, source=row.source_id, contribution=row.id
                    )
            for ref, mask in decision.grants:
                option = Option(
                    recipient=agency.code, recipient_id=agency.pk, recipient_name=agency.name,
                    recipient_type=agency.type, purpose=purpose, covenant=ref.covenant, version=ref.version,
                    article=ref.article, mask=mask & have, allowed=mask,
                )  # fmt: skip
                kept = found.get(option.key)
                found[option.key] = _wider(kept, option) if kept else option
    return list(found.values())


def _wider(kept: Option, other: Option) -> Option:
    return replace(kept, mask=kept.mask | other.mask, allowed=kept.allowed | other.allowed)


def _day(reading: Reading) -> date:
    return reading.at.astimezone(clock.AMSTERDAM).date()
