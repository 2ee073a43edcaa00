"""For who oversees reads: an article as the journal named it, its version, and its signatures, checked on the spot."""

import re
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.covenants.in_force import document_of
from agreements.covenants.models import CovenantVersion, Signature
from agreements.covenants.queries import articles_in_words, version_line
from agreements.covenants.rules import Standing, State, standing
from agreements.policy.document import CovenantDocument
from agreements.signing.certificates import read_certificate
from agreements.signing.keys import root_pem
from agreements.signing.signatures_file import places_of, signatures_json
from agreements.signing.verify_signatures import Inside, check_document, check_place, read_signatures
from audit import ports
from audit.ports import Article, Signed

_NAMED = re.compile(r"(?P<code>.+) v(?P<number>[0-9]{1,6}) art\. (?P<article>.+)")
"""How cases.disclosure writes an article into the journal: "PGA-MD v2 art. 6.1"."""


def supply_articles() -> None:
    """Hand the oversight what this room knows; called once, from AppConfig.ready."""
    ports.supply("agreements.signing.grounds", ports.Supply(article_of=article_of))


def article_of(reference: str, at: datetime) -> Article | None:
    """The article, in the language of this moment, with what its version was at `at`; None when there is none such."""
    named = _NAMED.fullmatch(reference)
    if named is None or "\0" in reference:
        return None
    found = CovenantVersion.objects.filter(covenant__code=named["code"], number=int(named["number"]))
    version = found.select_related("covenant").first()
    if version is None:
        return None
    document = document_of(version)
    words = _words(document, named["article"])
    if words is None:
        return None
    title, text, sentence, basis = words
    then = _standing(version, at)
    line = version_line(version, then)
    return Article(
        ref=reference, covenant=document.title, version=version.number, title=title, text=text, sentence=sentence,
        basis=basis, standing=line.standing_label, in_force=then is Standing.IN_FORCE, first_day=line.first_day,
        last_day=line.last_day, sha256=version.sha256, signatures=_signatures(version),
    )  # fmt: skip


def _words(document: CovenantDocument, number: str) -> tuple[str, str, str, str] | None:
    """Title and text of an article, or of the one in which a rule of this number stands, with the rule's sentence."""
    for article in articles_in_words(document):
        if article.number == number:
            return article.title, article.text, "", article.basis
        for rule in article.rules:
            if rule.number == number:
                return article.title, article.text, rule.text or rule.sentence, article.basis
    return None


def _standing(version: CovenantVersion, at: datetime) -> Standing:
    covenant = version.covenant
    return standing(
        state=version.state,
        term=(version.starts, version.ends),
        suspensions=[(row.starts, row.ends) for row in covenant.suspensions.all()],
        has_successor=version.ends is not None
        and covenant.versions.filter(state=State.AGREED, starts=version.ends).exists(),
        at=at,
        ended_at=covenant.ended_at,
    )


def _signatures(version: CovenantVersion) -> tuple[Signed, ...]:
    """Every place under the version, each held against its document and certificate now."""
    places = places_of(version)
    document, _lines = check_document(version.document.encode())
    signatures, _more = read_signatures(signatures_json(version, places))
    if document is None or signatures is None:
        return tuple(_signed(row, "wrong", _("Het document of zijn handtekeningen zijn onleesbaar.")) for row in places)
    inside = Inside(document=document, sha256=version.sha256, signatures=signatures)
    pem = root_pem()
    root = read_certificate(pem) if pem else None
    by_code = {place.agency: place for place in signatures.places}
    found = []
    for row in places:
        lines = list(check_place(by_code[row.agency.code], inside, root=root, allow_paper=True))
        worst = next((line for line in lines if line.state == "wrong"), lines[-1])
        found.append(_signed(row, _state(row, worst.state), worst.sentence))
    return tuple(found)


def _state(row: Signature, checked: str) -> str:
    if checked == "wrong":
        return "wrong" if row.signed_on else "open"
    if row.jws:
        return "verified"
    return "paper" if row.signed_on else "exempt"


def _signed(row: Signature, state: str, said: str) -> Signed:
    return Signed(
        agency=row.agency.name_in(get_language() or "nl"), signatory=row.signatory, state=state, said=said,
        at=row.signed_at, day=row.signed_on,
    )  # fmt: skip
