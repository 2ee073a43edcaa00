"""How the states of pledges are called and coloured on pages, and lines of pledges for templates."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.pacts.models import PledgeKind
from programmes.pacts.queries import PledgeLine
from programmes.pacts.rules import Standing

STANDINGS: dict[str, Promise] = {
    Standing.PROMISED: _("Toegezegd"),
    Standing.ON_COURSE: _("Op koers"),
    Standing.LATE: _("Te laat"),
    Standing.KEPT: _("Nagekomen"),
    Standing.BROKEN: _("Niet nagekomen"),
}
TONES: dict[str, str] = {
    Standing.PROMISED: "",
    Standing.ON_COURSE: "info",
    Standing.LATE: "danger",
    Standing.KEPT: "ok",
    Standing.BROKEN: "warn",
}


def amount(number: Decimal) -> str:
    """A number for people, without decimals that say nothing."""
    whole = number == number.to_integral_value()
    return number_format(number, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True)


def for_page(line: PledgeLine) -> dict[str, Any]:
    """A pledge for a template. share: how much of it is delivered, in per cent, for the bar; None when not told."""
    told = line.delivered
    share = None if told is None or not line.standing else min(int(told * 100 / line.quantity), 100)
    few = _now("minder dan %(n)d") % {"n": settings.SMALL_NUMBER}
    return {
        "line": line, "kind": PledgeKind(line.kind).label, "tone": TONES.get(line.standing, ""),
        "standing": STANDINGS[line.standing] if line.standing else "", "quantity": amount(line.quantity),
        "delivered": few if told is None else amount(told), "share": share, "late": _late(line),
        "progress": [
            {"on": on, "delivered": few if number is None else amount(number), "words": words}
            for on, number, words in line.progress
        ],
    }  # fmt: skip


def _late(line: PledgeLine) -> str:
    if not line.days_late or line.standing == Standing.BROKEN:
        return ""
    n = line.days_late
    return ngettext("%(n)d dag te laat", "%(n)d dagen te laat", n) % {"n": n}
