"""Where an outcome of triage sends a case: a code or a number, never a name."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models import Agency
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import NotYourCase
from cases.triage.codes import Outcome
from cases.triage.commands.shared import reach
from cases.triage.parties import parties_of
from foundation.errors import Invalid

NETWORKS: dict[str, str | Promise] = {
    "safe_home": _("Veilig Thuis"),
    "riec": _("RIEC"),
    "wvggz_report": _("Melding Wvggz"),
    "care_table": _("Zorgtafel"),
    "neighbourhood": _("Wijkteam of buurtbemiddeling"),
}
"""Other networks that a report can go to (domain 4)."""


def one_agency(reading: Reading, number: str) -> list[Agency]:
    """The agencies that may do it alone: party to a covenant of the case, by name."""
    return list(parties_of(reading, reach(reading, number).covenant_codes))


def check_destination(reading: Reading, number: str, outcome: str, destination: str) -> str:
    """The destination as the column keeps it; "" for an outcome that has none. Raises Invalid."""
    destination = destination.strip()
    if outcome == Outcome.REFER:
        return _one_of(destination, set(NETWORKS))
    if outcome == Outcome.REFER_BACK:
        return _one_of(destination, {agency.code for agency in one_agency(reading, number)})
    if outcome == Outcome.DUPLICATE:
        return _other_case(reading, number, destination)
    return ""


def _one_of(destination: str, known: set[str]) -> str:
    if destination not in known:
        raise Invalid(_now("Kies waar het heen gaat."), field="destination", remedy=_now("Kies uit de lijst."))
    return destination


def _other_case(reading: Reading, number: str, destination: str) -> str:
    if destination and destination != number:
        try:
            return reach(reading, destination).number
        except NotYourCase:
            pass
    raise Invalid(
        _now("Deze casus kent u niet."), field="destination",
        remedy=_now("Vul het nummer in van een andere casus waaraan u deelneemt."),
    )  # fmt: skip
