"""What each bit of a field mask means, per catalogue. The upper floor reports it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from audit.journal import models
from audit.journal.errors import FieldsetConflict
from foundation import masks


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLabel:
    """One field of a catalogue: its bit, its code, and its names."""

    bit: int
    field: str
    label_nl: str
    label_en: str


@transaction.atomic
def sync_fieldset(fields: Iterable[FieldLabel], *, version: str, catalogue_hash: str) -> int:
    """Register a catalogue; returns the number of rows added, 0 when it was known already.

    Raises FieldsetConflict when a bit once stood for another field: a bit is never used again.
    """
    if models.Fieldset.objects.filter(catalogue_hash=catalogue_hash).exists():
        return 0
    fields = tuple(fields)
    meant = dict(models.Fieldset.objects.values_list("bit", "field"))
    for row in fields:
        if meant.get(row.bit, row.field) != row.field:
            raise FieldsetConflict(f"bit {row.bit} stands for {meant[row.bit]} and cannot become {row.field}")
    rows = [
        models.Fieldset(
            schema_v=version, catalogue_hash=catalogue_hash, bit=row.bit, field=row.field,
            label_nl=row.label_nl, label_en=row.label_en,
        )
        for row in fields
    ]  # fmt: skip
    return len(models.Fieldset.objects.bulk_create(rows))


def labels(*, catalogue_hash: str = "") -> dict[int, FieldLabel]:
    """Meaning of each bit: as of one catalogue, or the newest when that one is not registered."""
    rows = models.Fieldset.objects.filter(catalogue_hash=catalogue_hash) if catalogue_hash else None
    return {
        row.bit: FieldLabel(bit=row.bit, field=row.field, label_nl=row.label_nl, label_en=row.label_en)
        for row in (rows or models.Fieldset.objects.order_by("pk"))
    }


def named(mask: int, *, catalogue_hash: str = "") -> tuple[FieldLabel, ...]:
    """The fields of a mask, lowest bit first; an unregistered bit keeps its number as its name."""
    known = labels(catalogue_hash=catalogue_hash)
    return tuple(
        known.get(bit) or FieldLabel(bit=bit, field=f"bit_{bit}", label_nl=f"{bit}", label_en=f"{bit}")
        for bit in masks.bits(mask)
    )
