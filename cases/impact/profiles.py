"""Cases as profiles: all that a decision about their facts depends on, and nothing else. No value is loaded.

Cases that look alike to the rules have one profile, so that each profile is decided once, however many there are.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, Q, TextField
from django.db.models.functions import Coalesce

from cases.disclosure.circumstances import Recorded
from cases.records.models import Case, CaseSubject, Circumstance, Contribution, Participation
from cases.records.models.subject import is_minor
from cases.records.phases import READABLE
from foundation import clock

READABLE_STATES = sorted(state.value for state in READABLE)
ROWS = 10_000
"""Rows fetched at a time."""

SPARSE = 4
"""How many times as wide as their number the row numbers of cases may lie apart and still be read as one range."""


Head = tuple[int, str, str, str]
"""A case: its row number, kind, phase and covenants."""

Group = tuple[str, bool, str]
"""Contributions about one person, or one contribution that a circumstance singles out: recorded, minor, facts.

recorded: the circumstances in force that concern it, without what names the person or the contribution; see
`recorded_rows`.
facts: "source,under,present;…": agencies by row number, fields as a hex mask.
"""

Profile = tuple[str, str, str, str, tuple[Group, ...]]
"""A case as the rules see it: kind, phase, covenants, recipients, groups. Plain tuples: there are very many.

