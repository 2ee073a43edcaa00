"""What cases tell the journal's reader: names for references, and what a typed text stands for. No facts."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from audit import ports
from audit.ports import Sort, Supply, Visitor
from cases.disclosure.reasons import explain
from cases.records.history import contents_of
from cases.records.models import Case, CaseSubject

CASE, SUBJECT = "case:", "subject:"

EVENT_TYPES = {
    "case.list": _("Werkvoorraad bekeken"),
    "case.read": _("Casus gelezen"),
    "case.previewed": _("Casus bekeken als een ander"),
    "case.timeline": _("Tijdlijn gelezen"),
    "case.participants": _("Deelnemers bekeken"),
    "case.refused": _("Casus geweigerd"),
    "case.loaded": _("Casus ingelezen"),
    "case.removed": _("Oefencasus weggehaald"),
    "case.emptied": _("Oefencasus leeggemaakt"),
    "caseload.generated": _("Oefencasussen gemaakt"),
    "contribution.added": _("Bijdrage toegevoegd"),
    "contribution.repeated": _("Bijdrage nogmaals verzonden"),
    "contribution.corrected": _("Bijdrage gecorrigeerd"),
    "contribution.withdrawn": _("Bijdrage ingetrokken"),
    "contribution.form": _("Bijdrageformulier geopend"),
    "contribution.opened": _("Eigen bijdrage geopend"),
    "contribution.withdrawal": _("Intrekking geopend"),
    "contribution.history": _("Versies gelezen"),
    "extract.opened": _("Verstrekking geopend"),
    "purpose.asked": _("Doelen bekeken"),
    "purpose.declared": _("Doel gekozen"),
    "rule.explained": _("Waarom gevraagd"),
    "rule.sheet": _("Regelblad bekeken"),
}


def labels_of(references: Iterable[str]) -> dict[str, str]:
    """Case numbers for case references; persons concerned get no name here, only a short mark."""
    asked = list(references)
    uids = [ref.removeprefix(CASE) for ref in asked if ref.startswith(CASE)]
    numbers = {f"{CASE}{uid}": number for uid, number in Case.objects.filter(uid__in=uids).values_list("uid", "number")}
    marks = {ref: ref.removeprefix(SUBJECT)[:8] for ref in asked if ref.startswith(SUBJECT)}
    return numbers | marks


def find_case(text: str, visitor: Visitor) -> tuple[str, ...]:
    """The case with this number, or the one of a whole reference, which may be erased by now."""
    found = tuple(f"{CASE}{uid}" for uid in Case.objects.filter(number__iexact=text).values_list("uid", flat=True)[:1])
    return found or _by_reference(text, CASE)


def find_person(text: str, visitor: Visitor) -> tuple[str, ...]:
    """The persons of a case number, or one person by the whole of their reference."""
    places = CaseSubject.objects.filter(case__number__iexact=text)
    found = tuple(f"{SUBJECT}{uid}" for uid in places.values_list("subject__uid", flat=True))
    return found or _by_reference(text, SUBJECT)


def _by_reference(text: str, kind: str) -> tuple[str, ...]:
    try:
        return (f"{kind}{UUID(text.removeprefix(kind))}",)
    except ValueError:
        return ()


def fill_ports() -> None:
    """Hand the journal what cases know."""
    ports.supply(
        "cases",
        Supply(
            labels_of=labels_of,
            find={Sort.CASE: find_case, Sort.PERSON: find_person},
            event_types=EVENT_TYPES,
            explain=explain,
            versions=contents_of,
        ),
    )
