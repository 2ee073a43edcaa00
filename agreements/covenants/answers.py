"""What the pages and the API of covenants get: frozen values, no case data. Made in queries.py."""

from dataclasses import dataclass
from datetime import date, datetime

from agreements.covenants.wording import RuleInWords


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLine:
    """An agency with what is said of it here. since, until: days; until is the last day."""

    code: str
    type: str
    name: str
    monogram: str
    capacity: str
    capacity_label: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """A place under a version. signed_on None: not signed yet (or, for the bureau, not needed)."""

    agency: AgencyLine
    signatory: str
    mandate: str
    signed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """A version in the list of versions. first_day, last_day: its term, in the Netherlands, both inclusive."""

    number: int
    standing: str
    standing_label: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningLine:
    """A version that is put up for signature: how many of its places are signed."""

    number: int
    n_signed: int
    n_places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DpiaLine:
    """The assessment under the covenant, and its review: `state` is "fine", "near" or "overdue".

    days: until the review; below zero when it is late. Source: AVG art. 35(11).
    """

    ref: str
    review: date
    state: str
    days: int

    @property
    def days_late(self) -> int:
        """How long ago the review should have been."""
        return max(-self.days, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInWords:
    """One article: its text as signed, and its rules in sentences. purposes: (number, label)."""

    number: str
    title: str
    text: str
    basis: str
    purposes: tuple[tuple[str, str], ...]
    rules: tuple[RuleInWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CovenantLine:
    """A covenant in the list, through the version that rules now or else the newest.

    days_left: to the last day of a version that rules, when that is near. signing: a version that waits.
    """

    code: str
    title: str
    regime_label: str
    capacity_label: str
    n_parties: int
    version: VersionLine
    days_left: int | None
    signing: SigningLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CovenantPage:
    """One version of a covenant, whole. `sha256`: of the canonical document."""

    code: str
    title: str
    regime: str
    regime_label: str
    version: VersionLine
    versions: tuple[VersionLine, ...]
    review: str
    contact_point: str
    dpia: str
    sha256: str
    loaded_at: datetime
    articles: tuple[ArticleInWords, ...]
    parties: tuple[AgencyLine, ...]
    signatures: tuple[SignatureLine, ...]
    n_signed: int
    n_needed: int
    dpia_line: DpiaLine | None = None
    days_left: int | None = None
    signing: SigningLine | None = None
