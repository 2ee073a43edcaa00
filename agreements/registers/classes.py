"""What this room tells the journal: the class of data of each field, for the notification of a data breach."""

from agreements.policy.catalogue import load_catalogue
from agreements.registers.words import DATA_CLASSES
from audit import ports

ORDINARY = frozenset({"o", "n"})
"""The classes that are not told apart: ordinary personal data, and data about no person."""


def class_of(code: str) -> ports.DataClass | None:
    """The class of a field of the catalogue; None for another."""
    field = load_catalogue().by_code.get(code)
    if field is None:
        return None
    label = str(DATA_CLASSES[field.data_class])
    return ports.DataClass(code=field.data_class, label=label, is_special=field.data_class not in ORDINARY)


def supply_classes() -> None:
    """Called once, from AppConfig.ready."""
    ports.supply("agreements.registers", ports.Supply(class_of=class_of))
