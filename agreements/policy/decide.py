"""The decision: AND of one integer per dimension, then a fold. Compiled covenants come from compile.py.

hits     = AND over dimensions of the rows that match the question's value
decision = (grants in hits, then announcements) less prohibitions in hits, less what is held
own facts are always visible, and every doubt grants nothing
"""

from bisect import bisect_right
from datetime import UTC, datetime
from typing import Any

from agreements.policy.break_glass import StandingAct, standing
from agreements.policy.catalogue import Catalogue
from agreements.policy.conditions import ALL_CONDITIONS
from agreements.policy.errors import Finding
from agreements.policy.fold import NOTHING, Decision, fold
from agreements.policy.index import Dimension, Index, Memo, Rows, Slice, matching, one
from agreements.policy.question import Actor, BreakGlassAct, Delivery, Mask, Question, Reader, Setting
from agreements.policy.rows import OWN, ArticleRef
from agreements.policy.validity import BEGINNING, NEVER, is_aware
from agreements.policy.vocabulary import ANY

__all__ = ["NOTHING", "ArticleRef", "Decision", "Policy", "PreparedReader", "decide"]

MOST_KEPT = 65_536
"""Answers kept at most over all readers: some 15 MB."""

_Key = tuple[str, str, frozenset[str], int, Mask]


def decide(policy: "Policy", question: Question) -> Decision:
    """What the reader may know of the source's fields. Pure and total: odd input grants nothing.

    For a loop over many contributions of one case, `policy.prepare` once is two to three times faster.
    """
    prepared = policy.prepare(question.reader, question.setting, at=question.at, via=question.via, act=question.act)
    return prepared.decide(question.source, question.under, question.satisfied, question.held)


