"""Which matches of a search the reader may see: decided before anything is opened, on what decides about a row.

Facts by may_show, words of rooms by may_hear. What is shown is opened and journalled by disclose, which decides
again; a match that is dropped here leaves no trace anywhere, not in the journal either: an entry would tell the
reader's own oversight that there was something.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from agreements.policy.fold import Decision, numbers
from agreements.policy.index import one
from agreements.policy.question import Reader, Setting
from agreements.policy.sheet import purposes_for
from cases.disclosure.circumstances import Circumstances, unfolded
from cases.disclosure.deciding import Decidable, deciding
from cases.disclosure.reading import Reading, setting, setting_of
from cases.records.models import Case
from foundation import clock

Decider = Callable[..., Decision]


class Match(NamedTuple):
    """One field of one contribution in which the question was found, with the place of its case in the worklist."""

    rank: int
    step_on: date
    case_id: int
    contribution_id: int
    bit: int
    source_id: int
    source_code: str
    source_type: str
    under: str
    about_id: int | None
    born_on: date | None
    valid_until: date | None
    kind: str
    phase: str
    covenants: str
    recorded: str | None
    """What is recorded in the case, as `circumstances.folded` asks it."""
    taking: int
    """The participation by which the reader comes to the case."""

    @property
    def id(self) -> int:
        """The contribution, as deciding.Decidable calls it."""
        return self.contribution_id

    @property
    def heard(self) -> str:
        """A fact is for whom its covenants say, whoever was there."""
        return ""

    @property
    def other(self) -> None:
        """A fact is about one person at most."""
        return


def may_show(reading: Reading, purpose: str, matches: Iterable[Match]) -> Iterator[Match]:
    """Those of `matches` whose field the reader sees in that case for `purpose`, in the same order.

    No query, whatever the matches: how long it takes must not tell whether there were any.
    """
    day = reading.at.astimezone(clock.AMSTERDAM).date()
    standing = (match for match in matches if match.valid_until is None or match.valid_until >= day)
    return _visible(reading, purpose, standing)


class WordsMatch(NamedTuple):
    """The same for one field of words of a room, read in the case `case_id` (a signal's: a case it was linked to).

    Named as in rows.Row, so that deciding.deciding takes it.
    """

    rank: int
    step_on: date
    case_id: int
    room: str
    uid: UUID
    bit: int
    source_id: int
    source_code: str
    source_type: str
    under: str
    heard: str
    about_id: int | None
    born_on: date | None
    other_id: int | None
    other_born_on: date | None
    kind: str
    phase: str
    covenants: str
    recorded: str | None
    taking: int

    @property
    def id(self) -> int:
        """Words are no contribution."""
        return 0

    @property
    def other(self) -> "Other | None":
        """The second person whom they are about."""
        return None if self.other_id is None else Other(self.other_id, self.other_born_on)


class Other(NamedTuple):
    """The second person whom words are about, as deciding.Concerned."""

    about_id: int | None
    born_on: date | None


def may_hear(reading: Reading, purpose: str, matches: Iterable[WordsMatch]) -> Iterator[WordsMatch]:
    """Those of `matches` whose words the covenants give the reader in that case for `purpose`, in the same order.

    No query, as above. Whether a page of the room shows them to this reader is for the room to say.
    """
    return _visible(reading, purpose, matches)


Either = TypeVar("Either", Match, WordsMatch)


def _visible(reading: Reading, purpose: str, matches: Iterable[Either]) -> Iterator[Either]:
    deciders: dict[tuple[str, str, str], Decider | None] = {}
    cases: dict[int, Callable[[Decidable], Decision]] = {}
    for match in matches:
        where = (match.kind, match.phase, match.covenants)
        if where not in deciders:
            deciders[where] = _decider(reading, purpose, setting(*where))
        decide = deciders[where]
        if decide is None:
            continue
        if match.case_id not in cases:
            recorded = unfolded(match.recorded, recipient=reading.visit.agency.id, at=reading.at)
            cases[match.case_id] = _in_case(reading, decide, recorded)
        if cases[match.case_id](match).visible >> match.bit & 1:
            yield match


def sight(
    reading: Reading, purpose: str, where: Setting, recorded: Circumstances
) -> Callable[[Decidable], Decision] | None:
    """What decides about rows of one case that the reader takes part in; None where they do not have the purpose."""
    decide = _decider(reading, purpose, where)
    return None if decide is None else _in_case(reading, decide, recorded)


def _in_case(reading: Reading, decide: Decider, recorded: Circumstances) -> Callable[[Decidable], Decision]:
    day = reading.at.astimezone(clock.AMSTERDAM).date()
    return deciding(decide, recorded, code=reading.visit.agency.code, day=day, involved=True)


def _decider(reading: Reading, purpose: str, where: Setting) -> Decider | None:
    """What decides for this reader in such a case; None where its covenants do not give them the purpose."""
    if not gives(reading, where, purpose):
        return None
    return reading.policy.prepare(reading.reader(purpose), where, at=reading.at).decide


def cases_for(reading: Reading, purpose: str, cases: Iterable[Case]) -> list[Case]:
    """Those of `cases` that the reader reads for `purpose`."""
    return [case for case in cases if gives(reading, setting_of(case), purpose)]


def gives(reading: Reading, where: Setting, purpose: str) -> bool:
    """Whether the covenants of such a case give this reader the purpose; a token's pinned purpose stands."""
    given = purposes_for(reading.policy, reading.agency, reading.visit.roles, where, reading.at)
    return purpose in given and reading.visit.purposes_pinned in (None, purpose)


def ever_shown(reading: Reading, reader: Reader) -> int:
    """The fields that some rule could ever show this reader, whatever the case: an upper bound, by rules alone."""
    index = reading.policy.index
    rows = index.gives & index.to(reader.agency) & index.for_roles(reader.roles) & one(index.purposes, reader.purpose)
    found = 0
    for number in numbers(rows):
        found |= index.rows[number].fields
    return found
