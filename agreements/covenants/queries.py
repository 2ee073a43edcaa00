"""Reads of covenants for their own pages and the API: frozen values, no case data.

Included for an agency if, and only if, it is or was a party, or has a place to sign under a version.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.covenants.answers import (
    AgencyLine,
    ArticleInWords,
    CovenantLine,
    CovenantPage,
    DpiaLine,
    SignatureLine,
    SigningLine,
    VersionLine,
)
from agreements.covenants.bases import bases_words
from agreements.covenants.in_force import document_of
from agreements.covenants.labels import label
from agreements.covenants.models import Covenant, CovenantVersion, Party, Signature
from agreements.covenants.rules import Span, Standing, State, standing
from agreements.covenants.wording import RuleInWords, rule_in_words
from agreements.parties.models import Agency
from agreements.policy.catalogue import load_catalogue
from agreements.policy.document import CovenantDocument
from agreements.policy.vocabulary import BUREAU
from foundation import clock
from foundation.clock import AMSTERDAM
from foundation.errors import NotFound

NEAR = timedelta(days=90)
"""So long before its last day, or before the review of its DPIA, a covenant says so."""


def covenant_list(*, agency_id: int) -> tuple[CovenantLine, ...]:
    """The covenants of an agency by title, each with the version that rules now or else the newest."""
    now = clock.now()
    return tuple(_line(covenant, agency_id, now) for covenant in _covenants_of(agency_id).order_by("title"))


def covenant_line(code: str, *, agency_id: int, number: int | None = None) -> CovenantLine:
    """One covenant as the list has it, by one of its versions; for the head of pages about it. Raises NotFound."""
    return _line(_covenant_for(code, agency_id), agency_id, clock.now(), number)


def covenant_page(code: str, *, agency_id: int, number: int | None = None) -> CovenantPage:
    """One version of a covenant of this agency; without a number the one that rules now, or else the newest.

    Raises NotFound: no such covenant or version, or not one of this agency (the same answer).
    """
    covenant = _covenant_for(code, agency_id)
    lines = _version_lines(covenant, clock.now())
    version = _chosen(covenant, lines, number)
    document = document_of(version)
    line = next(item for item in lines if item.number == version.number)
    signatures = tuple(_signature(row) for row in version.signatures.select_related("agency").order_by("pk"))
    return CovenantPage(
        code=covenant.code,
        title=document.title,
        regime=document.regime,
        regime_label=label("regime", document.regime),
        version=line,
        versions=lines,
        review=label("renewal", document.term.renewal) if document.term.renewal else "",
        contact_point=label("agency_type", document.contact_point) if document.contact_point else "",
        dpia=document.dpia.ref if document.dpia else "",
        sha256=version.sha256,
        loaded_at=version.loaded_at,
        articles=articles_in_words(document),
        parties=_parties(covenant, version),
        signatures=signatures,
        n_signed=sum(item.signed_on is not None for item in signatures),
        n_needed=sum(item.signed_on is not None or item.agency.capacity != BUREAU for item in signatures),
        dpia_line=dpia_line(document),
        days_left=_days_left(line),
        signing=_signing(covenant, lines),
    )


def version_lines(code: str, *, agency_id: int) -> tuple[VersionLine, ...]:
    """The versions of a covenant of this agency, newest first. Raises NotFound."""
    return _version_lines(_covenant_for(code, agency_id), clock.now())


def version_for(code: str, number: int | None, *, agency_id: int) -> CovenantVersion:
    """A version of a covenant of this agency; without a number as covenant_page chooses. Raises NotFound."""
    covenant = _covenant_for(code, agency_id)
    return _chosen(covenant, _version_lines(covenant, clock.now()), number)


def _covenant_for(code: str, agency_id: int) -> Covenant:
    # PostgreSQL knows no NUL: such a code is no covenant's.
    covenant = _covenants_of(agency_id).filter(code=code.replace("\0", "\ufffd")).first()
    if covenant is None:
        raise NotFound(
            _("Dit convenant bestaat niet, of uw organisatie is er geen partij bij."),
            remedy=_("Kies een convenant uit de lijst."),
        )
    return covenant


def article_place(code: str, article: str, *, agency_id: int, number: int | None = None) -> str:
    """The anchor of an article or rule on the page of its version. Raises NotFound."""
    page = covenant_page(code, agency_id=agency_id, number=number)
    for item in page.articles:
        if item.number == article:
            return f"art-{item.number}"
        if any(found == article for found, _label in item.purposes) or any(r.number == article for r in item.rules):
            return f"art-{article}"
    raise NotFound(_("Dit artikel staat niet in deze versie."), remedy=_("Kijk bij de artikelen van het convenant."))


def _covenants_of(agency_id: int) -> QuerySet[Covenant]:
    mine = Q(pk__in=Party.objects.filter(agency_id=agency_id).values("covenant_id"))
    asked = Q(pk__in=Signature.objects.filter(agency_id=agency_id).values("version__covenant_id"))
    return Covenant.objects.filter(mine | asked).prefetch_related("versions__signatures", "suspensions", "parties")


def _line(covenant: Covenant, agency_id: int, now: datetime, asked: int | None = None) -> CovenantLine:
    lines = _version_lines(covenant, now)
    number = _chosen(covenant, lines, asked).number
    present = [row for row in covenant.parties.all() if row.starts <= now and (row.ends is None or row.ends > now)]
    own = next((row.capacity for row in present if row.agency_id == agency_id), "")
    chosen = next(item for item in lines if item.number == number)
    return CovenantLine(
        code=covenant.code,
        title=covenant.title,
        regime_label=label("regime", covenant.regime),
        capacity_label=label("capacity", own) if own else "",
        n_parties=len(present),
        version=chosen,
        days_left=_days_left(chosen),
        signing=_signing(covenant, lines),
    )


def _version_lines(covenant: Covenant, now: datetime) -> tuple[VersionLine, ...]:
    """The versions of a covenant, newest first."""
    versions = sorted(covenant.versions.all(), key=lambda row: row.number, reverse=True)
    suspensions = [(row.starts, row.ends) for row in covenant.suspensions.all()]
    starts = {row.starts for row in versions if row.state == State.AGREED}
    return tuple(_version_line(row, suspensions, row.ends in starts, covenant.ended_at, now) for row in versions)


def _version_line(
    row: CovenantVersion, suspensions: Iterable[Span], has_successor: bool, ended_at: datetime | None, now: datetime
) -> VersionLine:
    found = standing(
        state=row.state,
        term=(row.starts, row.ends),
        suspensions=suspensions,
        has_successor=has_successor,
        at=now,
        ended_at=ended_at,
    )
    return version_line(row, found)


def version_line(row: CovenantVersion, found: Standing) -> VersionLine:
    """A version with what it is, or was at some moment."""
    return VersionLine(
        number=row.number,
        standing=found.value,
        standing_label=str(found.label),
        first_day=_day(row.starts),
        last_day=_last_day(row.ends),
    )


def dpia_line(document: CovenantDocument, *, on: date | None = None) -> DpiaLine | None:
    """The covenant's assessment with the state of its review today or `on` a day; None when it names none."""
    if document.dpia is None:
        return None
    days = (document.dpia.review - (on or clock.today())).days
    state = "overdue" if days < 0 else "near" if days <= NEAR.days else "fine"
    return DpiaLine(ref=document.dpia.ref, review=document.dpia.review, state=state, days=days)


