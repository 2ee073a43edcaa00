"""Who a change agent is, as a value, and its encrypted box. No tables, no rights."""

import json
from dataclasses import asdict, dataclass, fields

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from foundation.boxes import box
from foundation.canonical import canonical_bytes

USE = "change-agents"


class Pay(TextChoices):
    """What somebody gets for it."""

    NONE = "none", _("Geen")
    ALLOWANCE = "allowance", _("Vrijwilligersvergoeding")
    HOURS = "hours", _("Vergoeding per uur")
    JOB = "job", _("Dienstverband")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A resident. contact: how to reach them. network: groups they reach, never names of others. pay: of Pay."""

    name: str
    contact: str
    languages: str
    network: str
    training: str
    pay: str

    def __repr__(self) -> str:
        """Nothing, so that no log or error page tells who it is."""
        return "Person(sealed)"

    @property
    def pay_label(self) -> str:
        """The pay in words."""
        return str(Pay(self.pay).label)


def sealed(person: Person) -> bytes:
    """The box in which a person is stored."""
    return box(USE).encrypt(canonical_bytes(asdict(person)))


def opened(content: bytes | memoryview) -> Person:
    """The person in a box. Raises InvalidToken: made with another key."""
    found = json.loads(box(USE).decrypt(bytes(content)))
    return Person(**{one.name: found[one.name] for one in fields(Person)})
