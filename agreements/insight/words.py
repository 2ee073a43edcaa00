"""The words of the matrix, of trying and of differences. The words of rules are in agreements.covenants.wording."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.covenants.labels import label, labels, listed
from agreements.policy.explain import Step
from agreements.policy.matrix import Letter
from agreements.policy.vocabulary import ANY

LETTERS: dict[Letter, Promise] = {
    Letter.ALL: _("volledig"),
    Letter.SOME: _("een deel"),
    Letter.ANNOUNCED: _("bekend, ja of nee"),
    Letter.CONDITION: _("onder voorwaarde"),
    Letter.FORBIDDEN: _("verboden"),
    Letter.SILENT: _("niet te zien, ook niet of het er is"),
    Letter.OWN: _("eigen bron"),
}
FIELD_LETTERS: dict[Letter, Promise] = LETTERS | {
    Letter.ALL: _("zichtbaar"),
    Letter.ANNOUNCED: _("alleen dat het er is"),
    Letter.CONDITION: _("zichtbaar onder een voorwaarde"),
    Letter.SILENT: _("niet te zien"),
}
"""The same letters for one field."""

PATTERNS: dict[Letter, str] = {
    Letter.ALL: "V",
    Letter.SOME: "S",
    Letter.ANNOUNCED: "B",
    Letter.CONDITION: "T",
    Letter.FORBIDDEN: "n",
    Letter.SILENT: "o",
    Letter.OWN: "E",
}
"""The class of covenant.css that draws a letter."""

GIVING = frozenset({Letter.ALL, Letter.SOME, Letter.ANNOUNCED, Letter.CONDITION})


def why_not(step: Step) -> str:
    """Why a rule does not reach the reader who is tried out, told about them and not to them."""
    asked = _codes(step, "needs")
    texts = {
        "party": _now("Deze organisatie of de bron is hier geen partij die dit krijgt of geeft."),
        "participation": _now("Geldt alleen voor wie deelneemt aan de casus."),
        "purpose": _now("Geldt alleen voor het doel %(asked)s."),
        "phase": _now("Geldt alleen in de fase %(asked)s."),
        "role": _now("Geldt alleen voor de rol %(asked)s."),
        "recipient": _now("Deze organisatie is geen ontvanger."),
        "case_kind": _now("Geldt alleen voor een casus van de soort %(asked)s."),
        "source": _now("Geldt niet voor deze bron."),
        "condition": _now("Vraagt een voorwaarde die hier niet is aangevinkt: %(asked)s."),
        "field": _now("Geen artikel noemt dit gegeven."),
        "grade": _now("Dit artikel zegt alleen dat er iets bekend is."),
        "prohibition": _now("Een verbod houdt het tegen: %(reason)s."),
    }
    if step.kind == "party" and step.detail.get("because") in ("delivery", "third_party"):
        return _now("Alleen als verstrekking op maat, niet door mee te lezen.")
    words = {"asked": asked, "reason": step.detail.get("reason", "").rstrip(".") or _now("zie het artikel")}
    return texts.get(step.kind, "") % words


def _codes(step: Step, key: str) -> str:
    text = step.detail.get(key, "")
    if step.kind == "condition":
        met = set(step.detail.get("is", "").split(","))
        groups = [group.split("|") for group in text.split(",") if group and met.isdisjoint(group.split("|"))]
        return listed(listed(labels("condition", group), last=_now("of")) for group in groups)
    codes = [code for code in text.split(",") if code]
    if step.kind not in ("purpose", "phase", "role", "case_kind") or ANY in codes:
        return ""
    return listed((label(step.kind, code) for code in codes), last=_now("of"))
