"""What the director chooses from when a case is opened: covenants, purposes, reasons, people. Changes nothing."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agreements.covenants.in_force import purposes_for
from agreements.covenants.labels import label
from agreements.covenants.standing import covenants_of_party
from agreements.parties.models import Agency, Membership
from agreements.parties.reader import current_memberships
from agreements.policy.document import CovenantDocument
from agreements.policy.vocabulary import CASE_KINDS
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.records.models import Case, Participation
from cases.triage.parties import CONTROLLER, THIRD, capacities, open_participations, parties_of
from cases.triage.terms import documents

REASONS: dict[str, str | Promise] = {
    "directs": _("Voert de regie."),
    "knows": _("Kent de betrokkene of het gezin."),
    "task": _("Heeft een taak in de aanpak."),
    "care": _("Geeft zorg of hulp."),
    "order": _("Treedt op in strafrecht of openbare orde."),
    "reports": _("Meldde, en hoort wat ermee gebeurt."),
}
"""Why an agency takes part: a choice and no typed text, since the column is no sealed one."""


def in_dutch(words: str | Promise) -> str:
    """Words of the interface as they are stored, whatever the reader's language."""
    with override("nl"):
        return str(words)


def covenants_for(reading: Reading, case: Case) -> tuple[str, ...]:
    """The codes of the covenants in force that name this kind of case, with the reader's agency a party.

    A pact of a programme has no rules: no case is carried by it.
    """
    every = frozenset(reading.policy.index.versions)
    mine = covenants_of_party(reading.policy, agency=reading.agency, covenants=every, at=reading.at)
    found = documents(reading.policy, mine, at=reading.at)
    ruling = (document for document in found if any(True for _rule in document.placed_rules()))
    return tuple(document.code for document in ruling if case.kind in kinds_of(document))


def kinds_of(document: CovenantDocument) -> frozenset[str]:
    """The kinds of case a covenant speaks of; all of them when it names none."""
    named = frozenset(kind for article in document.articles for kind in article.case_kinds)
    return named or frozenset(CASE_KINDS)


def purposes_under(reading: Reading, covenants: frozenset[str]) -> list[tuple[str, str]]:
    """The purposes (code, label) that these covenants give to the reader now, each once."""
    options = purposes_for(
        reading.policy, agency=reading.agency, roles=reading.visit.roles, covenants=covenants, at=reading.at
    )
    return list({option.code: option.label for option in options}.items())


def mode_of(held: tuple[str, ...]) -> str:
    """How an agency with these capacities takes part: a third party gets extracts (WGS art. 2.31(9))."""
    return Participation.Mode.EXTRACT if set(held) == {THIRD} else Participation.Mode.LIVE


def directors(reading: Reading, covenants: frozenset[str]) -> list[Membership]:
    """Who may be case manager: case directors, and professionals of controllers under these covenants; by name."""
    found = []
    for membership in current_memberships().order_by("professional__name", "pk"):
        agency, roles = membership.agency, set(membership.roles)
        held = capacities(reading, covenants, agency.code, agency.type)
        if held and ("case_director" in roles or (CONTROLLER in held and "professional" in roles)):
            found.append(membership)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningChoices:
    """What the form of opening offers, and how it begins: as triage ran, so that only the grounds are typed.

    agencies: code, name, type of every party; participants: agency code → reason, of who takes part now.
    standings: agency code → (covenant, capacities in words) under each covenant, since a covenant more can also take
    away: where an agency is a third party it reads nothing of what that covenant carries.
    """

    purposes: tuple[tuple[str, str], ...]
    covenants: tuple[str, ...]
    agencies: tuple[tuple[str, str, str], ...]
    directors: tuple[tuple[str, str], ...]
    participants: dict[str, str]
    standings: dict[str, tuple[tuple[str, str], ...]]
    initial: dict[str, Any]


def opening_choices(reading: Reading, number: str) -> OpeningChoices:
    """The choices for the case `number`. Raises NotYourCase (journalled)."""
    case = case_for(reading, number).case
    covenants = frozenset(covenants_for(reading, case))
    taking = [row.agency for row in open_participations(reading, case)]
    parties = parties_of(reading, covenants)
    return OpeningChoices(
        purposes=tuple(purposes_under(reading, covenants)),
        covenants=tuple(sorted(covenants)),
        agencies=tuple(
            (agency.code, agency.name, agency.type)
            # Who takes part now first: those are mostly kept.
            for agency in sorted(parties, key=lambda agency: agency not in taking)
        ),
        directors=tuple(
            (str(found.professional.uuid), f"{found.professional.name}, {found.agency.name}")
            for found in directors(reading, covenants)
        ),
        participants={agency.code: "directs" if agency.is_bureau else "knows" for agency in taking},
        standings={agency.code: _standings(reading, covenants, agency) for agency in parties},
        initial={
            "purpose": case.purpose, "covenants": sorted(case.covenant_codes), "lead": case.lead.code,
            "director": reading.visit.professional_uuid, "legal_basis": _basis(reading, case),
        },
    )  # fmt: skip


def _standings(reading: Reading, covenants: frozenset[str], agency: Agency) -> tuple[tuple[str, str], ...]:
    found = []
    for code in sorted(covenants):
        held = capacities(reading, frozenset({code}), agency.code, agency.type)
        if held:
            found.append((code, ", ".join(label("capacity", one) for one in held)))
    return tuple(found)


def _basis(reading: Reading, case: Case) -> str:
    """What a case under these covenants usually rests on; the director changes it where it is otherwise."""
    regimes = {document.regime for document in documents(reading.policy, case.covenant_codes, at=reading.at)}
    return "Wgs art. 2.31; BGS art. 2.20" if "wgs_zvh" in regimes else "AVG art. 6 lid 1 onder e"
