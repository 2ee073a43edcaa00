"""Reads of covenants for their own pages and the API: frozen values, no case data.

Included for an agency if, and only if, it is or was a party, or has a place to sign under a version.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.covenants.in_force import document_of
from agreements.covenants.labels import label
from agreements.covenants.models import Covenant, CovenantVersion, Party, Signature
from agreements.covenants.rules import Span, Standing, State, standing
from agreements.covenants.wording import RuleInWords, rule_in_words
from agreements.parties.models import Agency
from agreements.policy.catalogue import load_catalogue
from agreements.policy.document import CovenantDocument
from foundation import clock
from foundation.clock import AMSTERDAM
from foundation.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyLine:
    """An agency with what is said of it here. since, until: days; until is the last day."""

    code: str
    type: str
    name: str
    monogram: str
    capacity: str
    capacity_label: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """A place under a version. signed_on None: not signed yet (or, for the bureau, not needed)."""

    agency: AgencyLine
    signatory: str
    mandate: str
    signed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """A version in the list of versions. first_day, last_day: its term, in the Netherlands, both inclusive."""

    number: int
    standing: str
    standing_label: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInWords:
    """One article: its text as signed, and its rules in sentences. purposes: (number, label)."""

    number: str
    title: str
    text: str
    basis: str
    purposes: tuple[tuple[str, str], ...]
    rules: tuple[RuleInWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CovenantLine:
    """A covenant in the list, through the version that rules now or else the newest."""

    code: str
    title: str
    regime_label: str
    capacity_label: str
    n_parties: int
    version: VersionLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CovenantPage:
    """One version of a covenant, whole. `sha256`: of the canonical document."""

    code: str
    title: str
    regime: str
    regime_label: str
    version: VersionLine
    versions: tuple[VersionLine, ...]
    review: str
    contact_point: str
    dpia: str
    sha256: str
    loaded_at: datetime
    articles: tuple[ArticleInWords, ...]
    parties: tuple[AgencyLine, ...]
    signatures: tuple[SignatureLine, ...]
    n_signed: int


def covenant_list(*, agency_id: int) -> tuple[CovenantLine, ...]:
    """The covenants of an agency by title, each with the version that rules now or else the newest."""
    now = clock.now()
    return tuple(_line(covenant, agency_id, now) for covenant in _covenants_of(agency_id).order_by("title"))


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
        articles=_articles(document),
        parties=_parties(covenant, version),
        signatures=signatures,
        n_signed=sum(item.signed_on is not None for item in signatures),
    )


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
    return Covenant.objects.filter(mine | asked).prefetch_related("versions", "suspensions", "parties")


def _line(covenant: Covenant, agency_id: int, now: datetime) -> CovenantLine:
    lines = _version_lines(covenant, now)
    number = _chosen(covenant, lines, None).number
    present = [row for row in covenant.parties.all() if row.starts <= now and (row.ends is None or row.ends > now)]
    own = next((row.capacity for row in present if row.agency_id == agency_id), "")
    return CovenantLine(
        code=covenant.code,
        title=covenant.title,
        regime_label=label("regime", covenant.regime),
        capacity_label=label("capacity", own) if own else "",
        n_parties=len(present),
        version=next(item for item in lines if item.number == number),
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
    return VersionLine(
        number=row.number,
        standing=found.value,
        standing_label=str(found.label),
        first_day=_day(row.starts),
        last_day=_last_day(row.ends),
    )


def _chosen(covenant: Covenant, lines: tuple[VersionLine, ...], number: int | None) -> CovenantVersion:
    if number is None:
        ruling = (item.number for item in lines if item.standing in (Standing.IN_FORCE, Standing.SUSPENDED))
        number = next(ruling, lines[0].number)
    for version in covenant.versions.all():
        if version.number == number:
            return version
    raise NotFound(_("Deze versie bestaat niet."), remedy=_("Kies een versie uit de lijst."))


def _articles(document: CovenantDocument) -> tuple[ArticleInWords, ...]:
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
            basis=", ".join(article.basis),
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
    lines = (_agency(row.agency, row.capacity, since=row.starts, until=row.ends) for row in rows)
    order = ("controller", "participant", "third_party", "bureau")
    return tuple(sorted(lines, key=lambda item: (order.index(item.capacity), item.name, item.since or date.min)))


def _signature(row: Signature) -> SignatureLine:
    return SignatureLine(
        agency=_agency(row.agency, row.capacity),
        signatory=row.signatory,
        mandate=row.mandate,
        signed_on=row.signed_on,
    )


def _agency(
    agency: Agency, capacity: str, *, since: datetime | None = None, until: datetime | None = None
) -> AgencyLine:
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
