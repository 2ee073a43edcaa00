"""Brakes on the public pages: how often one address may report, or try a code. No address is kept, only a hash."""

import ipaddress
from dataclasses import dataclass
from typing import ClassVar

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Problem

HOUR = 3600


class TooMany(Problem):
    """Too often from one address: wait."""

    code: ClassVar[str] = "too_many"
    status: ClassVar[int] = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Brake:
    """At most `most` times in `seconds` from one address."""

    name: str
    most: int
    seconds: int

    def check(self, address: str) -> None:
        """Raises TooMany when this address has used up its turns."""
        if (cache.get(self._key(address)) or 0) >= self.most:
            raise TooMany(
                _("Dit ging te vaak achter elkaar vanaf uw internetverbinding."),
                remedy=_("Wacht een uur en probeer het opnieuw. Is er nu gevaar? Bel 112."),
            )

    def count(self, address: str) -> None:
        """One more turn of this address."""
        key = self._key(address)
        cache.add(key, 0, timeout=self.seconds)
        try:
            cache.incr(key)
        except ValueError:  # it lapsed in between
            cache.set(key, 1, timeout=self.seconds)

    def _key(self, address: str) -> str:
        # A new hash each day, so that nobody can be followed from day to day.
        marked = salted_hmac(f"intake.{self.name}", f"{_network(address)} {clock.today()}", algorithm="sha256")
        return f"intake:{self.name}:{marked.hexdigest()[:32]}"


def _network(address: str) -> str:
    """An IPv6 household has a whole network of addresses: its first half counts."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else address


REPORTING = Brake(name="report", most=6, seconds=HOUR)
ADDING = Brake(name="add", most=10, seconds=HOUR)
GUESSING = Brake(name="guess", most=8, seconds=HOUR)
"""Wrong codes. A code has 80 bits, so this is against noise more than against guessing."""
