"""The policy of all covenants that ever were in force, and what it says about purposes and articles.

`current_policy` is what every reading starts with. Deciding is in agreements.policy, loading in commands.
"""

import json
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db.models import Prefetch

from agreements.covenants.epoch import Epoch, current_epoch
from agreements.covenants.labels import label
from agreements.covenants.models import Covenant, CovenantVersion, Party
from agreements.covenants.rules import Span, State, without
from agreements.policy.catalogue import Catalogue, load_catalogue
from agreements.policy.compile import Accession, Policy, VersionTerms, compile_policy
from agreements.policy.document import Article, CovenantDocument, RuleKind
from agreements.policy.fold import numbers
from agreements.policy.question import Actor
from agreements.policy.rows import ArticleRef
from agreements.policy.vocabulary import ANY
from foundation.clock import AMSTERDAM


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeOption:
    """A purpose that somebody may declare: its code, its label, and where the covenant names it ("4.1")."""

    code: str
    label: str
    covenant: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInForce:
    """A version that is or was in force, or will be: its document and its term [starts, ends)."""

    document: CovenantDocument
    starts: datetime
    ends: datetime | None

    @property
    def last_day(self) -> datetime | None:
        """A moment on the last day of the term, in the Netherlands; None without an end."""
        if self.ends is None:
            return None
        # `ends` is exclusive: midnight belongs to the day after.
        return self.ends.astimezone(AMSTERDAM) - _TICK


_TICK = datetime.resolution
Versions = dict[tuple[str, int], VersionInForce]

_compiling = threading.Lock()
_held: tuple[Epoch, Policy] | None = None
_versions_of: WeakKeyDictionary[Policy, Versions] = WeakKeyDictionary()


def catalogue() -> Catalogue:
    """The field catalogue that ships with the program."""
    return load_catalogue()


def current_policy() -> Policy:
    """The policy of the present epoch; compiled once per process and epoch, in milliseconds.

    Holds every version that was ever in force, is, or is agreed for later: a question's moment picks.
    No covenants give a policy that grants nothing. Safe between threads.
    """
    return current_rules()[1]


def current_rules() -> tuple[Epoch, Policy]:
    """As `current_policy`, with the epoch that it is of."""
    global _held
    epoch = current_epoch()
    known = _held
    if known is not None and known[0] == epoch:
        return known
    with _compiling:
        known = _held
        if known is not None and known[0] == epoch:
            return known
        _held = (epoch, _compile(epoch))
        return _held


def version_of(ref: ArticleRef, *, policy: Policy | None = None) -> VersionInForce | None:
    """The version an article stands in; None for own facts and for what is not known."""
    return _versions(policy).get((ref.covenant, ref.version))


def purposes_for(
    policy: Policy, *, agency: Actor, roles: Iterable[str], covenants: Iterable[str], at: datetime
) -> tuple[PurposeOption, ...]:
    """The purposes that these covenants give to this agency in these roles at a moment, in their order.

    Included if, and only if, a rule of a version in force at `at`
    - gives or announces something to the agency (by code or by type) in one of the roles,
    - while the agency is a party to that version,
    - and lists the purpose. Break-glass has no purpose and gives none.
    """
    index = policy.index
    slice_ = policy.slice_at(frozenset(covenants), at)
    rows = slice_.in_force & slice_.member(agency).party & index.gives
    rows &= index.to(agency) & index.for_roles(roles) & ~index.kinds.get(RuleKind.BREAK_GLASS, 0)
    found: dict[str, PurposeOption] = {}
    for number in numbers(rows):
        row = index.rows[number]
        for code in row.purposes:
            if code != ANY and code not in found:
                found[code] = _option(code, row.ref, policy)
    return tuple(sorted(found.values(), key=lambda option: (option.covenant, option.article, option.code)))


def article_title(ref: ArticleRef) -> str:
    """The heading an article stands under ("Verstrekking per bron"); "" when it is not known."""
    found = version_of(ref)
    article = found and _article(found.document, ref.article)
    return article.title if article else ""


