"""What each of the four filters shows, and what is held meanwhile, as data. Source: domain 4; BGS art. 2.20."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.policy.catalogue import Catalogue, Field

INTAKE, KNOWN, WEIGH, OPEN = 1, 2, 3, 4
FILTERS = (INTAKE, KNOWN, WEIGH, OPEN)
LABELS: dict[int, str | Promise] = {
    INTAKE: _("Melding"), KNOWN: _("Bekend of niet"), WEIGH: _("Wegen"), OPEN: _("Openen"),
}  # fmt: skip
QUESTIONS: dict[int, str | Promise] = {
    INTAKE: _("Is de melding volledig en juist?"),
    KNOWN: _("Loopt er al iets bij een van ons?"),
    WEIGH: _("Zijn de vier criteria vervuld, en hielp iets lichters niet?"),
    OPEN: _("Wie opent de casus, en waarom?"),
}

_REPORT = ("signal_summary", "signal_domain", "signal_reliability")
_LINES = ("problem_domains", "police_contacts_12m", "police_nuisance_reports")
_WHO = frozenset({"identity", "address", "household"})
_WHO_FIELDS = frozenset({"signal_person", "signal_place"})
_OF_THE_REPORTER = "reporter_contact"


def shown_at(catalogue: Catalogue, filter_: int) -> int:
    """The mask of the fields that the screen of this filter shows, as far as the covenants grant them."""
    if filter_ < WEIGH:
        return catalogue.mask(_REPORT)
    if filter_ == WEIGH:
        return catalogue.mask([*_REPORT, *_LINES])
    who = [item.code for item in catalogue.fields if _says_who(item)]
    return catalogue.mask([*_REPORT, *_LINES, *who])


def held_at(catalogue: Catalogue, filter_: int) -> int:
    """The mask of the fields that are held from everybody but their source until the next filter.

    All but what the filter shows. Words of the work itself (a judgement, a position) name nobody and stay.
    """
    if filter_ == OPEN:
        return 0
    person = [item.code for item in catalogue.fields if _of_a_person(item)]
    return catalogue.mask(person) & ~shown_at(catalogue, filter_)


def _says_who(item: Field) -> bool:
    return item.section in _WHO or item.code in _WHO_FIELDS


def _of_a_person(item: Field) -> bool:
    if item.code == _OF_THE_REPORTER or item.data_class == "n":
        return False
    return item.entry == "contribution" or item.code in _WHO_FIELDS


CRITERIA: dict[str, str | Promise] = {
    "a": _("Er zijn problemen bij de betrokkene, of in het gezin, die voor de betrokkene van belang zijn."),
    "b": _("Die problemen liggen op meer dan één leefgebied, met factoren die criminaliteit in de hand werken."),
    "c": _(
        "Zij leiden, of leiden volgens duidelijke en objectieve aanwijzingen binnenkort, tot ernstige overlast, "
        "criminaliteit of onveiligheid."
    ),
    "d": _("Alleen een aanpak van partners uit meer domeinen samen kan werken."),
}
"""Published text of BGS art. 2.20(1)(a)-(d). Family ties, age or postcode alone never count."""

_BANDS: tuple[tuple[int, str | Promise], ...] = (
    (12, _("jonger dan 12")), (18, _("12 tot 18 jaar")), (23, _("18 tot 23 jaar")), (45, _("23 tot 45 jaar")),
    (65, _("45 tot 65 jaar")),
)  # fmt: skip


def age_band(born_on: date | None, day: date) -> str:
    """The band that somebody's age falls in; "" when it is not known. Never the age itself."""
    if born_on is None:
        return ""
    age = day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
    return str(next((label for limit, label in _BANDS if age < limit), _("65 jaar of ouder")))
