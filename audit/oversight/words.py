"""The words of the oversight: reasons, states, verdicts."""

from django.utils.translation import gettext_lazy as _

from audit.oversight.models import FindingState, Verdict
from audit.ports import Sort

REASONS = {
    "R1": _("De organisatie neemt deel"),
    "R2": _("Aangewezen voor de casus"),
    "R3": _("Heeft een open actie in de casus"),
    "R4": _("Overleg over de casus, hooguit 14 dagen ervoor of erna"),
    "R5": _("Bracht zelf iets in, of kreeg het aangereikt"),
    "R6": _("Vraagt een partner om informatie"),
    "R7": _("Houdt als teamleider toezicht"),
    "R8": _("Toezicht op het logboek"),
    "R9": _("Noodtoegang"),
    "U": _("Onverklaard"),
    "": _("Niet beoordeeld: van voor deze regels"),
}
STATES = {
    FindingState.OPEN: _("Open"),
    FindingState.EXPLAINED: _("Verklaring gekregen"),
    FindingState.ESCALATED: _("Gemeld bij de organisatie"),
    FindingState.CLOSED: _("Afgesloten"),
}
VERDICTS = {
    Verdict.JUSTIFIED: _("Terecht"),
    Verdict.UNJUSTIFIED: _("Niet terecht"),
    Verdict.NONE: "",
}
SORTS = {
    Sort.PERSON: _("Betrokkene"),
    Sort.CASE: _("Casus"),
    Sort.AGENCY: _("Organisatie"),
    Sort.READER: _("Lezer"),
}
SIGNED = {
    "verified": _("Getekend, en nagerekend"),
    "paper": _("Op papier getekend; hier niet na te rekenen"),
    "wrong": _("Past niet"),
    "exempt": _("Hoeft niet te tekenen"),
    "open": _("Niet getekend"),
}