def _days_left(line: VersionLine) -> int | None:
    """Days until the last day of a version that rules, when there are few."""
    if line.last_day is None or line.standing not in (Standing.IN_FORCE, Standing.SUSPENDED):
        return None
    days = (line.last_day - clock.today()).days
    return days if days <= NEAR.days else None


def _signing(covenant: Covenant, lines: tuple[VersionLine, ...]) -> SigningLine | None:
    """The newest version that waits for signatures."""
    number = next((line.number for line in lines if line.standing == Standing.FOR_SIGNATURE), None)
    if number is None:
        return None
    version = next(row for row in covenant.versions.all() if row.number == number)
    # The bureau acts for a party that signs, and need not sign itself.
    places = [place for place in version.signatures.all() if place.capacity != BUREAU]
    signed = sum(place.signed_on is not None for place in places)
    return SigningLine(number=number, n_signed=signed, n_places=len(places))


def _chosen(covenant: Covenant, lines: tuple[VersionLine, ...], number: int | None) -> CovenantVersion:
    if number is None:
        ruling = (item.number for item in lines if item.standing in (Standing.IN_FORCE, Standing.SUSPENDED))
        number = next(ruling, lines[0].number)
    for version in covenant.versions.all():
        if version.number == number:
            return version
    raise NotFound(_("Deze versie bestaat niet."), remedy=_("Kies een versie uit de lijst."))


def articles_in_words(document: CovenantDocument) -> tuple[ArticleInWords, ...]:
    """The articles of a document: their text, and their rules in sentences, in the language of this moment."""
    catalogue = load_catalogue()
    rules: dict[str, list[RuleInWords]] = {}
    for kind, _path, article, rule in document.placed_rules():
        words = rule_in_words(document, kind, article, rule, catalogue=catalogue)
        rules.setdefault(article.article, []).append(words)
    return tuple(
        ArticleInWords(
            number=article.article,
            title=article.title,
            text=article.text or "",
            basis=bases_words(article.basis),
            purposes=tuple(
                (number, label("purpose", code))
                for number, code in document.purposes.items()
                if number.split(".", 1)[0] == article.article
            ),
            rules=tuple(rules.get(article.article, ())),
        )
        for article in document.articles
    )


def _parties(covenant: Covenant, version: CovenantVersion) -> tuple[AgencyLine, ...]:
    """Who was party during the term of the version; before it is agreed, nobody is by it."""
    if version.state != State.AGREED:
        return ()
    rows = covenant.parties.select_related("agency").filter(Q(ends=None) | Q(ends__gt=version.starts))
    if version.ends is not None:
        rows = rows.filter(starts__lt=version.ends)
    lines = (agency_line(row.agency, row.capacity, since=row.starts, until=row.ends) for row in rows)
    order = ("controller", "participant", "third_party", "bureau")
    return tuple(sorted(lines, key=lambda item: (order.index(item.capacity), item.name, item.since or date.min)))


def _signature(row: Signature) -> SignatureLine:
    return SignatureLine(
        agency=agency_line(row.agency, row.capacity),
        signatory=row.signatory,
        mandate=row.mandate,
        signed_on=row.signed_on,
    )


def agency_line(
    agency: Agency, capacity: str, *, since: datetime | None = None, until: datetime | None = None
) -> AgencyLine:
    """An agency as party, in the language of this moment; until: exclusive, as stored."""
    return AgencyLine(
        code=agency.code,
        type=agency.type,
        name=agency.name_in(get_language() or "nl"),
        monogram=agency.monogram,
        capacity=capacity,
        capacity_label=label("capacity", capacity),
        since=_day(since) if since else None,
        until=_last_day(until),
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def _last_day(ends: datetime | None) -> date | None:
    """The last day of a term whose end is exclusive."""
    return None if ends is None else _day(ends - datetime.resolution)
