"""How prosecution in a programme is called on pages: phases, half-years, weeks, and how a measure stands."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.justice.queries import FollowUpLine
from programmes.justice.rules import Phase

PHASES: dict[Phase, Promise] = {Phase.COMING: _("Komt eraan"), Phase.NOW: _("Geldt nu"), Phase.PAST: _("Voorbij")}
PHASE_TONES: dict[Phase, str] = {Phase.COMING: "info", Phase.NOW: "ok", Phase.PAST: ""}


def half_year(year: int, half: int) -> str:
    """A half-year for people."""
    return _now("%(year)d, 1e helft") % {"year": year} if half == 1 else _now("%(year)d, 2e helft") % {"year": year}


def weeks(n: int | None) -> str:
    """A number of weeks; what is about too few is said to be."""
    if n is None:
        return _now("te weinig zaken om te tonen")
    return ngettext("%(n)d week", "%(n)d weken", n) % {"n": n}


def follow_up_for_page(line: FollowUpLine) -> dict[str, Any]:
    """A follow-up for a template, with its newest measure beside the norm."""
    newest = next((one for one in reversed(line.measured) if one[2] is not None), None)
    tone, standing = "", _now("nog niet te zeggen")
    if newest is not None:
        reached = (newest[2] or 0) >= line.norm
        tone, said = (
            ("ok", _now("norm gehaald in %(when)s")) if reached else ("warn", _now("norm niet gehaald in %(when)s"))
        )
        standing = said % {"when": half_year(newest[0], newest[1])}
    few = _now("te weinig mensen om te tonen")
    return {
        "line": line, "tone": tone, "standing": standing,
        "rows": [
            {"when": half_year(year, half), "share": few if share is None else f"{share}%"}
            for year, half, share in reversed(line.measured)
        ],
    }  # fmt: skip
