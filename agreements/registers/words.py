"""The words of the record of processing: data classes, kinds of people, terms of keeping, measures."""

from collections.abc import Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.covenants.labels import label
from agreements.joining.notice import in_words
from agreements.policy.catalogue import Field
from agreements.policy.document import CovenantDocument

DATA_CLASSES: dict[str, Promise] = {
    "o": _("gewone persoonsgegevens"),
    "s": _("bijzondere gegevens (AVG art. 9)"),
    "c": _("strafrechtelijke gegevens (AVG art. 10)"),
    "w8": _("politiegegevens (Wpg art. 8)"),
    "w9": _("politiegegevens (Wpg art. 9)"),
    "j": _("justitiële gegevens (Wjsg)"),
    "m": _("gegevens onder medisch beroepsgeheim"),
    "y": _("gegevens onder jeugdhulpgeheim"),
    "n": _("geen persoonsgegevens"),
}
"""The classes of the catalogue; a test holds the list to be complete."""

RETENTION: dict[str, Promise] = {
    "max_from_first_processing": _("ten langste, vanaf de eerste verwerking"),
    "closed_case": _("na sluiting van de casus"),
    "not_admitted": _("wat niet wordt toegelaten"),
    "renewal": _("verlenging, telkens"),
    "street_message": _("bericht van het straatteam"),
}

ALWAYS: tuple[Promise, ...] = (
    _("Toegang wordt per gegeven bepaald, naar doel, fase, rol en organisatie. Wat niet mag, wordt niet getoond."),
    _("Elke inzage wordt vastgelegd voordat zij wordt getoond. De vastlegging is niet te wijzigen of te wissen."),
)
"""What the program does under every covenant."""


def subjects_of(document: CovenantDocument, fields: Iterable[Field]) -> Iterator[str]:
    """The kinds of people that the flowing fields are about."""
    given = [field for field in fields if field.data_class != "n"]
    if not given:
        yield str(_("Geen: de gegevens gaan over een gebied."))
        return
    kinds = document.case_kinds
    if not kinds or "person" in kinds or "family" in kinds:
        yield str(_("Personen over wie een casus gaat"))
    if not kinds or "family" in kinds:
        yield str(_("Gezinsleden, ieder met een eigen dossier"))
    if any(field.wgs_category == "rel" or field.type == "person" for field in given):
        yield str(_("Mensen uit hun directe kring"))
    if any("minor" in group for group in _conditions(document)):
        yield str(_("Minderjarigen"))
    if any(field.wgs_category == "stf" for field in given):
        yield str(_("Medewerkers van partijen"))


def retention_of(document: CovenantDocument) -> Iterator[tuple[str, str, str]]:
    """What the covenant says about keeping: (what, how long, article)."""
    for article in document.articles:
        if article.retention is None:
            continue
        for key, words in RETENTION.items():
            if duration := getattr(article.retention, key):
                yield str(words), in_words(duration), article.article


def measures_of(document: CovenantDocument) -> Iterator[tuple[str, str]]:
    """Measures of security, with the articles that ask for them ("" for what always holds)."""
    asked: dict[str, list[str]] = {}
    for _kind, _path, _article, rule in document.placed_rules():
        for code in getattr(rule, "obligations", ()):
            asked.setdefault(code, []).append(rule.id)
    for words in ALWAYS:
        yield str(words), ""
    for code, numbers in asked.items():
        yield label("obligation", code), ", ".join(numbers)
    for article in document.articles:
        if article.breach is not None:
            said = _("Een datalek wordt binnen %(n)d uur gemeld.") % {"n": article.breach.within_hours}
            yield str(said), article.article


def _conditions(document: CovenantDocument) -> Iterator[tuple[str, ...]]:
    for _kind, _path, _article, rule in document.placed_rules():
        yield from getattr(rule, "conditions", ())
