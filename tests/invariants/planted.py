"""Leaks to plant: each breaks one wall of the house, so that the crawl can show that it would be found.

A leak takes pytest's monkeypatch and puts a broken part in place of a whole one. None of this is ever a
part of the house.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from agreements.covenants import in_force
from agreements.policy import decide as deciding
from agreements.policy import fold
from cases.casework import pages, purpose, queries, schemas
from cases.disclosure import disclose as disclosing
from cases.disclosure import refusals
from cases.disclosure.reading import setting_of
from cases.models import Participation

Leak = Callable[[pytest.MonkeyPatch], None]


def raw_values(number: str) -> str:
    """All that a case holds, read past every guard, as somebody with a database console could."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT f."values" FROM cases_contribution f JOIN cases_case c ON c.id = f.case_id WHERE c.number = %s',
            [number],
        )
        return " ".join(text for (text,) in cursor.fetchall())


def a_page_that_prints_sealed_text(patch: pytest.MonkeyPatch) -> None:
    """Somebody reads the column by hand and puts it in the head of the page."""
    whole = pages.head_context
    patch.setattr(pages, "head_context", lambda head: whole(head) | {"district": raw_values(head.number)})


def an_api_that_gives_sealed_text(patch: pytest.MonkeyPatch) -> None:
    """The same, in a property of the API."""
    whole = schemas.case_line
    patch.setattr(schemas, "case_line", lambda answer: whole(answer) | {"label": raw_values(answer.head.number)})


def a_worklist_without_its_filter(patch: pytest.MonkeyPatch) -> None:
    """Every open case exists for everybody."""

    def everything(_visit: Any, *, at: Any) -> Any:
        first = Participation.objects.filter(mode="live", is_open=True, agency__code="GEM-MD")
        return first.select_related("case")

    patch.setattr(queries, "live_participations", everything)
    patch.setattr(refusals, "live_participations", everything)


def a_decision_that_grants_all(patch: pytest.MonkeyPatch) -> None:
    """The masks are made and then not looked at."""
    patch.setattr(deciding.PreparedReader, "decide", lambda self, *_facts, **_more: self._policy.own)


def a_prohibition_that_is_ignored(patch: pytest.MonkeyPatch) -> None:
    """A grant counts although an article prohibits it."""
    patch.setattr(fold, "prohibited", lambda _rows, _hits: 0)
    patch.setattr(in_force, "_held", ())


def a_phase_that_is_ignored(patch: pytest.MonkeyPatch) -> None:
    """A case in triage is read as if the plan stood."""
    patch.setattr(disclosing, "setting_of", lambda case: replace(setting_of(case), phase="plan"))


def a_purpose_that_nobody_declared(patch: pytest.MonkeyPatch) -> None:
    """Every case is read for the purpose that gives most."""
    patch.setattr(purpose, "declared", lambda _reading, _case, _session: "pga_youth")


def old_versions_as_ones_own(patch: pytest.MonkeyPatch) -> None:
    """The history of a contribution opens under other rights than the contribution."""
    whole = queries.version_rows

    def own(*contribution: Any, **more: Any) -> tuple[Any, ...]:
        return tuple(row._replace(source_code="GEM-MD") for row in whole(*contribution, **more))

    patch.setattr(queries, "version_rows", own)


def a_title_that_quotes_the_file(patch: pytest.MonkeyPatch) -> None:
    """A heading, on every page and in the list, is made of what was last written in the case."""
    whole = pages.case_title
    patch.setattr(pages, "case_title", lambda answer: f"{whole(answer)} {raw_values(answer.head.number)[-400:]}")


def a_reading_that_is_not_journalled(patch: pytest.MonkeyPatch) -> None:
    """The entry is written, but not what left."""
    whole = disclosing.entries_of

    def without(*opened: Any) -> Iterable[Any]:
        return [replace(entry, fields=0) for entry in whole(*opened)]

    patch.setattr(disclosing, "entries_of", without)


def a_journal_that_says_more_than_was_shown(patch: pytest.MonkeyPatch) -> None:
    """An entry accuses a reader of having seen what was never on their screen."""
    whole = disclosing.entries_of

    def more(*opened: Any) -> Iterable[Any]:
        return [replace(entry, fields=entry.fields | 1 << 50) for entry in whole(*opened)]

    patch.setattr(disclosing, "entries_of", more)


ON_PAGES: tuple[tuple[str, Leak], ...] = (
    ("sanne", a_page_that_prints_sealed_text),
    ("hanneke", a_worklist_without_its_filter),
    ("peter", a_decision_that_grants_all),
    ("peter", a_prohibition_that_is_ignored),
    ("sanne", a_phase_that_is_ignored),
    ("nadia", a_purpose_that_nobody_declared),
    ("sanne", old_versions_as_ones_own),
    ("ruben", a_title_that_quotes_the_file),
    ("ruben", a_reading_that_is_not_journalled),
    ("ruben", a_journal_that_says_more_than_was_shown),
)
"""A persona to whom the leak matters, and the leak, for the crawl over pages."""

ON_THE_API: tuple[tuple[str, Leak], ...] = (
    ("sanne", an_api_that_gives_sealed_text),
    ("peter", a_decision_that_grants_all),
    ("peter", a_prohibition_that_is_ignored),
    ("esra", a_reading_that_is_not_journalled),
)
"""The same for the crawl over the API."""
