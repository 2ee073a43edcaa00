"""The policy of all covenants that ever were in force, and what it says about purposes and articles.

`current_policy` is what every reading starts with. Deciding is in agreements.policy, loading in commands.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from django.conf import settings

from agreements.covenants.epoch import Epoch, current_epoch
from agreements.covenants.labels import label
from agreements.covenants.models import CovenantVersion
from agreements.covenants.terms import VersionInForce, Versions, all_terms, parsed
from agreements.policy.catalogue import Catalogue, load_catalogue
from agreements.policy.compile import Accession, Policy, VersionTerms, compile_policy
from agreements.policy.document import Article, CovenantDocument, RuleKind
from agreements.policy.fold import numbers
from agreements.policy.question import Actor
from agreements.policy.rows import ArticleRef
from agreements.policy.vocabulary import ANY


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeOption:
    """A purpose that somebody may declare: its code, its label, and where the covenant names it ("4.1")."""

    code: str
    label: str
    covenant: str
    article: str


Rules = tuple[Epoch, Policy]

_compiling = threading.Lock()
_held: tuple[Rules, ...] = ()
"""The rules that were compiled last and those before them: while a change is under way, both are asked for."""
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


def current_rules() -> Rules:
    """As `current_policy`, with the epoch that it is of."""
    return rules_of(current_epoch())


def rules_of(epoch: Epoch) -> Rules:
    """The rules of an epoch that was just read; compiled when this process does not hold them yet."""
    return _known(epoch) or _compiled(epoch)


def _compiled(epoch: Epoch) -> Rules:
    """As rules_of, one thread at a time: others wait for who was first."""
    global _held
    with _compiling:
        known = _known(epoch)
        if known is None:
            known = (epoch, _compile(epoch))
            _held = (known, *_held[:1])
        return known


def _known(epoch: Epoch) -> Rules | None:
    return next((rules for rules in _held if rules[0] == epoch), None)


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
    terms, _versions_known = all_terms(leave_out=document.code)
    terms.append(VersionTerms(document=document, starts=at, ends=None, accessions=tuple(accessions)))
    return compile_policy(load_catalogue(), terms, third_party_mode=_third_party_mode())


def _compile(epoch: Epoch) -> Policy:
    # Read after the epoch: what is newer than its number is compiled again at the next question.
    terms, versions = all_terms()
    policy = compile_policy(load_catalogue(), terms, epoch=epoch.number, third_party_mode=_third_party_mode())
    _versions_of[policy] = versions
    return policy


def _third_party_mode() -> str:
    # An installation without the setting keeps third parties out of the joint case (WGS art. 2.31(9)).
    mode: str = getattr(settings, "POLICY_THIRD_PARTY_MODE", "extract")
    return mode


def document_of(version: CovenantVersion) -> CovenantDocument:
    """The document of a stored version. Its lines are those of `version.text`, which is not read again."""
    return parsed(version.document)
