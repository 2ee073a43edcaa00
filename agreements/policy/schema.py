"""The shape of a covenant document, and how its words resolve: sets to fields, numbers to purposes.

Only shape. Whether the words exist is checked in references.py, what the law asks in regimes.py, reading
text in document.py. An attribute that is a Python keyword ends in "_" (`from_`, `except_`).
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, StrictInt, field_serializer
from pydantic_core import PydanticCustomError

from agreements.policy.locations import Path, line_of
from agreements.policy.vocabulary import ANY, BUREAU


def _as_tokens(value: object) -> object:
    return [ANY] if value == ANY else value


def _as_condition(value: object) -> object:
    """`involved` and `{any_of: [a, b]}` both become a tuple of alternatives, of which one must hold."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, dict) and set(value) == {"any_of"}:
        value = value["any_of"]
    if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise PydanticCustomError("condition", "een naam of {any_of: [namen]}")


Words = tuple[str, ...]
Tokens = Annotated[tuple[str, ...], BeforeValidator(_as_tokens)]
AnyOf = Annotated[tuple[str, ...], BeforeValidator(_as_condition)]
Duration = Annotated[str, Field(pattern=r"^P(\d+[YMWD])+$")]
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")]
Number = Annotated[str, Field(pattern=r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$")]
Positive = Annotated[StrictInt, Field(ge=1)]


class Part(BaseModel):
    """Every part of a document: unknown words are refused, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Days(Part):
    """From a day up to and including a day; one may be left open."""

    from_: date | None = Field(None, alias="from")
    until: date | None = None


class Chosen(Part):
    """The four ways to name fields; they add up."""

    fields: Words = ()
    set: str | None = None
    sets: Words = ()
    extra: Words = ()

    @property
    def set_names(self) -> Words:
        return (*((self.set,) if self.set else ()), *self.sets)


class Rule(Chosen):
    """What grants, announcements and prohibitions share. A prohibition leaves open what it does not state."""

    id: Number
    from_: Tokens = Field((), alias="from")
    to: Tokens = ()
    except_: Tokens = Field((), alias="except")
    roles: Words = ()
    purposes: Words = ()
    phases: Words = ()
    case_kinds: Words = ()
    obligations: Words = ()
    basis: Words = ()
    valid: Days | None = None
    text: str | None = None


class Grant(Rule):
    """`fields` of `from` become visible to `to`, or announced when it stands under announcements."""

    conditions: tuple[AnyOf, ...] = ()
    delivery: Literal["live", "extract", "inbound"] = "live"
    offline_minutes: Positive | None = None

    @field_serializer("conditions")
    def _conditions_as_written(self, value: tuple[tuple[str, ...], ...]) -> list[str | dict[str, list[str]]]:
        return [item[0] if len(item) == 1 else {"any_of": list(item)} for item in value]


class Unless(Part):
    """What lifts a prohibition: facts carried under a covenant of this regime, and the condition."""

    regime: str
    condition: str


class Prohibition(Rule):
    """`fields` never reach `to`. An empty purposes, phases, roles or case_kinds means: in all of them."""

    from_: Tokens = Field((ANY,), alias="from")
    unless: Unless | None = None
    scope: Literal["all", "covenant"] = "all"
    reason: str = ""


class BreakGlass(Chosen):
    """Which fields may be opened in acute danger, by whom, and how long (noodinzage)."""

    id: Number
    from_: Tokens = Field((ANY,), alias="from")
    to: Tokens
    roles: Words
    condition: str
    minutes: Positive
    review_hours: Positive
    notify: Words = ()
    basis: Words = ()
    text: str | None = None


class Retention(Part):
    max_from_first_processing: Duration | None = None
    closed_case: Duration | None = None
    not_admitted: Duration | None = None
    renewal: Duration | None = None
    street_message: Duration | None = None


class Breach(Part):
    report_to: str
    within_hours: Positive
    authority_hours: Positive | None = None


class Withdrawal(Part):
    """How a party leaves, and whether what it gave stays in running cases until they close, or goes with it."""

    notice: Duration
    running_cases: Literal["until_closing", "returned"] = "until_closing"


class Joining(Part):
    """Which parties must consent to a new one, and whether the lawfulness committee (RAC) advises first."""

    consent: Literal["all", "controllers"] = "all"
    rac_advice: bool = False


class Article(Part):
    """One numbered article: its text, and the rules that are the same article in machine words."""

    article: Number
    title: str = ""
    text: str | None = None
    basis: Words = ()
    case_kinds: Words = ()
    grants: tuple[Grant, ...] = ()
    announcements: tuple[Grant, ...] = ()
    prohibitions: tuple[Prohibition, ...] = ()
    break_glass: BreakGlass | None = None
    absent_by_design: Words = ()
    retention: Retention | None = None
    breach: Breach | None = None
    withdrawal: Withdrawal | None = None
    accession: Joining | None = None

    @property
    def has_rules(self) -> bool:
        return bool(self.grants or self.announcements or self.prohibitions or self.break_glass)


class Term(Part):
    from_: date = Field(alias="from")
    until: date | None = None
    review_months: Positive | None = None
    renewal: str = ""


class Dpia(Part):
    ref: str
    review: date


class Bureau(Part):
    code: str
    acts_for: str


class Parties(Part):
    """Agency types (POL) or agencies (POL-MD) by capacity; the bureau stands apart."""

    controller: Words = ()
    participant: Words = ()
    third_party: Words = ()


class WpgDecision(Part):
    """A decision under Wpg art. 20(1)-(2): who may receive which police data, for what interest."""

    ref: str
    date: date
    interest: str
    partnership: str
    purpose: str
    data: Words
    conditions: Words = ()
    receivers: Words


class RuleKind(StrEnum):
    """What a rule does; the value is the key it stands under in an article."""

    GRANT = "grants"
    NOTICE = "announcements"
    PROHIBITION = "prohibitions"
    BREAK_GLASS = "break_glass"


Placed = tuple[RuleKind, Path, Article, Rule | BreakGlass]
"""A rule with its kind, its path in the document and the article it stands in."""


class CovenantDocument(Part):
    """One version of a covenant, as signed: text and rules are the same articles with the same numbers."""

    code: Code
    title: str
    version: Positive
    regime: str
    term: Term
    contact_point: str | None = None
    dpia: Dpia | None = None
    parties: Parties
    bureau: Bureau | None = None
    purposes: dict[str, str] = Field(default_factory=dict)
    sets: dict[str, Words] = Field(default_factory=dict)
    decision: WpgDecision | None = None
    articles: tuple[Article, ...]

    _lines: dict[Path, int] = PrivateAttr(default_factory=dict)
    _rows: dict[str, object] = PrivateAttr(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of a part, or of the nearest part around it; 0 when this was not read from a text."""
        return line_of(self._lines, path)

    def placed_rules(self) -> Iterator[Placed]:
        """Every rule in order of the document."""
        for number, article in enumerate(self.articles):
            path: Path = ("articles", number)
            for kind in (RuleKind.GRANT, RuleKind.NOTICE, RuleKind.PROHIBITION):
                rules: tuple[Rule, ...] = getattr(article, kind.value)
                for index, rule in enumerate(rules):
                    yield kind, (*path, kind.value, index), article, rule
            if article.break_glass is not None:
                yield RuleKind.BREAK_GLASS, (*path, "break_glass"), article, article.break_glass

    @property
    def gives_data(self) -> bool:
        """Whether any rule lets anybody know anything. A pact of pledges, and a draft without rules yet, give none."""
        return any(kind is not RuleKind.PROHIBITION for kind, *_ in self.placed_rules())

    def field_codes(self, chosen: Chosen) -> Words:
        """The fields a rule names, its sets written out. Raises KeyError for a set that is not defined."""
        written_out = (code for name in chosen.set_names for code in self.sets[name])
        return tuple(dict.fromkeys((*chosen.fields, *written_out, *chosen.extra)))

    def purpose_codes(self, purposes: Words) -> Words:
        """Purposes by their code, whether given as article number or as code. Raises KeyError."""
        codes = set(self.purposes.values())
        return tuple(dict.fromkeys(word if word in codes else self.purposes[word] for word in purposes))

    def kinds_of(self, article: Article, stated: Words) -> Words:
        """The case kinds of a rule: what it states, else its article, never more than the covenant's.

        The covenant's own kinds stand in an article without rules ("art. 3 Casussoorten").
        """
        covenant = self.case_kinds
        kinds = stated or (article.case_kinds if article.has_rules else ()) or covenant
        return tuple(kind for kind in kinds if not covenant or kind in covenant)

    @property
    def case_kinds(self) -> Words:
        """The kinds the covenant as a whole is for; empty when no article without rules says so."""
        stated = (kind for item in self.articles if not item.has_rules for kind in item.case_kinds)
        return tuple(dict.fromkeys(stated))

    @property
    def withdrawal(self) -> Withdrawal | None:
        """What the covenant says about leaving; None when no article does."""
        return next((item.withdrawal for item in self.articles if item.withdrawal), None)

    @property
    def joining(self) -> Joining:
        """What the covenant says about accession; the consent of all when no article does."""
        return next((item.accession for item in self.articles if item.accession), Joining())

    @property
    def capacities(self) -> dict[str, str]:
        """Capacity by token (agency type or agency code), the bureau included."""
        found = {token: capacity for capacity, tokens in self.parties for token in tokens}
        if self.bureau is not None:
            found[self.bureau.code] = BUREAU
        return found

    def capacity_of(self, code: str, agency_type: str) -> str:
        """The capacity the document gives an agency; its own code goes before its type; "" for none."""
        return capacity_in(self.capacities, code, agency_type)


def capacity_in(capacities: dict[str, str], code: str, agency_type: str) -> str:
    """As CovenantDocument.capacity_of, for many agencies in a row."""
    return capacities.get(code) or capacities.get(agency_type, "")
