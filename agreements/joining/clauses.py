"""What a covenant says about its own course, in sentences with their article; also what it leaves unsaid."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.covenants.labels import label
from agreements.joining.answers import Clause
from agreements.joining.notice import in_words, notice_of
from agreements.policy.document import CovenantDocument


def clauses_of(document: CovenantDocument) -> tuple[Clause, ...]:
    """Accession, withdrawal, term: each with the article that says it."""
    return (_accession(document), *_withdrawal(document), *_term(document))


def accession_article(document: CovenantDocument) -> str:
    """The article about accession; "" when there is none."""
    return next((item.article for item in document.articles if item.accession), "")


def withdrawal_article(document: CovenantDocument) -> str:
    """The article about withdrawal; "" when there is none."""
    return next((item.article for item in document.articles if item.withdrawal), "")


def parties_article(document: CovenantDocument) -> str:
    """The article whose heading says that it is about the parties; "" when there is none."""
    return next((item.article for item in document.articles if "partij" in item.title.lower()), "")


def _accession(document: CovenantDocument) -> Clause:
    joining, article = document.joining, accession_article(document)
    if joining.consent == "all":
        said = _("Wie wil toetreden, heeft de instemming van alle partijen nodig.")
    else:
        said = _("Wie wil toetreden, heeft de instemming van alle verwerkingsverantwoordelijken nodig.")
    if joining.rac_advice:
        said += " " + _("Daarbij hoort een advies van de rechtmatigheidscommissie.")
    return Clause(sentence=said if article else _unsaid(said), article=article)


def _withdrawal(document: CovenantDocument) -> Iterator[Clause]:
    article = withdrawal_article(document)
    notice = _("De opzegtermijn is %(notice)s.") % {"notice": in_words(notice_of(document))}
    yield Clause(sentence=notice if article else _unsaid(notice), article=article)
    if document.withdrawal is not None and document.withdrawal.running_cases == "returned":
        stays = _("Wat een partij inbracht, gaat terug op de dag dat zij vertrekt: anderen lezen het dan niet meer.")
    else:
        stays = _("Wat een partij inbracht, blijft in lopende casussen leesbaar tot die sluiten.")
    yield Clause(sentence=stays if article else _unsaid(stays), article=article)


def _term(document: CovenantDocument) -> Iterator[Clause]:
    if document.term.renewal:
        yield Clause(sentence=label("renewal", document.term.renewal), article="")
    months = document.term.review_months
    if months:
        said = ngettext(
            "De partijen evalueren elke maand.", "De partijen evalueren elke %(n)d maanden.", months
        )  # fmt: skip
        yield Clause(sentence=said % {"n": months}, article="")


def _unsaid(said: str) -> str:
    return _("%(said)s Het convenant zegt hier niets over; dit is wat dan geldt.") % {"said": said}
