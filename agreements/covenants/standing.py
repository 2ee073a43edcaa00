"""Where an agency stands, and under which lines of which covenants one reads. From the compiled rules alone."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.covenants.in_force import version_of
from agreements.policy.compile import Policy
from agreements.policy.question import Actor
from agreements.policy.rows import ArticleRef
from foundation.clock import AMSTERDAM


def covenants_of_party(policy: Policy, *, agency: Actor, covenants: frozenset[str], at: datetime) -> frozenset[str]:
    """The codes among `covenants` in which `agency` is a party to a version in force at `at`.

    These are the covenants under which it may give facts; none means that it may give nothing.
    """
    here = policy.slice_at(covenants, at)
    party = here.member(agency).party
    return frozenset(code for code in covenants if policy.index.covenants.get(code, 0) & party & here.in_force)


def capacities_of(policy: Policy, *, agency: Actor, covenants: frozenset[str], at: datetime) -> tuple[str, ...]:
    """The capacities in which an agency is party to these covenants at `at`, each once, in code order."""
    party = policy.slice_at(covenants, at).member(agency).party
    found = set()
    for version in (v for code in covenants for v in policy.index.versions.get(code, ())):
        if version.interval.contains(at) and party & version.rows:
            ref = ArticleRef(covenant=version.covenant, version=version.number, article="")
            terms = version_of(ref, policy=policy)
            found.add(terms.document.capacity_of(agency.code, agency.type) if terms else "")
    return tuple(sorted(found - {""}))


def covenant_lines(policy: Policy, *, codes: Iterable[str], purpose: str, at: datetime) -> list[str]:
    """For each covenant in force that names `purpose`: "PGA-MD v2, art. 4.1 · geldig tot en met 31 dec 2027"."""
    found = []
    for version in (v for code in codes for v in policy.index.versions.get(code, ())):
        if not version.interval.contains(at):
            continue
        terms = version_of(ArticleRef(covenant=version.covenant, version=version.number, article=""), policy=policy)
        named = terms.document.purposes.items() if terms else ()
        article = next((number for number, code in named if code == purpose), "")
        if terms is None or not article:
            continue
        line = _("%(code)s v%(version)d, art. %(article)s") % {
            "code": version.covenant,
            "version": version.number,
            "article": article,
        }
        if terms.last_day:
            day = date_format(terms.last_day.astimezone(AMSTERDAM))
            line += " · " + _("geldig tot en met %(day)s") % {"day": day}
        found.append(line)
    return sorted(found)
