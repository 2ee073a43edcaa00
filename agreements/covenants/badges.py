"""The badges of a covenant: what a version is now, what waits for signatures, what ends soon. Words only."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.covenants.answers import CovenantLine, CovenantPage, DpiaLine, VersionLine

Badge = dict[str, Any]

_TONES = {
    "in_force": "ok",
    "suspended": "danger",
    "for_signature": "warn",
    "scheduled": "info",
    "consultation": "info",
}
_ICONS = {
    "in_force": "circle-check",
    "suspended": "ban",
    "for_signature": "signature",
    "scheduled": "clock",
}


def version_badge(line: VersionLine) -> Badge:
    """ "Versie 2: Van kracht"."""
    words = _("Versie %(n)d: %(standing)s") % {"n": line.number, "standing": line.standing_label}
    return {"label": words, "tone": _TONES.get(line.standing, ""), "icon": _ICONS.get(line.standing, "history")}


def badges_of(found: CovenantLine | CovenantPage) -> list[Badge]:
    """The badge of the version shown, then what else asks for attention."""
    signing = found.signing
    made = [version_badge(found.version)]
    if signing is not None:
        words = {"number": signing.number, "n": signing.n_signed, "all": signing.n_places}
        if signing.number == found.version.number:
            made[0]["label"] += ", " + _("%(n)d van %(all)d") % words
        else:
            said = _("Versie %(number)d in ondertekening, %(n)d van %(all)d") % words
            made.append({"label": said, "tone": "warn", "icon": "signature"})
    if found.days_left is not None:
        ends = ngettext("Eindigt over %(n)d dag", "Eindigt over %(n)d dagen", found.days_left) % {"n": found.days_left}
        made.append({"label": ends if found.days_left else _("Laatste dag vandaag"), "tone": "warn", "icon": "clock"})
    return made


def term_words(line: VersionLine) -> str:
    """ "1 januari 2026 tot en met 31 december 2027", or "vanaf …" without an end."""
    first = date_format(line.first_day, "j F Y")
    if line.last_day is None:
        return _("vanaf %(first)s") % {"first": first}
    return _("%(first)s tot en met %(last)s") % {"first": first, "last": date_format(line.last_day, "j F Y")}


def dpia_words(line: DpiaLine) -> str:
    """When the assessment must be looked at again, or how late that is; "" while it is far away."""
    day = date_format(line.review, "j F Y")
    if line.state == "overdue":
        said = ngettext(
            "De herziening van de DPIA was op %(day)s: %(n)d dag te laat.",
            "De herziening van de DPIA was op %(day)s: %(n)d dagen te laat.",
            line.days_late,
        )
        return said % {"day": day, "n": line.days_late}
    if line.state == "near":
        said = ngettext(
            "De DPIA moet over %(n)d dag worden herzien, op %(day)s.",
            "De DPIA moet over %(n)d dagen worden herzien, op %(day)s.",
            line.days,
        )
        return said % {"day": day, "n": line.days}
    return ""
