"""Deletes what a case holds, in every table that hangs from it, in an order that the database takes.

The tables are found, not listed: a new room's tables are erased without anybody having to remember it.
"""

from collections import deque
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from cases.records.models import Case, CaseSubject, Extract, Subject
from foundation.masks import from_hex

Model = type[models.Model]
KEPT = frozenset({"cases_destruction", "cases_phasechange"})
"""What stays of an erased case: how it went through its phases (without notes), and the certificates."""

_APPS = ["cases"]


def enter_app(label: str) -> None:
    """Have the tables of an upper floor that hang from cases erased with them; called from AppConfig.ready."""
    if label not in _APPS:
        _APPS.append(label)
        paths.cache_clear()
        in_order.cache_clear()


def _models(*, include_auto_created: bool = False) -> Iterator[Model]:
    for label in _APPS:
        yield from apps.get_app_config(label).get_models(include_auto_created=include_auto_created)


def _is_version(model: Model) -> bool:
    return hasattr(model, "instance_type")


@cache
def paths() -> dict[Model, str]:
    """Per table below Case the shortest look-up that leads to the case, such as "item__case"."""
    found: dict[Model, str] = {Case: ""}
    queue = deque([Case])
    while queue:
        parent: Model = queue.popleft()
        for model in _models(include_auto_created=True):
            if model in found or _is_version(model):
                continue
            for field in model._meta.concrete_fields:
                # What merely points at a case and outlives it (SET_NULL) is cut loose instead.
                if (
                    isinstance(field, models.ForeignKey)
                    and field.related_model is parent
                    and field.remote_field.on_delete is not models.SET_NULL
                ):
                    found[model] = f"{field.name}__{found[parent]}".rstrip("_")
                    queue.append(model)  # type: ignore[arg-type]
                    break
    del found[Case]
    return found


@cache
def in_order() -> tuple[Model, ...]:
    """The tables, those that others point at after the others."""
    left, done = set(paths()), []
    while left:
        free = sorted((m for m in left if not any(_points(other, m) for other in left - {m})), key=lambda m: m.__name__)
        if not free:
            raise RuntimeError(f"tables point at each other: {sorted(m.__name__ for m in left)}")
        done += free
        left -= set(free)
    return tuple(done)


def _points(model: Model, at: Model) -> bool:
    return any(
        isinstance(field, models.ForeignKey) and field.related_model is at for field in model._meta.concrete_fields
    )


def erase_case(case: Case) -> dict[str, int]:
    """Delete all rows of a case, versions included; returns per table how many. Persons of no other case go too.

    The case's own row stays, emptied by the caller. Inside a write scope.
    """
    subjects = list(CaseSubject.objects.filter(case=case).values_list("subject_id", flat=True))
    counts: dict[str, int] = {}
    for model in in_order():
        if model._meta.db_table in KEPT:
            continue
        rows = model._base_manager.filter(**{paths()[model]: case})
        for versions in _versions(model, rows):
            _delete(versions, counts)
        _cut_loose(model, rows)
        _delete(rows, counts)
    for versions in _versions_of_case(case):
        _delete(versions, counts)
    _delete(Subject.objects.filter(pk__in=subjects, case_subjects=None), counts)
    return {table: n for table, n in sorted(counts.items()) if n}


def erase_about(case: Case, place: CaseSubject, *, source_id: int | None = None) -> dict[str, int]:
    """Delete what the case holds about one person, or only what one source gave about them; versions included."""
    counts: dict[str, int] = {}
    for model in in_order():
        names = {field.name for field in model._meta.concrete_fields}
        if not {"about", "source"} <= names:
            continue
        # Words about two persons go with either of them.
        ends = Q(about=place) | Q(other=place) if "other" in names else Q(about=place)
        rows = model._base_manager.filter(ends, case=case)
        if source_id is not None:
            rows = rows.filter(source_id=source_id)
        _erase_rows(model, rows, counts)
    return {table: n for table, n in sorted(counts.items()) if n}


def erase_items(case: Case, place: CaseSubject, *, source_id: int, uids: Collection[UUID]) -> dict[str, int]:
    """Delete these contributions, words and files of one source about one person; versions included.

    Copies for third parties that hold one of the same fields of that source about them go too: nothing says of a copy
    which contribution it was made from.
    """
    counts: dict[str, int] = {}
    mask = 0
    for model in in_order():
        names = {field.name for field in model._meta.concrete_fields}
        if not {"about", "source", "uid"} <= names or model is Extract:
            continue
        rows = model._base_manager.filter(case=case, about=place, source_id=source_id, uid__in=uids)
        if "present" in names:
            for present in rows.values_list("present", flat=True):
                mask |= from_hex(present)
        _erase_rows(model, rows, counts)
    copies = Extract.objects.filter(case=case, about=place, source_id=source_id)
    taken = [pk for pk, present in copies.values_list("pk", "present") if from_hex(present) & mask]
    _erase_rows(Extract, Extract.objects.filter(pk__in=taken), counts)
    return {table: n for table, n in sorted(counts.items()) if n}


def _erase_rows(model: Model, rows: "QuerySet[Any]", counts: dict[str, int]) -> None:
    """Delete rows with what cannot stand without them, and the versions of all these."""
    for child in _children(model, rows):
        for versions in _versions(child.model, child):
            _delete(versions, counts)
        _cut_loose(child.model, child)
        _delete(child, counts)
    for versions in _versions(model, rows):
        _delete(versions, counts)
    _cut_loose(model, rows)
    _delete(rows, counts)


def _children(model: Model, rows: "QuerySet[Any]") -> Iterator["QuerySet[Any]"]:
    """Rows of other tables that cannot stand without these, deepest first."""
    for other in in_order():
        for field in other._meta.concrete_fields:
            if (
                isinstance(field, models.ForeignKey)
                and field.related_model is model
                and other is not model
                and field.remote_field.on_delete is not models.SET_NULL
            ):
                found = other._base_manager.filter(**{f"{field.name}__in": rows})
                yield from _children(other, found)
                yield found


def _versions(model: Model, rows: "QuerySet[Any]") -> Iterator["QuerySet[Any]"]:
    history = getattr(model, "history", None)
    if history is not None:
        yield history.model._base_manager.filter(id__in=rows.values("pk"))


def _versions_of_case(case: Case) -> Iterator["QuerySet[Any]"]:
    """Versions whose own row is gone already (withdrawn, merged): they name the case themselves."""
    for model in _models():
        if _is_version(model) and any(field.name == "case" for field in model._meta.concrete_fields):
            yield model._base_manager.filter(case_id=case.pk)


def _cut_loose(model: Model, rows: "QuerySet[Any]") -> None:
    for other in _models():
        if _is_version(other):
            continue
        for field in other._meta.concrete_fields:
            if (
                isinstance(field, models.ForeignKey)
                and field.related_model is model
                and field.remote_field.on_delete is models.SET_NULL
            ):
                other._base_manager.filter(**{f"{field.name}__in": rows}).update(**{field.name: None})


def _delete(rows: "QuerySet[Any]", counts: dict[str, int]) -> None:
    # _raw_delete: through the signal, simple-history would add a version of what is going.
    table = rows.model._meta.db_table
    # None when the look-up can match nothing, such as an empty list of keys.
    counts[table] = counts.get(table, 0) + (rows._raw_delete(rows.db) or 0)