def article_text(ref: ArticleRef) -> str:
    """The text of an article as signed: that of the rule when it has its own, else that of its article."""
    found = version_of(ref)
    if found is None:
        return ""
    for _, _, _, rule in found.document.placed_rules():
        if rule.id == ref.article and rule.text:
            return rule.text
    article = _article(found.document, ref.article)
    return (article.text or "") if article else ""


def _option(code: str, ref: ArticleRef, policy: Policy) -> PurposeOption:
    version = version_of(ref, policy=policy)
    named = version.document.purposes.items() if version else ()
    article = next((number for number, purpose in named if purpose == code), "")
    return PurposeOption(code=code, label=label("purpose", code), covenant=ref.covenant, article=article)


def _article(document: CovenantDocument, number: str) -> Article | None:
    """The article with this number, or the one that the rule with this number stands in."""
    head = number.split(".", 1)[0]
    return next((item for item in document.articles if item.article in (number, head)), None)


def _versions(policy: Policy | None) -> Versions:
    known = _versions_of.get(policy) if policy is not None else None
    return known if known is not None else _versions_of.get(current_policy(), {})


def policy_if(document: CovenantDocument, accessions: Iterable[Accession], *, at: datetime) -> Policy:
    """The policy as it would be if `document` ruled from `at` on, under these parties, in place of what rules then.

    For trying a draft: nothing is stored, and no reading may start with it.
    """
    terms, _versions_known = _all_terms(leave_out=document.code)
    terms.append(VersionTerms(document=document, starts=at, ends=None, accessions=tuple(accessions)))
    return compile_policy(load_catalogue(), terms, third_party_mode=_third_party_mode())


def _compile(epoch: Epoch) -> Policy:
    # Read after the epoch: what is newer than its number is compiled again at the next question.
    terms, versions = _all_terms()
    policy = compile_policy(load_catalogue(), terms, epoch=epoch.number, third_party_mode=_third_party_mode())
    _versions_of[policy] = versions
    return policy


def _all_terms(*, leave_out: str = "") -> tuple[list[VersionTerms], Versions]:
    """Every agreed version with its parties, less those of one covenant."""
    terms: list[VersionTerms] = []
    versions: Versions = {}
    for covenant in _agreed_covenants():
        if covenant.code == leave_out:
            continue
        gaps = [(row.starts, row.ends) for row in covenant.suspensions.all()]
        accessions = tuple(_accession(row) for row in covenant.parties.all())
        for version in covenant.versions.all():
            document = document_of(version)
            term = (version.starts, version.ends)
            versions[covenant.code, version.number] = VersionInForce(
                document=document, starts=version.starts, ends=version.ends
            )
            terms += _terms(document, term, gaps, accessions)
    return terms, versions


def _third_party_mode() -> str:
    # An installation without the setting keeps third parties out of the joint case (WGS art. 2.31(9)).
    mode: str = getattr(settings, "POLICY_THIRD_PARTY_MODE", "extract")
    return mode


def document_of(version: CovenantVersion) -> CovenantDocument:
    """The document of a stored version. Its lines are those of `version.text`, which is not read again."""
    return CovenantDocument.model_validate(json.loads(version.document))


def _terms(
    document: CovenantDocument, term: Span, gaps: list[Span], accessions: tuple[Accession, ...]
) -> Iterator[VersionTerms]:
    for starts, ends in without(term, gaps):
        yield VersionTerms(document=document, starts=starts, ends=ends, accessions=accessions)


def _agreed_covenants() -> Iterable[Covenant]:
    agreed = CovenantVersion.objects.filter(state=State.AGREED).order_by("number")
    return Covenant.objects.order_by("code").prefetch_related(
        Prefetch("versions", queryset=agreed), "suspensions", "parties__agency"
    )


def _accession(row: Party) -> Accession:
    agency = Actor(code=row.agency.code, type=row.agency.type)
    return Accession(agency=agency, capacity=row.capacity, starts=row.starts, ends=row.ends, facts_stay=row.facts_stay)
