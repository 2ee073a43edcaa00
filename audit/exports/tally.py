"""Reads under one covenant on one day, counted in the database. How they may be shown is up to who asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from audit.exports.kinds import Asked
from audit.exports.rows import entries
from audit.journal import articles, models
from audit.journal.reasons import ReasonCode

READ = ("R", "E")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """So many entries that have these things in common. articles: those of the covenant that was asked for."""

    agency_ref: str
    purpose: str
    articles: tuple[str, ...]
    outcome: str
    break_glass: bool
    n: int


def tallies(asked: Asked) -> Iterator[Tally]:
    """Reads that took place or were refused under an article of `asked.covenant`, in its period."""
    sets = _sets(asked.covenant)
    columns = ("agency_ref", "purpose", "articles_ref", "outcome", "break_glass")
    found = _of(asked, sets).values(*columns).annotate(n=Count("uid")).order_by("agency_ref", "purpose", "articles_ref")
    for agency, purpose, ref, outcome, break_glass, n in found.values_list(*columns, "n"):
        yield Tally(
            agency_ref=agency, purpose=purpose, articles=sets.get(ref or articles.NONE, ()), outcome=outcome,
            break_glass=break_glass, n=n,
        )  # fmt: skip


def unexplained(asked: Asked) -> dict[str, int]:
    """Per agency, the reads under the covenant for which no reason was found."""
    found = _of(asked, _sets(asked.covenant)).filter(outcome="ok", reason_code=ReasonCode.UNEXPLAINED)
    return dict(found.values("agency_ref").annotate(n=Count("uid")).order_by().values_list("agency_ref", "n"))


def refused_without_article(asked: Asked) -> dict[str, int]:
    """Per agency, refusals that rest on no article, so on no covenant: no part in the case, no purpose."""
    found = entries(asked).filter(outcome="refused", articles_ref=articles.NONE).exclude(case_ref="")
    return dict(found.values("agency_ref").annotate(n=Count("uid")).order_by().values_list("agency_ref", "n"))


def unnumbered(asked: Asked) -> int:
    """Entries of before their articles had a number: these are in no count."""
    return entries(asked).filter(articles_ref__isnull=True).count()


def period(asked: Asked, *, since: datetime, until: datetime) -> Asked:
    """The same question about another period."""
    return Asked(
        agency=asked.agency, covenant=asked.covenant, since=since, until=until, language=asked.language
    )  # fmt: skip


def _of(asked: Asked, sets: dict[int, tuple[str, ...]]) -> "QuerySet[models.Entry]":
    return entries(asked).filter(articles_ref__in=list(sets), action__in=READ)


def _sets(covenant: str) -> dict[int, tuple[str, ...]]:
    """The sets with an article of this covenant -> those articles."""
    found = {
        ref: tuple(article for article in every if articles.fits(article, covenant))
        for ref, every in articles.sets().items()
    }
    return {ref: mine for ref, mine in found.items() if mine}
