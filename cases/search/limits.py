"""How often somebody may search: enough for work, too little to feel one's way through a caseload."""

from django.core.cache import cache
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from foundation.errors import Problem

PER_MINUTE = 30


class TooManySearches(Problem):
    """Somebody searched more often than work asks for."""

    code = "too_many_searches"
    status = 429
    is_recorded = True


def count_search(reading: Reading) -> None:
    """Count one search of this reader in this minute. Raises TooManySearches, journalled, beyond PER_MINUTE."""
    key = f"search:{reading.visit.actor_ref}:{reading.at:%Y%m%d%H%M}"
    cache.add(key, 0, timeout=120)
    try:
        times = cache.incr(key)
    except ValueError:  # it fell out of the cache in between
        times = 1
    if times > PER_MINUTE:
        append_apart([reading.entry(event="search.refused", outcome=Outcome.REFUSED)])
        raise TooManySearches(
            _("U zocht in de laatste minuut meer dan dertig keer."), remedy=_("Wacht een minuut en zoek dan verder.")
        )
