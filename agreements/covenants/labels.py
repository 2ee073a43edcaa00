"""The words people read for the codes of a covenant: purposes, roles, phases, conditions and the rest.

Labels of fields are in the catalogue, labels of bases in bases.py. The upper floors use these too.
"""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.parties.rules import AgencyType, Role

Labels = Mapping[str, str | Promise]

PURPOSES: Labels = {
    "pga_youth": _("Persoonsgerichte aanpak jeugd en gezin"),
    "pga_adult": _("Persoonsgerichte aanpak volwassenen"),
    "prevent_eviction": _("Voorkomen van woningverlies"),
    "aftercare_detention": _("Nazorg na detentie"),
    "youth_school": _("Jeugd en school"),
    "youth_group": _("Aanpak van een jeugdgroep"),
    "area_safety": _("Veiligheid in de wijk"),
}
ROLES: Labels = dict(Role.choices)
AGENCY_TYPES: Labels = dict(AgencyType.choices)
CAPACITIES: Labels = {
    "controller": _("Verwerkingsverantwoordelijke"),
    "participant": _("Deelnemer"),
    "third_party": _("Derde"),
    "bureau": _("Bureau"),
}
PHASES: Labels = {
    "signal": _("Signaal"),
    "triage": _("Triage"),
    "meeting": _("Overleg"),
    "plan": _("Plan van aanpak"),
    "monitoring": _("Monitoring"),
    "aftercare": _("Nazorg"),
}
CASE_STATES: Labels = {
    "draft": _("Concept"),
    "open": _("Lopend"),
    "paused": _("Gepauzeerd"),
    "rejected": _("Afgewezen"),
    "closed": _("Gesloten"),
    "erased": _("Gewist"),
}
CASE_KINDS: Labels = {"person": _("Persoon"), "family": _("Gezin"), "area": _("Gebied")}
URGENCIES: Labels = {"acute": _("Acuut"), "high": _("Hoog"), "normal": _("Gewoon")}
CONDITIONS: Labels = {
    "involved": _("de lezer neemt deel aan de casus"),
    "explicit_consent": _("de betrokkene gaf uitdrukkelijk toestemming"),
    "good_care": _("goede hulpverlening vraagt erom, met een reden op schrift"),
    "legal_permission": _("een wet verplicht het of staat het toe"),
    "om_consent": _("de officier van justitie stemde in"),
    "source_consent": _("de bron stemde in"),
    "rac_tested": _("de rechtmatigheid is getoetst"),
    "secrecy_signed": _("de ontvanger tekende de geheimhouding"),
    "invited": _("partijen besloten deze derde uit te nodigen"),
    "minor": _("de betrokkene is jonger dan 18 jaar"),
    "acute_danger": _("er is acuut gevaar voor een leven"),
}
OBLIGATIONS: Labels = {
    "log": _("de inzage wordt vastgelegd"),
    "notify_source": _("de bron krijgt bericht"),
    "secrecy": _("de lezer houdt het geheim"),
    "watermark": _("het beeld draagt een watermerk"),
    "no_export": _("er mag geen kopie uit"),
    "feedback_yearly": _("de ontvanger meldt elk jaar of het nuttig was"),
    "inform_subject": _("de betrokkene wordt ingelicht"),
}
DELIVERIES: Labels = {
    "live": _("Inzage in de casus"),
    "extract": _("Verstrekking op maat"),
    "inbound": _("Melding door een derde"),
}
REGIMES: Labels = {
    "wgs_zvh": _("Wgs, Zorg- en Veiligheidshuis"),
    "wgs_riec": _("Wgs, RIEC"),
    "general": _("Algemeen"),
}
RENEWALS: Labels = {
    "new_signatures": _("Verlengen kan alleen als alle partijen opnieuw tekenen."),
}

REGISTERS: Mapping[str, Labels] = {
    "purpose": PURPOSES,
    "role": ROLES,
    "agency_type": AGENCY_TYPES,
    "capacity": CAPACITIES,
    "phase": PHASES,
    "case_state": CASE_STATES,
    "case_kind": CASE_KINDS,
    "urgency": URGENCIES,
    "condition": CONDITIONS,
    "obligation": OBLIGATIONS,
    "delivery": DELIVERIES,
    "regime": REGIMES,
    "renewal": RENEWALS,
}


def label(register: str, code: str) -> str:
    """The label of `code` in the language of this moment; a code without one is shown as words.

    register: a key of REGISTERS ("purpose", "role", …); KeyError for another.
    """
    found = REGISTERS[register].get(code)
    return code.replace("_", " ") if found is None else str(found)


def labels(register: str, codes: Iterable[str]) -> tuple[str, ...]:
    """`label` of each code, in their order."""
    return tuple(label(register, code) for code in codes)


def listed(words: Iterable[str], *, last: str = "") -> str:
    """Words as people write a list: "a, b en c". last: another word before the last ("of")."""
    found = [str(word) for word in words]
    if len(found) < 2:
        return "".join(found)
    return _now("%(most)s %(word)s %(last)s") % {
        "most": ", ".join(found[:-1]),
        "word": last or _now("en"),
        "last": found[-1],
    }
