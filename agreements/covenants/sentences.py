"""A link of the reason chain as a sentence, and what would mend it. Rules as sentences are in wording.py.

Speaks about rules only: the same words whether or not a value exists.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from agreements.covenants.labels import AGENCY_TYPES, label, labels, listed
from agreements.policy.explain import Step
from agreements.policy.vocabulary import ANY


def sentence(step: Step) -> str:
    """What this link says, for the person who asked ("u"), in the language of this moment."""
    return _SENTENCES[step.kind](step)


def mend(step: Step) -> str:
    """What would have to change for a broken link to hold; a link that only another covenant can mend says so."""
    found = _MENDS.get(step.kind)
    text = found(step) if found else ""
    return text or _("Dit verandert alleen als partijen het convenant wijzigen.")


def party_name(token: str) -> str:
    """A party as people say it: the label of a type, or the code of one agency; "*" is everybody."""
    if token == ANY:
        return _("iedereen")
    return label("agency_type", token) if token in AGENCY_TYPES else token


def party_names(tokens: str) -> str:
    """Comma-separated tokens as a list of words."""
    return listed(party_name(token) for token in tokens.split(",") if token)


def _own(step: Step) -> str:
    if step.passed:
        return _("Dit komt van uw eigen organisatie; dat ziet u altijd.")
    return _("Dit komt van een andere organisatie; een convenant moet het u geven.")


def _party(step: Step) -> str:
    because = step.detail.get("because", "")
    words = {
        "covenant": step.covenant,
        "version": step.version,
        "source": step.detail.get("source", ""),
        "via": _delivery(step.detail.get("needs", "")),
    }
    texts = {
        "": _("Uw organisatie en de bron (%(source)s) zijn partij bij %(covenant)s, en dat is van kracht."),
        "case": _("De casus loopt niet onder %(covenant)s."),
        "in_force": _("%(covenant)s versie %(version)s is op dat moment niet van kracht."),
        "reader": _("Uw organisatie is geen partij bij %(covenant)s."),
        "third_party": _("Uw organisatie is derde bij %(covenant)s: u krijgt gegevens op maat en leest niet mee."),
        "delivery": "%(via)s",
        "break_glass": _("De noodinzage is voorbij, of geldt voor een ander artikel of een andere organisatie."),
        "carried": _("De bron gaf dit niet onder %(covenant)s."),
        "source": _("De bron (%(source)s) is geen partij bij %(covenant)s."),
    }
    return texts[because] % words


def _delivery(needs: str) -> str:
    texts = {
        "extract": _("Dit artikel werkt alleen als verstrekking op maat: een kopie die voor u is klaargezet."),
        "inbound": _("Dit artikel gaat over meldingen die een derde zelf doet."),
        "break_glass": _("Dit artikel geldt alleen bij noodinzage."),
    }
    return texts.get(needs, _("Dit artikel geldt voor wie in de casus leest, niet voor een verstrekking op maat."))


def _participation(step: Step) -> str:
    if not step.detail.get("needs"):
        return _("Dit artikel vraagt niet dat u deelneemt aan de casus.")
    return _("U neemt deel aan deze casus.") if step.passed else _("U neemt niet deel aan deze casus.")


def _purpose(step: Step) -> str:
    mine, asked = _words(step, "purpose", "is"), _words(step, "purpose", "needs")
    if step.passed:
        return _("U leest voor het doel %(mine)s, en dit artikel dient dat doel.") % {"mine": mine}
    if not mine:
        return _("U koos nog geen doel. Dit artikel geldt voor: %(asked)s.") % {"asked": asked}
    return _("U leest voor %(mine)s. Dit artikel geldt alleen voor: %(asked)s.") % {"mine": mine, "asked": asked}


def _phase(step: Step) -> str:
    words = {"mine": _words(step, "phase", "is") or _("geen fase"), "asked": _words(step, "phase", "needs")}
    if step.passed:
        return _("De casus is in de fase %(mine)s, en daarin geldt dit artikel.") % words
    return _("De casus is in de fase %(mine)s. Dit artikel geldt alleen in: %(asked)s.") % words


def _role(step: Step) -> str:
    words = {"mine": _words(step, "role", "is") or _("geen rol"), "asked": _words(step, "role", "needs")}
    if step.passed:
        return _("Uw rol is %(mine)s, en dit artikel geeft die rol toegang.") % words
    return _("Uw rol is %(mine)s. Dit artikel geeft alleen toegang aan: %(asked)s.") % words


def _recipient(step: Step) -> str:
    if step.passed:
        return _("Uw organisatie is ontvanger in dit artikel.")
    named, _dash, excepted = step.detail.get("needs", "").partition(" - ")
    if excepted:
        words = {"named": party_names(named), "excepted": party_names(excepted)}
        return _("Uw organisatie is geen ontvanger. Dat zijn: %(named)s, maar niet %(excepted)s.") % words
    return _("Uw organisatie is geen ontvanger. Dat zijn: %(named)s.") % {"named": party_names(named)}


def _case_kind(step: Step) -> str:
    words = {"mine": _words(step, "case_kind", "is"), "asked": _words(step, "case_kind", "needs")}
    if step.passed:
        return _("Dit artikel geldt voor deze soort casus (%(mine)s).") % words
    return _("Dit artikel geldt alleen voor casussen van de soort: %(asked)s.") % words


def _source(step: Step) -> str:
    words = {"source": step.detail.get("is", ""), "asked": party_names(step.detail.get("needs", ""))}
    if step.passed:
        return _("Dit artikel gaat over gegevens van deze bron (%(source)s).") % words
    return _("Dit artikel gaat over gegevens van %(asked)s, niet van %(source)s.") % words


def _condition(step: Step) -> str:
    groups = _groups(step)
    if not groups:
        return _("Dit artikel stelt verder geen voorwaarde.")
    if step.passed:
        return _("Aan de voorwaarde is voldaan: %(all)s.") % {"all": listed(map(_alternatives, groups))}
    return _("Een voorwaarde is niet vervuld: %(missing)s.") % {"missing": _missing(step)}


def _field(step: Step) -> str:
    if step.passed:
        return _("Dit artikel noemt het gegeven.")
    running = step.detail.get("is", "")
    if not running:
        return _("De casus loopt op dat moment onder geen convenant.")
    return _("Geen artikel van %(covenants)s noemt dit gegeven.") % {"covenants": listed(running.split(","))}


def _grade(step: Step) -> str:
    if step.passed:
        return _("Dit artikel maakt het gegeven zichtbaar.")
    return _("Dit artikel laat u alleen weten dat er iets bekend is, niet wat.")


def _prohibition(step: Step) -> str:
    if step.passed:
        return _("Geen verbod houdt het tegen.")
    reason = step.detail.get("reason", "")
    if reason:
        return _("Een verbod houdt het tegen: %(reason)s.") % {"reason": reason.rstrip(".")}
    return _("Een verbod houdt het tegen.")


def _hold(step: Step) -> str:
    if step.passed:
        return _("Er ligt geen blokkade op.")
    return _("Er ligt een blokkade op: uitstel, bezwaar of beperking.")


def _groups(step: Step) -> list[list[str]]:
    """Conditions as asked: every group must hold, by one of its members."""
    return [group.split("|") for group in step.detail.get("needs", "").split(",") if group]


def _alternatives(group: list[str]) -> str:
    return listed(labels("condition", group), last=_("of"))


def _missing(step: Step) -> str:
    satisfied = set(step.detail.get("is", "").split(","))
    return listed(_alternatives(group) for group in _groups(step) if satisfied.isdisjoint(group))


def _words(step: Step, register: str, key: str) -> str:
    """The codes under `key` as labels: "a, b en c"."""
    codes = [code for code in step.detail.get(key, "").split(",") if code]
    if ANY in codes:
        return _("alle")
    return listed(f"“{text}”" if register == "purpose" else text for text in labels(register, codes))


def _mend_party(step: Step) -> str:
    texts = {
        "in_force": _("Een getekende versie van %(covenant)s die op dat moment geldt."),
        "reader": _("Toetreding van uw organisatie tot %(covenant)s."),
        "source": _("Toetreding van de bron tot %(covenant)s."),
        "case": _("Een besluit van partijen om de casus ook onder %(covenant)s te behandelen."),
        "third_party": _("Een besluit van partijen om u dit op maat te verstrekken."),
        "delivery": _("Een besluit van partijen om u dit op maat te verstrekken.")
        if step.detail.get("needs") == "extract"
        else "",
    }
    return texts.get(step.detail.get("because", ""), "") % {"covenant": step.covenant}


def _mend_purpose(step: Step) -> str:
    asked = _words(step, "purpose", "needs")
    return _("Lezen voor het doel %(asked)s, als u daarvoor werkt.") % {"asked": asked}


_SENTENCES: dict[str, Callable[[Step], str]] = {
    "own": _own,
    "party": _party,
    "participation": _participation,
    "purpose": _purpose,
    "phase": _phase,
    "role": _role,
    "recipient": _recipient,
    "case_kind": _case_kind,
    "source": _source,
    "condition": _condition,
    "field": _field,
    "grade": _grade,
    "prohibition": _prohibition,
    "hold": _hold,
}
_MENDS: dict[str, Callable[[Step], str]] = {
    "party": _mend_party,
    "participation": lambda step: _("Deelname aan deze casus; vraag het de procesregisseur."),
    "purpose": _mend_purpose,
    "phase": lambda step: _("De fase %(asked)s.") % {"asked": _words(step, "phase", "needs")},
    "role": lambda step: _("De rol %(asked)s bij uw organisatie.") % {"asked": _words(step, "role", "needs")},
    "condition": lambda step: _("Vastleggen in de casus: %(missing)s.") % {"missing": _missing(step)},
    "hold": lambda step: _("De blokkade wordt opgeheven door wie haar legde."),
}
