"""How long a phone may keep what a channel tells it without asking again, as the covenants say. Opens nothing."""

from datetime import datetime

from agreements.covenants.in_force import version_of
from agreements.policy.compile import Policy
from agreements.policy.rows import OWN, ArticleRef
from agreements.policy.schema import Grant


def offline_minutes(policy: Policy, covenants: frozenset[str], *, at: datetime) -> dict[str, int]:
    """Per article in force (as an event names it: "HAV-GEBIED art. 14.1") the minutes that its fields may be kept.

    An article that names no minutes gives none: what it grants is never kept. What an agency said itself ("own") is
    kept for the shortest of them, since it stands among what others said.
    """
    found: dict[str, int] = {}
    for version in (one for code in sorted(covenants) for one in policy.index.versions.get(code, ())):
        if not version.interval.contains(at):
            continue
        terms = version_of(ArticleRef(covenant=version.covenant, version=version.number, article=""), policy=policy)
        rules = terms.document.placed_rules() if terms else ()
        for rule in (placed[3] for placed in rules):
            if isinstance(rule, Grant) and rule.offline_minutes:
                ref = ArticleRef(covenant=version.covenant, version=version.number, article=rule.id)
                found[str(ref)] = rule.offline_minutes
    return found | {str(OWN): min(found.values())} if found else {}
