"""A name for the rules as they apply at this moment, so that an open page notices when they change.

The name changes with every change of a rule (epoch) and with every moment at which an article, a version,
a suspension or an accession begins or ends. It says nothing about anybody's rights.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.covenants.in_force import current_rules
from agreements.covenants.models import CovenantVersion, Party, Suspension
from agreements.covenants.rules import State
from agreements.policy.compile import Policy
from foundation.clock import AMSTERDAM

_edges_of: WeakKeyDictionary[Policy, tuple[datetime, ...]] = WeakKeyDictionary()


def pulse_at(moment: datetime) -> str:
    """The name of the rules as they apply at `moment`; equal names mean that nothing changed between."""
    epoch, policy = current_rules()
    passed = bisect_right(_edges(policy), moment)
    return f"{epoch.number}-{epoch.stamp[:8]}-{passed}"


def changes_between(since: datetime, until: datetime, *, agency_id: int) -> tuple[str, ...]:
    """In sentences, what began or ended in (since, until] in the covenants of this agency. Rules only."""
    mine = Party.objects.filter(agency_id=agency_id).values("covenant_id")
    found = sorted({*_suspended(since, until, mine), *_versions(since, until, mine), *_parties(since, until, mine)})
    return tuple(sentence for _moment, sentence in found)


def _edges(policy: Policy) -> tuple[datetime, ...]:
    known = _edges_of.get(policy)
    if known is None:
        known = _edges_of[policy] = tuple(sorted(set().union(*policy.index.edges.values())))
    return known


Line = tuple[datetime, str]


def _suspended(since: datetime, until: datetime, mine: Any) -> Iterator[Line]:
    rows = Suspension.objects.filter(_within(since, until), covenant__in=mine)
    for code, starts, ends in rows.values_list("covenant__code", "starts", "ends"):
        if since < starts <= until:
            yield starts, _("%(code)s is opgeschort sinds %(time)s.") % _words(code, starts)
        if ends is not None and since < ends <= until:
            yield ends, _("%(code)s geldt weer sinds %(time)s.") % _words(code, ends)


def _versions(since: datetime, until: datetime, mine: Any) -> Iterator[Line]:
    rows = CovenantVersion.objects.filter(_within(since, until), covenant__in=mine, state=State.AGREED)
    begun = set()
    for code, number, starts, ends in rows.order_by("-number").values_list(
        "covenant__code", "number", "starts", "ends"
    ):
        words = {"number": number}
        if since < starts <= until:
            begun.add(code)
            yield starts, _("%(code)s versie %(number)d is ingegaan om %(time)s.") % (words | _words(code, starts))
        if ends is not None and since < ends <= until and code not in begun:
            yield ends, _("%(code)s versie %(number)d is geëindigd om %(time)s.") % (words | _words(code, ends))


def _parties(since: datetime, until: datetime, mine: Any) -> Iterator[Line]:
    rows = Party.objects.filter(_within(since, until), covenant__in=mine).select_related("covenant", "agency")
    for row in rows:
        words = {"agency": row.agency.name}
        if since < row.starts <= until:
            yield (
                row.starts,
                _("%(agency)s is partij bij %(code)s sinds %(time)s.")
                % (words | _words(row.covenant.code, row.starts)),
            )
        if row.ends is not None and since < row.ends <= until:
            yield (
                row.ends,
                _("%(agency)s is geen partij meer bij %(code)s sinds %(time)s.")
                % (words | _words(row.covenant.code, row.ends)),
            )


def _within(since: datetime, until: datetime) -> Q:
    return Q(starts__gt=since, starts__lte=until) | Q(ends__gt=since, ends__lte=until)


def _words(code: str, moment: datetime) -> dict[str, str]:
    return {"code": code, "time": date_format(moment.astimezone(AMSTERDAM), "H:i")}