class PreparedReader:
    """A reader in a case, from `starts` until `until`: the dimensions that do not depend on the facts.

    Good for any question with a moment in [starts, until); ask the policy for a new one after that.
    """

    __slots__ = ("_act", "_base", "_ends", "_known", "_policy", "_purposes",
                 "reader", "setting", "slice", "starts", "until", "via")  # fmt: skip

    def __init__(
        self, policy: "Policy", reader: Reader, setting: Setting, slice_: Slice, via: Delivery, *,
        act: StandingAct | None = None,
    ) -> None:  # fmt: skip
        self._policy = policy
        self.reader, self.setting = reader, setting
        self.slice, self.via = slice_, via
        self.starts = slice_.starts
        self.until = slice_.until
        self._act, self._ends = act, slice_.ends
        if act is not None:
            self.starts, self.until, self._ends = act.within(slice_)
        self._base = policy.index.all
        for dimension in self.reader_dimensions():
            self._base &= dimension.rows
        self._known: Memo[_Key, Decision] = Memo(1024)
        self._purposes: frozenset[str] | None = None

    def decide(self, source: Actor, under: frozenset[str], satisfied: int = 0, held: Mask = 0) -> Decision:
        """The decision about facts of one source. `under`, `satisfied`, `held`: as in Question."""
        key = (source.code, source.type, under, satisfied, held)
        known = self._known.get(key)
        return self._known.keep(key, self._decide(source, under, satisfied, held)) if known is None else known

    def _decide(self, source: Actor, under: frozenset[str], satisfied: int, held: Mask) -> Decision:
        if source.code == self.reader.agency.code:
            return self._policy.own
        self._policy.count()
        hits = self._base
        for dimension in self.source_dimensions(source, under, satisfied):
            hits &= dimension.rows
        return self._policy.folded(hits, held, self._ends)

    def purposes(self) -> frozenset[str]:
        """The purposes for which some article could give this agency, in these roles, something here."""
        if self._purposes is None:
            index = self._policy.index
            rows = index.gives
            for dimension in self.reader_dimensions():
                if dimension.kind not in ("purpose", "phase"):
                    rows &= dimension.rows
            self._purposes = frozenset(
                code for code in index.purposes if code != ANY and one(index.purposes, code) & rows
            )
        return self._purposes

    def reader_dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions that the reader, the case and the moment settle."""
        index, agency = self._policy.index, self.reader.agency
        party, third, _gives = self.slice.member(agency)
        free = index.prohibitions
        return (
            Dimension("party", "case", index.of_covenants(self.setting.covenants)),
            Dimension("party", "in_force", self.slice.in_force),
            Dimension("party", "reader", party | free),
            Dimension("party", "delivery", self._delivered()),
            *self._acted(),
            Dimension("party", "third_party", self._policy.open_to_third(third, self.via) | free),
            Dimension("purpose", "", one(index.purposes, self.reader.purpose)),
            Dimension("phase", "", one(index.phases, self.setting.phase)),
            Dimension("role", "", index.for_roles(self.reader.roles)),
            Dimension("recipient", "", index.to(agency)),
            Dimension("case_kind", "", one(index.case_kinds, self.setting.kind)),
        )

    def source_dimensions(self, source: Actor, under: frozenset[str], satisfied: int) -> tuple[Dimension, ...]:
        """The dimensions that the source, the facts and the conditions settle."""
        index = self._policy.index
        satisfied = satisfied & ALL_CONDITIONS if satisfied > 0 else 0
        carried_by = under & self.setting.covenants
        involved, others = self._policy.satisfying(satisfied)
        free = index.prohibitions
        return (
            Dimension("party", "carried", index.of_covenants(carried_by) | free & ~index.carried),
            Dimension("party", "source", self.slice.member(source).gives | free),
            Dimension("participation", "", involved),
            Dimension("source", "", matching(index.sources, source)),
            Dimension("condition", "", others),
            Dimension("prohibition", "unless", ~self.slice.lifted(carried_by, satisfied)),
        )

    def _acted(self) -> tuple[Dimension, ...]:
        if self._act is None:
            return ()
        # Under an act its own article alone gives; prohibitions count as ever.
        return (Dimension("party", "break_glass", self._act.rows | self._policy.index.prohibitions),)

    def _delivered(self) -> Rows:
        values = self._policy.index.deliveries
        found = one(values, self.via.value)
        return found | values.get("inbound", 0) if self.via is Delivery.LIVE else found


class Policy:
    """All versions of all covenants, compiled; a question's moment picks. Immutable but for its memos.

    epoch: the caller's number of this set of rules. findings: rules that could not be read; their
    covenants grant nothing. third_party_mode: `extract` (default), `none`, or `live`, which only opens
    live reading where the regime allows it to third parties at all (WGS art. 2.31(9)).
    """

    def __init__(
        self,
        index: Index,
        *,
        catalogue: Catalogue,
        epoch: int,
        third_party_mode: str,
        findings: tuple[Finding, ...],
    ) -> None:
        self.index = index
        self.catalogue = catalogue
        self.epoch = epoch
        self.third_party_mode = third_party_mode
        self.findings = findings
        every = catalogue.mask(catalogue.by_code)
        self.own = Decision(
            visible=every,
            announced=0,
            obligations=frozenset(),
            grants=((OWN, every),),
            notices=(),
            until=None,
        )
        self.bases = {row.ref: row.basis for row in index.rows if row.basis}
        self._no_third_live = index.without_third_party_live(third_party_mode)
        self._never = Slice(index=index, covenants=frozenset(), starts=NEVER, until=NEVER)
        self._timelines: Memo[frozenset[str], tuple[datetime, ...]] = Memo(1024)
        self._slices: Memo[tuple[frozenset[str], datetime], Slice] = Memo(1024)
        self._prepared: Memo[tuple[object, ...], PreparedReader] = Memo(4096)
        # By identity; the objects stand beside it, so that no other one can come to have the same.
        self._recent: Memo[tuple[int, int, str], tuple[Reader, Setting, PreparedReader]] = Memo(256)
        self._satisfied: Memo[int, tuple[Rows, Rows]] = Memo(4096)
        self._folded: Memo[tuple[Rows, Mask, datetime | None], Decision] = Memo(8192)
        self._about: Memo[int, Rows] = Memo(1024)
        self._memos: tuple[Memo[Any, Any], ...] = (
            self._timelines, self._slices, self._prepared, self._recent, self._satisfied, self._folded,
        )  # fmt: skip
        self._kept = 0
        self._last = _NOBODY

    def prepare(
        self, reader: Reader, setting: Setting, *, at: datetime, via: Delivery = Delivery.LIVE,
        act: BreakGlassAct | None = None,
    ) -> PreparedReader:  # fmt: skip
        """The reader in this case at this moment, to ask about many contributions in a row. `act`: as in Question."""
        if act is not None and via is Delivery.BREAK_GLASS:
            # Rare, and of one reader: not worth keeping.
            slice_ = self.slice_at(setting.covenants, at)
            return PreparedReader(self, reader, setting, slice_, via, act=standing(self.index, act, reader.agency, at))
        # Most questions come in runs with the same reader objects: identity is cheaper than equality.
        last_reader, last_setting, last_via, last = self._last
        if (
            last_reader is reader
            and last_setting is setting
            and last_via is via
            and at.tzinfo is UTC
            and last is not None
            and last.starts <= at < last.until
        ):
            return last
        # A page of cases goes to and fro between a few settings.
        recent = self._recent.get((id(reader), id(setting), via.value))
        if recent is not None and at.tzinfo is UTC and recent[2].starts <= at < recent[2].until:
            found = recent[2]
        else:
            found = self._find(reader, setting, at, via)
            self._recent.keep((id(reader), id(setting), via.value), (reader, setting, found))
        self._last = (reader, setting, via, found)
        return found

    def _find(self, reader: Reader, setting: Setting, at: datetime, via: Delivery) -> PreparedReader:
        slice_ = self.slice_at(setting.covenants, at)
        agency = reader.agency
        key = (
            agency.code, agency.type, reader.roles, reader.purpose,
            setting.kind, setting.phase, setting.covenants, slice_.starts, slice_.until, via.value,
        )  # fmt: skip
        known = self._prepared.get(key)
        if known is not None:
            return known
        return self._prepared.keep(key, PreparedReader(self, reader, setting, slice_, via))

    def slice_at(self, covenants: frozenset[str], at: datetime) -> Slice:
        """The stretch around a moment in which these covenants stay as they are; an empty one if naive."""
        if not is_aware(at):
            return self._never
        try:
            moment = at.astimezone(UTC)
        except OverflowError:  # the first or last hours that a datetime can name
            return self._never
        timeline = self._timelines.get(covenants)
        if timeline is None:
            timeline = self._timelines.keep(covenants, self._timeline(covenants))
        place = bisect_right(timeline, moment)
        starts = timeline[place - 1]
        known = self._slices.get((covenants, starts))
        if known is not None:
            return known
        until = timeline[place] if place < len(timeline) else NEVER
        return self._slices.keep(
            (covenants, starts), Slice(index=self.index, covenants=covenants, starts=starts, until=until)
        )

    def _timeline(self, covenants: frozenset[str]) -> tuple[datetime, ...]:
        edges = {BEGINNING}.union(*(self.index.edges.get(code, ()) for code in covenants))
        return tuple(sorted(edges - {NEVER}))

    def open_to_third(self, third: Rows, via: Delivery) -> Rows:
        """The rows left for a reader who is a third party in those of `third`."""
        if self.third_party_mode == "none":
            return ~third
        return ~0 if via is Delivery.EXTRACT else ~(third & self._no_third_live)

    def count(self) -> None:
        """One more answer kept by a prepared reader; past the limit all of them are let go."""
        self._kept += 1
        if self._kept > MOST_KEPT:
            self._kept = 0
            self._last = _NOBODY
            self._prepared.clear()
            self._recent.clear()

    def satisfying(self, satisfied: int) -> tuple[Rows, Rows]:
        known = self._satisfied.get(satisfied)
        return self._satisfied.keep(satisfied, self.index.satisfying(satisfied)) if known is None else known

    def rows_about(self, bit: int) -> Rows:
        """All rows, of whatever kind, that name the field with this bit."""
        known = self._about.get(bit)
        if known is None:
            found = sum(1 << n for n, row in enumerate(self.index.rows) if row.fields >> bit & 1)
            return self._about.keep(bit, found)
        return known

    def forget(self) -> None:
        """Let go of everything kept from earlier questions; answers stay the same."""
        self._last = _NOBODY
        self._kept = 0
        for memo in self._memos:
            memo.clear()

    def folded(self, hits: Rows, held: Mask, until: datetime | None) -> Decision:
        """The decision of a set of rows; one object per different answer, so that memos stay small."""
        key = (hits, held, until)
        known = self._folded.get(key)
        if known is not None:
            return known
        return self._folded.keep(key, fold(self.index.rows, hits, held=held, until=until))


_NOBODY: tuple[Reader | None, Setting | None, Delivery | None, PreparedReader | None] = (None, None, None, None)
