"""The terms of triage and what installations set about it. Not here: who asks or decides."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings

from agreements.covenants.in_force import version_of
from agreements.joining.notice import later, months_later
from agreements.policy.compile import Policy
from agreements.policy.document import CovenantDocument
from agreements.policy.lint_law import in_days
from agreements.policy.rows import ArticleRef
from foundation import clock
from foundation.workdays import add_working_days

NOT_ADMITTED = "P14D"
"""How long what was not admitted stays where no covenant says so (domain 3; BGS art. 1.16(1)(b))."""


def triage_due(day: date) -> date:
    """Until when triage that begins on `day` must have an outcome."""
    return add_working_days(day, settings.TRIAGE_WORKING_DAYS)


def check_deadline(day: date) -> datetime:
    """Until when agencies answer a known-check that starts on `day` (exclusive)."""
    return clock.end_of(add_working_days(day, settings.KNOWN_CHECK_WORKING_DAYS))


def info_until(day: date) -> date:
    """Until when more information may come that was asked on `day`."""
    return day + timedelta(days=settings.TRIAGE_INFO_DAYS)


def inform_due(obtained: datetime, *, today: date) -> date:
    """The last day to inform somebody of data obtained at `obtained`; today when it has passed.

    Source: AVG art. 14(3)(a).
    """
    return max(months_later(obtained.astimezone(clock.AMSTERDAM).date(), 1), today)


def latest_review(day: date) -> date:
    """The last day on which an embargo that is set on `day` may be looked at again."""
    return day + timedelta(days=settings.EMBARGO_REVIEW_DAYS)


def documents(policy: Policy, covenants: Iterable[str], *, at: datetime) -> tuple[CovenantDocument, ...]:
    """The documents of these covenants that are in force at `at`."""
    found = []
    for code in sorted(covenants):
        for version in policy.index.versions.get(code, ()):
            terms = version_of(ArticleRef(covenant=code, version=version.number, article=""), policy=policy)
            if terms and version.interval.contains(at):
                found.append(terms.document)
    return tuple(found)


def destroy_on(day: date, found: Iterable[CovenantDocument]) -> date:
    """When a case that was not admitted on `day` is erased: the shortest term its covenants give."""
    stated = [
        article.retention.not_admitted
        for document in found
        for article in document.articles
        if article.retention and article.retention.not_admitted
    ]
    return later(day, min(stated, key=in_days, default=NOT_ADMITTED))
