"""What readers see of signal patterns: released cells and nothing else, the same in every choice, map and file."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agreements.policy.rows import ArticleRef
from audit.journal.apart import keep
from cases.disclosure.reading import Reading, article_texts
from cases.meetings.models import Meeting, MeetingState
from cases.meetings.rights import is_chair, may_plan, meetings_for
from foundation.errors import Invalid
from programmes.areas.models import Area
from programmes.areas.queries import area_named
from programmes.patterns.models import SignalCell, SignalCluster, SignalQuarter
from programmes.patterns.rights import DECIDING, covenant_for

SHOWN_QUARTERS = 8
MOST_MEETINGS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Under which covenant somebody reads, by which article, which other covenants there are, and who reads."""

    covenant: str
    article: ArticleRef
    covenants: tuple[str, ...]
    decides: bool
    quarters: tuple[SignalQuarter, ...]

    @property
    def newest(self) -> SignalQuarter | None:
        """The newest closed quarter."""
        return self.quarters[-1] if self.quarters else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternPage:
    """All neighbourhoods for one kind. values: area's row number → what is shown of each quarter, oldest first.

    at: the place of the chosen quarter.
    """

    frame: Frame
    areas: tuple[Area, ...]
    kind: str
    kinds: tuple[str, ...]
    at: int
    values: Mapping[int, tuple[int, ...]]
    clusters: tuple[SignalCluster, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """Of each quarter: the sum of what is shown, never of what was counted."""
        return tuple(sum(column) for column in zip(*self.values.values(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPage:
    """One neighbourhood: of each kind what is shown of each quarter, oldest first."""

    frame: Frame
    area: Area
    values: Mapping[str, tuple[int, ...]]
    clusters: tuple[SignalCluster, ...]


def pattern_page(reading: Reading, *, covenant: str = "", kind: str = "", quarter: str = "") -> PatternPage:
    """All neighbourhoods; by default the kind of the newest cluster, and the newest quarter; journalled.

    Raises NoCounts (journalled); Invalid for a kind or quarter that there is not.
    """
    frame = _frame(reading, covenant)
    kinds = kinds_of(reading)
    clusters = _clusters(frame)
    chosen = kind or (clusters[0].cell.kind if clusters else kinds[0])
    if chosen not in kinds:
        raise Invalid(_("Deze soort bestaat niet."), field="soort", remedy=_("Kies een soort uit de lijst."))
    codes = [one.code for one in frame.quarters]
    if quarter and quarter not in codes:
        raise Invalid(
            _("Van dit kwartaal zijn er geen aantallen."), field="kwartaal", remedy=_("Kies een kwartaal uit de lijst.")
        )
    areas = tuple(Area.objects.all())
    found: dict[tuple[int, int], int] = {
        (area, closed): at_least
        for area, closed, at_least in SignalCell.objects.filter(quarter__in=frame.quarters, kind=chosen).values_list(
            "area_id", "quarter_id", "at_least"
        )
    }
    _journal(reading, frame)
    return PatternPage(
        frame=frame, areas=areas, kind=chosen, kinds=kinds, clusters=clusters,
        at=codes.index(quarter) if quarter else max(len(codes) - 1, 0),
        values={one.pk: tuple(found.get((one.pk, closed.pk), 0) for closed in frame.quarters) for one in areas},
    )  # fmt: skip


def area_page(reading: Reading, code: str, *, covenant: str = "") -> AreaPage:
    """One neighbourhood, all kinds; journalled. Raises NotFound; NoCounts (journalled)."""
    frame = _frame(reading, covenant)
    area = area_named(code)
    found: dict[tuple[str, int], int] = {
        (kind, closed): at_least
        for kind, closed, at_least in SignalCell.objects.filter(quarter__in=frame.quarters, area=area).values_list(
            "kind", "quarter_id", "at_least"
        )
    }
    clusters = tuple(one for one in _clusters(frame) if one.cell.area_id == area.pk)
    _journal(reading, frame)
    return AreaPage(
        frame=frame, area=area, clusters=clusters,
        values={
            kind: tuple(found.get((kind, closed.pk), 0) for closed in frame.quarters) for kind in kinds_of(reading)
        },
    )  # fmt: skip


def all_cells(reading: Reading, *, covenant: str = "") -> tuple[Frame, tuple[SignalCell, ...]]:
    """Every cell that the pages show, for the API and the file; journalled. Raises NoCounts (journalled)."""
    frame = _frame(reading, covenant)
    rows = SignalCell.objects.filter(quarter__in=frame.quarters).select_related("quarter", "area")
    found = rows.defer("area__geometry").order_by("quarter__year", "quarter__quarter", "area__code", "kind")
    _journal(reading, frame)
    return frame, tuple(found)


def clusters_of(frame: Frame) -> tuple[SignalCluster, ...]:
    """The clusters of the quarters that are shown, newest first."""
    return _clusters(frame)


def kinds_of(reading: Reading) -> tuple[str, ...]:
    """The kinds of signals, as the catalogue orders them."""
    return tuple(code for code, _nl, _en in reading.policy.catalogue.by_code["signal_domain"].choices)


def meetings_to_choose(reading: Reading) -> tuple[Meeting, ...]:
    """The coming meetings that this reader leads, soonest first."""
    found = meetings_for(reading).filter(state=MeetingState.PLANNED, starts_at__gte=reading.at).order_by("starts_at")
    if not may_plan(reading):
        found = found.filter(chair_id=reading.visit.professional_id)
    return tuple(one for one in found[:MOST_MEETINGS] if is_chair(reading, one))


def _frame(reading: Reading, covenant: str) -> Frame:
    chosen, article, covenants = covenant_for(reading, covenant)
    rows = SignalQuarter.objects.filter(covenant=chosen).order_by("-year", "-quarter")[:SHOWN_QUARTERS]
    return Frame(
        covenant=chosen, article=article, covenants=covenants, decides=bool(reading.visit.roles & DECIDING),
        quarters=tuple(reversed(rows)),
    )  # fmt: skip


def _clusters(frame: Frame) -> tuple[SignalCluster, ...]:
    rows = SignalCluster.objects.filter(cell__quarter__in=frame.quarters)
    return tuple(rows.select_related("cell__quarter", "cell__area", "decided_by").defer("cell__area__geometry"))


def _journal(reading: Reading, frame: Frame) -> None:
    """Reading about a neighbourhood is written down too (HAV-GEBIED art. 9)."""
    keep([reading.entry(articles=article_texts([frame.article]), detail={"covenant": frame.covenant})])