recipients: row numbers of the agencies that read it live, as "3;7".
"""


class Listed(Aggregate):
    """The columns of all rows of a group as one text: "a,b;c,d". The order of the rows is the database's."""

    name = "Listed"
    arg_joiner = " || ',' || "
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """GROUP_CONCAT, as SQLite called it before it knew the standard's name."""
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s, ';')", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """STRING_AGG; the empty text makes text of a single number."""
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s || '', ';')", **extra)


def heads_after(last: int, *, code: str, size: int) -> list[Head]:
    """The next `size` cases after row `last` that run under the covenant `code` and can be read, in order of rows."""
    found = Case.objects.filter(pk__gt=last, state__in=READABLE_STATES, covenants__contains=code)
    return list(found.order_by("pk").values_list("pk", "kind", "phase", "covenants")[:size])


def profiles_of(heads: list[Head], *, code: str, at: datetime) -> Iterator[tuple[int, Profile]]:
    """The row number and the profile of each of these cases at a moment. Five queries, whatever their number.

    Facts are those that stand: not withdrawn, not past their date. Recipients take part live and openly at `at`.
    Left out: a case without facts or readers, and one whose covenants only contain `code` as part of another's.
    """
    if not heads:
        return
    ids = _within([head[0] for head in heads])
    day = at.astimezone(clock.AMSTERDAM).date()
    readers = _recipients(ids, at)
    groups = _groups(ids, day, _Recorded(ids, at), _minors(ids, day))
    under: dict[str, bool] = {}
    for case, kind, phase, covenants in heads:
        if covenants not in under:
            under[covenants] = code in covenants.split()
        if under[covenants] and case in groups and case in readers:
            yield case, (kind, phase, covenants, readers[case], groups[case])


def _within(ids: list[int]) -> Q:
    """These cases: as a range where they lie close together, which a database reads fastest."""
    if ids[-1] - ids[0] < SPARSE * len(ids):
        return Q(case_id__gte=ids[0], case_id__lte=ids[-1])
    return Q(case_id__in=ids)


def _recipients(ids: Q, at: datetime) -> dict[int, str]:
    """Per case who reads it: as `readers_of` says for one case (cases.disclosure.visibility)."""
    taking = Participation.objects.filter(
        ids, Q(ends__isnull=True) | Q(ends__gt=at), mode=Participation.Mode.LIVE, is_open=True, starts__lte=at
    )
    texts = _Texts()
    found = taking.values_list("case_id").annotate(readers=Listed("agency_id"))
    return {case: texts[text] for case, text in found.iterator(ROWS)}


def _minors(ids: Q, day: date) -> frozenset[int]:
    """The places in these cases of people who are minors on `day`."""
    # Somebody born before this is surely of age; who is a minor is said by `is_minor` alone.
    since = date(day.year - 19, 1, 1)
    places = CaseSubject.objects.filter(ids, subject__born_on__gte=since).values_list("pk", "subject__born_on")
    return frozenset(pk for pk, born_on in places if is_minor(born_on, day))


def _groups(ids: Q, day: date, recorded: "_Recorded", minors: frozenset[int]) -> dict[int, tuple[Group, ...]]:
    """Per case its standing facts in groups."""
    standing = Contribution.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day), ids, withdrawn_at__isnull=True
    )
    listed = Listed("source_id", "under", "present")
    texts, kept = _Texts(), _Kept()
    found: dict[int, tuple[Group, ...]] = {}
    for case, about, facts in standing.values_list("case_id", "about_id").annotate(facts=listed).iterator(ROWS):
        if case not in recorded.singling:
            one = kept[recorded.of(case, about, 0) if case in recorded else "", about in minors, texts[facts]]
            found[case] = found[case] + one if case in found else one
    if recorded.singling:
        rows = standing.filter(case_id__in=sorted(recorded.singling)).values_list("case_id", "about_id", "pk")
        for case, about, contribution, facts in rows.annotate(facts=listed):
            one = kept[recorded.of(case, about, contribution), about in minors, facts]
            found[case] = found.get(case, ()) + one
    return found


class _Kept(dict[Group, tuple[Group, ...]]):
    """A group as the only one of a case; the same object for all cases that look alike, for there are very many."""

    def __missing__(self, group: Group) -> tuple[Group, ...]:
        found = self[group] = (group,)
        return found


class _Texts(dict[str, str]):
    """Lists as text in one order, so that equal lists are equal texts."""

    def __missing__(self, text: str) -> str:
        found = self[text] = ";".join(sorted(text.split(";")))
        return found


class _Recorded:
    """The circumstances of many cases in force at one moment, as groups of facts meet them.

    singling: the cases in which one of them is about one contribution.
    """

    def __init__(self, ids: Q, at: datetime) -> None:
        here = Circumstance.objects.filter(ids, Q(ends__isnull=True) | Q(ends__gt=at), starts__lte=at)
        # Nought is nobody's row number; a text with NULL in it would be NULL.
        columns = [Coalesce(name, 0) for name in ("about_id", "contribution_id", "source_id", "recipient_id")]
        rows = here.values_list("case_id").annotate(recorded=Listed("nature", "code", *columns, "fields"))
        texts = _Texts()
        self._texts: dict[int, str] = {case: texts[text] for case, text in rows.iterator(ROWS)}
        # Most cases share a few texts, so what does not depend on person or contribution is worked out per text.
        parsed = {text: [item.split(",") for item in text.split(";")] for text in set(self._texts.values())}
        self._narrowed = {text: rows for text, rows in parsed.items() if any(row[2:4] != _ALL for row in rows)}
        single = {text for text, rows in self._narrowed.items() if any(row[3] != "0" for row in rows)}
        self.singling = {case for case, text in self._texts.items() if text in single}

    def __contains__(self, case: int) -> bool:
        return case in self._texts

    def of(self, case: int, about: int | None, contribution: int) -> str:
        """What concerns this person and this contribution; who they are is left out, for it has been settled."""
        text = self._texts[case]
        rows = self._narrowed.get(text)
        if rows is None:
            return text
        mine = ("0", str(about)), ("0", str(contribution))
        met = ([*row[:2], *_ALL, *row[4:]] for row in rows if row[2] in mine[0] and row[3] in mine[1])
        return ";".join(sorted({",".join(row) for row in met}))


_ALL = ["0", "0"]
"""A circumstance that narrows neither person nor contribution."""


def recorded_rows(text: str, *, at: datetime) -> Iterator[Recorded]:
    """The circumstances of a group as `gathered` takes them: of case 0, in force from `at` on."""
    for nature, code, *numbers, fields in (item.split(",") for item in text.split(";") if item):
        yield (0, nature, code, *(int(number) or None for number in numbers), fields, at, None)
