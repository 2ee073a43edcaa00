"""What goes in and out over the API of parties and terms. The steps themselves are in commands."""

from datetime import date, datetime

from ninja import Field, Schema


class AgencyOut(Schema):
    code: str
    type: str
    name: str
    capacity: str
    capacity_label: str
    since: date | None
    until: date | None


class PartyOut(Schema):
    """when: "now", "before" or "later". leaves: it gave notice. gone: it was a party and is or will be none any more.

    facts_stay: what it gave stays in running cases.
    """

    agency: AgencyOut
    when: str
    leaves: bool
    gone: bool
    facts_stay: bool


class StepOut(Schema):
    """may: whether this reader may take it; else why_not and remedy."""

    step: str
    label: str
    who: str
    may: bool
    why_not: str
    remedy: str


class AnswerOut(Schema):
    agency: AgencyOut
    person: str
    agrees: bool
    reason: str
    given_at: datetime


class MotionOut(Schema):
    """kind: accession or ending. state: open, carried or dropped. No first_day or last_day: with the last consent."""

    uid: str
    kind: str
    state: str
    by: AgencyOut
    person: str
    reason: str
    proposed_at: datetime
    closed_at: datetime | None
    first_day: date | None
    last_day: date | None
    answers: list[AnswerOut]
    awaited: list[AgencyOut]
    steps: list[StepOut]


class SuspensionOut(Schema):
    starts: datetime
    ends: datetime | None
    reason: str
    when: str


class TermOut(Schema):
    """first_day and last_day are both part of it."""

    number: int
    first_day: date
    last_day: date | None
    days_left: int | None
    ended_by_parties: bool
    next_number: int | None
    next_day: date | None


class ClauseOut(Schema):
    sentence: str
    article: str


class PartiesOut(Schema):
    """Who is party, for how long, what lies before the parties, and what this reader can do."""

    term: TermOut | None
    parties: list[PartyOut]
    clauses: list[ClauseOut]
    suspension: SuspensionOut | None
    open_motions: list[MotionOut]
    closed_motions: list[MotionOut]
    steps: list[StepOut]


class StatementOut(Schema):
    """What an asker signs: this object with mandate and signed_at filled in, as canonical JSON (RFC 8785)."""

    statement: dict[str, object]


class SignedIn(Schema):
    """signed_at: UTC, whole seconds. jws: ES256 over the step, with a key that the signatory registered here.

    The payload is canonical JSON (RFC 8785) of {form: "verbond-step-1", step, covenant, agency, oin, arguments,
    signed_at}. arguments: the other members of this body, and "motion" when the step is about one.
    """

    signed_at: str = Field("", pattern=r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$")
    jws: str = Field("", max_length=20_000)


class ReasonIn(SignedIn):
    reason: str = Field(max_length=2000)


class WithdrawalIn(ReasonIn):
    """last_day: default the first that the notice period allows."""

    last_day: date | None = None


class SuspensionIn(ReasonIn):
    """starts: default now. ends: default until resumed."""

    starts: datetime | None = None
    ends: datetime | None = None


class EndingIn(ReasonIn):
    """last_day: default with the last consent."""

    last_day: date | None = None


class AnswerIn(SignedIn):
    agrees: bool
    reason: str = Field("", max_length=2000)


class ExecutionIn(SignedIn):
    """A step without arguments of its own."""


class AccessionIn(Schema):
    """jws: over the statement of GET …/accession, with the mandate that is also given here."""

    mandate: str = Field(max_length=200)
    reason: str = Field(max_length=2000)
    advice: str = Field("", max_length=200)
    first_day: date | None = None
    jws: str = Field("", max_length=20_000)
