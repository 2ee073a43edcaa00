"""The keys and plain values of a document outside its rules, as people say them. For differences."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.covenants.bases import basis_words
from agreements.covenants.labels import CASE_KINDS, PURPOSES, REGIMES, RENEWALS, listed
from agreements.covenants.sentences import party_name
from agreements.joining.notice import in_words
from agreements.policy.catalogue import load_catalogue

KEYS: Mapping[str, Promise] = {
    "absent_by_design": _("Met opzet afwezig"),
    "accession": _("Toetreding"),
    "acts_for": _("namens"),
    "authority_hours": _("uren tot de toezichthouder"),
    "basis": _("Grondslag"),
    "breach": _("Datalek"),
    "bureau": _("Bureau"),
    "case_kinds": _("Casussoort"),
    "closed_case": _("na sluiting"),
    "code": _("code"),
    "consent": _("instemming van"),
    "contact_point": _("Contactpunt voor betrokkenen"),
    "controller": _("verwerkingsverantwoordelijken"),
    "decision": _("Besluit (Wpg)"),
    "dpia": _("DPIA"),
    "from": _("van"),
    "max_from_first_processing": _("na de eerste verwerking"),
    "not_admitted": _("niet toegelaten"),
    "notice": _("termijn"),
    "participant": _("deelnemers"),
    "parties": _("Partijen"),
    "purposes": _("Doelen"),
    "rac_advice": _("advies van de rechtmatigheidscommissie"),
    "ref": _("kenmerk"),
    "regime": _("Regime"),
    "renewal": _("verlenging"),
    "report_to": _("melden bij"),
    "retention": _("Bewaren"),
    "review": _("herziening"),
    "review_months": _("evaluatie, in maanden"),
    "running_cases": _("lopende casussen"),
    "sets": _("Groep van gegevens"),
    "street_message": _("bericht van het straatteam"),
    "term": _("Looptijd"),
    "third_party": _("derden"),
    "title": _("Titel"),
    "until": _("tot en met"),
    "within_hours": _("binnen uren"),
    "withdrawal": _("Opzegging"),
}
_VALUES: Mapping[str, Promise] = {
    "all": _("alle partijen"),
    "contact_point": _("het contactpunt"),
    "controllers": _("alle verwerkingsverantwoordelijken"),
    "returned": _("gegevens gaan mee terug"),
    "until_closing": _("gegevens blijven tot de sluiting"),
}
_LABELS: Mapping[str, Any] = {**CASE_KINDS, **PURPOSES, **REGIMES, **RENEWALS, **_VALUES}
_DURATION = re.compile(r"P(\d+[YMWD])+")
_BASIS = re.compile(r"[A-Z]+-\d.*")


def key_words(key: str) -> str:
    """ "term.until" as "Looptijd, tot en met"."""
    block, _dot, name = key.partition(".")
    return ", ".join(str(KEYS.get(part, part.replace("_", " "))) for part in (block, name) if part)


def value_words(value: Any) -> str:
    """A plain value of a document as text; "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _now("ja") if value else _now("nee")
    if isinstance(value, Mapping):
        return "; ".join(f"{key_words(key)}: {value_words(part)}" for key, part in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return listed(value_words(item) for item in value)
    return _word(str(value))


def _word(word: str) -> str:
    field = load_catalogue().by_code.get(word)
    if field is not None:
        return field.label(get_language() or "nl")
    if word in _LABELS:
        return str(_LABELS[word])
    if _DURATION.fullmatch(word):
        return in_words(word)
    return basis_words(word) if _BASIS.fullmatch(word) else party_name(word)
