"""Looking up who was affected: check the right, read, and record the look. Pages and API call only this."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audit import ports
from audit.breach import events, queries
from audit.breach.queries import Affected, Breach
from audit.journal.apart import keep
from audit.journal.entry import Action
from audit.journal.fieldset import FieldLabel, labels
from audit.journal.filters import Filter
from audit.journal.reading import Officer, look, searched
from foundation import masks
from foundation.errors import Invalid

UNKNOWN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A class of data that was shown, how many persons it concerns, and its fields by name."""

    code: str
    label: str
    is_special: bool
    persons: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What the notification needs. categories: special ones first; field_names: bit -> name."""

    breach: Breach
    categories: tuple[Category, ...]
    field_names: dict[int, str]
    codes: dict[int, str]
    special: int

    def names(self, mask: int) -> tuple[str, ...]:
        """The fields of a mask by name, lowest bit first."""
        return tuple(self.field_names.get(bit, f"bit_{bit}") for bit in masks.bits(mask))

    def codes_of(self, mask: int) -> tuple[str, ...]:
        """The fields of a mask by their code."""
        return tuple(self.codes.get(bit, f"bit_{bit}") for bit in masks.bits(mask))

    @property
    def n_special(self) -> int:
        """How many persons had special data shown."""
        return sum(bool(person.fields & self.special) for person in self.breach.persons)


def affected(officer: Officer, wanted: Filter) -> Kit:
    """Who was affected by reads of readers whom this officer oversees, recorded as one look.

    Raises Invalid when nothing narrows, JournalUnavailable.
    Source: AVG art. 33(3) and 34.
    """
    return _taken(officer, wanted, event=events.LOOKED, action=Action.READ, told={})


def download(officer: Officer, wanted: Filter, *, form: str) -> Kit:
    """As affected, for a file ("csv", "json") that leaves the house: an entry that is sealed at once."""
    return _taken(officer, wanted, event=events.DOWNLOADED, action=Action.EXECUTE, told={"form": form})


def _taken(officer: Officer, wanted: Filter, *, event: str, action: Action, told: dict[str, str]) -> Kit:
    check_narrowed(wanted)
    kit = kit_of(queries.affected(wanted, scope_agency_ref=officer.scope))
    found = kit.breach
    detail = {**searched(wanted), **told, "persons": len(found.persons), "lines": found.reads}
    case = wanted.cases[0] if wanted.cases and len(wanted.cases) == 1 else ""
    entry = look(officer, detail, case=case, event=event, action=action)
    keep([entry])
    return kit


def check_narrowed(wanted: Filter) -> None:
    """Raises Invalid when neither reader, case, article, person nor beginning is given: all of the log is no breach."""
    given = (wanted.readers, wanted.cases, wanted.subjects, wanted.article or None, wanted.since)
    if all(one is None for one in given):
        raise Invalid(
            _("Zonder lezer, casus, artikel of begin is dit het hele logboek."), field="since",
            remedy=_("Vul in waar het lek mee te maken heeft, of wanneer het begon."),
        )  # fmt: skip


def kit_of(found: Breach) -> Kit:
    """The answer with names of fields and classes of data."""
    english = (get_language() or "nl").startswith("en")
    rows = labels()
    names = {bit: row.label_en if english else row.label_nl for bit, row in rows.items()}
    classes = {bit: _class_of(rows.get(bit)) for bit in masks.bits(found.fields)}
    return Kit(
        breach=found,
        categories=tuple(_categories(found.persons, classes, names)),
        field_names=names,
        codes={bit: row.field for bit, row in rows.items()},
        special=_mask(bit for bit, one in classes.items() if one.is_special),
    )


def _class_of(row: FieldLabel | None) -> ports.DataClass:
    known = ports.class_of(row.field) if row else None
    # What nobody can place any more counts as special: a notification had better say too much than too little.
    return known or ports.DataClass(code=UNKNOWN, label=str(_("soort niet bekend")), is_special=True)


def _categories(
    persons: Iterable[Affected], classes: dict[int, ports.DataClass], names: dict[int, str]
) -> Iterable[Category]:
    shown = [person.fields for person in persons]
    found = []
    for one in dict.fromkeys(classes.values()):
        bits = [bit for bit, other in classes.items() if other == one]
        mask = _mask(bits)
        found.append(
            Category(
                code=one.code, label=one.label, is_special=one.is_special,
                persons=sum(bool(fields & mask) for fields in shown),
                fields=tuple(names.get(bit, f"bit_{bit}") for bit in bits),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (not one.is_special, -one.persons, one.label))


def _mask(bits: Iterable[int]) -> int:
    mask = 0
    for bit in bits:
        mask |= 1 << bit
    return mask
