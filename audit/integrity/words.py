"""How the page says what the log's state is: ages, outcomes, kinds of flaws."""

import math
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.sealing.models import FlawKind
from audit.sealing.state import State, Witness
from audit.witness.client import Outcome
from foundation import clock

FLAWS: dict[str, Promise] = {
    FlawKind.HASH: gettext_lazy("de hash van een regel is niet die van zijn inhoud"),
    FlawKind.MAC: gettext_lazy("een regel is gewijzigd, of ingevoegd door wie de sleutel niet heeft"),
    FlawKind.MISSING: gettext_lazy("regels zijn weggehaald voordat zij verzegeld waren"),
    FlawKind.REPEATED: gettext_lazy("een volgnummer kwam tweemaal, of in de verkeerde volgorde"),
    FlawKind.UNMARKED: gettext_lazy("een regel kwam buiten Verbond om in het logboek"),
    FlawKind.TIP: gettext_lazy("wat de verzegelaar onthield, is veranderd"),
    FlawKind.CLOCK: gettext_lazy("de klok ging terug"),
    FlawKind.SIGNER: gettext_lazy("de ondertekenaar weigerde: wat hij eerder ondertekende, is veranderd"),
    FlawKind.WITNESS: gettext_lazy("een getuige zag een andere geschiedenis, of een langere"),
}


OUTCOMES: dict[str, Promise] = {
    Outcome.UNREACHABLE.value: gettext_lazy("niet bereikbaar"),
    Outcome.AHEAD.value: gettext_lazy("zag een langer logboek"),
    Outcome.SPLIT.value: gettext_lazy("zag een andere geschiedenis"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessShown:
    """A witness with its age in words ("40 s"), or "" when it never cosigned; why: what is wrong, or ""."""

    witness: Witness
    age: str
    why: str


def witnesses(state: State) -> list[WitnessShown]:
    """Every witness as the page shows it."""
    return [
        WitnessShown(witness=one, age="" if one.age is None else duration(one.age), why=_why(one))
        for one in state.witnesses
    ]


def _why(one: Witness) -> str:
    if one.present:
        return ""
    if not one.trusted:
        return _("staat niet meer in het beleid")
    if one.outcome == Outcome.REFUSED.value:
        return _("weigerde: %(reason)s") % {"reason": one.reason}
    if one.outcome in OUTCOMES:
        return str(OUTCOMES[one.outcome])
    return _("wordt niet meer gevraagd") if one.age is not None else _("tekende nog nooit")


def lag(state: State) -> str:
    """How far sealing is behind, in words."""
    return _("verzegelen kan niet") if math.isinf(state.lag.seconds) else duration(state.lag.seconds)


def age_of(moment: datetime) -> str:
    """How long ago a moment was, in words."""
    return duration(max(0.0, (clock.now() - moment).total_seconds()))


def duration(seconds: float) -> str:
    """A length of time in its largest unit: "0 s", "3 min", "3 u", "2 d"."""
    whole = int(seconds)
    for length, unit in ((86_400, _("d")), (3_600, _("u")), (60, _("min"))):
        if whole >= 2 * length or (length == 3_600 and whole >= length):
            return f"{whole // length} {unit}"
    return f"{whole} s"
