"""Row D3: what its journal entry adds to a read, against a view that looks one row up by its key and answers it.

Django's own request and answer, and nothing else of the product: no middleware, no sign-in, no rights. All of that
would make the view dearer, and so the entry look cheap. The row has forty fields, all of which the entry names.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from django.db import connection, models
from django.http import HttpRequest, JsonResponse
from django.test import RequestFactory

from bench import stores
from bench.apart import apart
from bench.report import Row
from bench.timing import Taken, take_turns

FIELDS = 40
ROWS = 1_000
CALLS = 200
BAR = 1.3


def rows() -> Iterator[Row]:
    """D3, on each database vendor."""
    for vendor in stores.vendors():
        with apart(vendor, "reading") as store:
            stores.switch(store)
            _fill()
            yield _row(vendor, _beside_each_other())


def _beside_each_other() -> Taken:
    request, entry = RequestFactory().get("/"), read_of_all_fields()
    calls: dict[str, Callable[[], object]] = {
        "plain": lambda: plain(request, 7),
        "logged": lambda: logged(request, 7, entry),
    }
    assert plain(request, 7).content == logged(request, 7, entry).content, "the logged view answers otherwise"
    return take_turns(calls, calls=CALLS)


def _row(vendor: str, taken: Taken) -> Row:
    added = taken.ratio("logged", "plain") - 1
    told = (
        f"{(taken.median('logged') - taken.median('plain')) * 1e3:.2f} ms added to {taken.median('plain') * 1e3:.2f} ms"
        f" of a view of one row of {FIELDS} fields by its key, without middleware or sign-in"
    )
    return Row(row=f"D3 {vendor}", figure=f"{added:.2f}×", bar=f"≤ {BAR:g}×", holds=round(added, 2) <= BAR, detail=told)


def plain(request: HttpRequest, key: int) -> JsonResponse:
    """The row, without a word about it."""
    return JsonResponse(_said(wide().objects.get(pk=key)))


def logged(request: HttpRequest, key: int, entry: Any) -> JsonResponse:
    """The same, with the entry committed before the answer is made."""
    from audit.journal.apart import append_apart

    found = wide().objects.get(pk=key)
    append_apart([entry])
    return JsonResponse(_said(found))


def read_of_all_fields() -> Any:
    """The entry of a read of all fields of one person, as disclosure makes it."""
    from bench.sealing import entry

    return replace(
        entry(), fields=(1 << FIELDS) - 1, legal_basis=("AVG 6.1.e",), roles=("professional",), policy_epoch=7,
        catalogue_hash="ab" * 32, trace_id=os.urandom(16).hex(), actor_name="D. Kuipers",
    )  # fmt: skip


@cache
def wide() -> Any:
    """A table of forty columns of text."""
    columns: dict[str, Any] = {f"field_{n}": models.CharField(max_length=100) for n in range(FIELDS)}
    meta = type("Meta", (), {"app_label": "bench"})
    return type("Wide", (models.Model,), {"__module__": __name__, "Meta": meta, **columns})


def _fill() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(wide())
    made = ({f"field_{n}": f"waarde {n} van rij {row}" for n in range(FIELDS)} for row in range(ROWS))
    wide().objects.bulk_create((wide()(**values) for values in made), batch_size=20)


def _said(found: Any) -> dict[str, str]:
    return {name: getattr(found, name) for name in (f"field_{n}" for n in range(FIELDS))}
