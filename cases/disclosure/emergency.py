"""Break-glass for a reader of a case: which articles allow it, which acts stand, and how one is opened.

Rules and acts only; the facts leave by disclose.py, like all others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from agreements.models import Agency
from agreements.policy.break_glass import BreakGlassArticle, openable
from agreements.policy.question import BreakGlassAct, Delivery
from cases.disclosure.opening import Emergency, Opening
from cases.disclosure.reading import Reading, actor, setting_of
from cases.disclosure.rows import standing_rows
from cases.records.models import BreakGlass, Case, Participation
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """An article that this reader may open, the agencies whose facts it can give, and the fields, by the rules."""

    article: BreakGlassArticle
    sources: tuple[Agency, ...]
    fields: int

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.article.ref.covenant} {self.article.ref.article}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An act of this reader that stands, with its article as it is in force now."""

    uid: UUID
    article: BreakGlassArticle
    since: datetime
    until: datetime
    emergency: Emergency


def may_act(reading: Reading, case: Case) -> bool:
    """Whether some break-glass article of the case names this reader: a question about rules that asks no table."""
    return bool(openable(reading.policy, reading.reader(case.purpose), setting_of(case), at=reading.at))


def allowed(reading: Reading, case: Case) -> tuple[Allowed, ...]:
    """The break-glass articles that give this reader something in this case, were there acute danger."""
    found = openable(reading.policy, reading.reader(case.purpose), setting_of(case), at=reading.at)
    if not found:
        return ()
    others = [agency for agency in _sources(case) if agency.pk != reading.visit.agency.id]
    return tuple(entry for article in found if (entry := _allowed(reading, case, article, others)).sources)


def standing(reading: Reading, case: Case) -> tuple[Standing, ...]:
    """The acts of this reader in this case that stand now; never those of somebody else, a colleague included."""
    acts = BreakGlass.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=reading.at),
        case=case, source_id=reading.visit.agency.id, entered_by_id=reading.visit.professional_id,
        given_at__lte=reading.at, until__gt=reading.at, withdrawn_at=None,
    ).order_by("given_at")  # fmt: skip
    found = list(acts)
    articles = openable(reading.policy, reading.reader(case.purpose), setting_of(case), at=reading.at) if found else ()
    return tuple(
        _standing(reading, act, article)
        for act in found
        for article in articles
        if (article.ref.covenant, article.ref.article) == (act.covenant, act.article)
    )


def opening_of(reading: Reading, case: Case, act: Standing, *, purpose: str) -> Opening:
    """What to disclose under an act: what others gave, through its article alone."""
    day = reading.at.astimezone(clock.AMSTERDAM).date()
    rows = standing_rows([case.pk], day=day).get(case.pk, [])
    theirs = tuple(row for row in rows if row.source_id != reading.visit.agency.id)
    return Opening(
        case=case, purpose=purpose or case.purpose, rows=theirs, via=Delivery.BREAK_GLASS, emergency=act.emergency
    )


def would_open(reading: Reading, case: Case, article: BreakGlassArticle, source: Agency) -> int:
    """The fields of a source that an act under this article would open: rules alone, holds left out."""
    act = act_of(reading, article, since=reading.at, until=datetime.max.replace(tzinfo=reading.at.tzinfo))
    setting = setting_of(case)
    here = reading.policy.prepare(
        reading.reader(case.purpose), setting, at=reading.at, via=Delivery.BREAK_GLASS, act=act
    )  # fmt: skip
    return here.decide(actor(source.code, source.type), setting.covenants, article.grounds).visible


def act_of(reading: Reading, article: BreakGlassArticle, *, since: datetime, until: datetime) -> BreakGlassAct:
    """An act of the reader's agency as the policy core takes it."""
    return BreakGlassAct(
        covenant=article.ref.covenant, article=article.ref.article, agency=reading.visit.agency.code,
        starts=since, until=until,
    )  # fmt: skip


def _sources(case: Case) -> Iterator[Agency]:
    """The agencies that take part or ever did: what they gave still stands."""
    taking = Participation.objects.filter(case=case).values("agency_id")
    yield from Agency.objects.filter(pk__in=taking).order_by("code")


def _allowed(reading: Reading, case: Case, article: BreakGlassArticle, others: list[Agency]) -> Allowed:
    opened = {agency.pk: would_open(reading, case, article, agency) for agency in others}
    fields = 0
    for mask in opened.values():
        fields |= mask
    return Allowed(article=article, sources=tuple(agency for agency in others if opened[agency.pk]), fields=fields)


def _standing(reading: Reading, act: BreakGlass, article: BreakGlassArticle) -> Standing:
    until = min(act.until, act.ended_at) if act.ended_at else act.until
    opened = act_of(reading, article, since=act.given_at, until=until)
    emergency = Emergency(uid=str(act.uid), act=opened, grounds=article.grounds)
    return Standing(uid=act.uid, article=article, since=act.given_at, until=until, emergency=emergency)
