"""What one controller gives to the person: facts, answer, look-ups with their proofs. A plain value, ready for JSON.

Facts are opened through disclosure by the controller itself, and only those that it decided to give: what is withheld
is never opened here.
"""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from agreements.covenants import labels
from audit import ports
from audit.journal.entry import moment_text
from audit.journal.lookups import Lookup, lookups_about
from audit.sealing.proofs import Inclusion, inclusions_of
from cases.casework.fact_rows import value_text
from cases.casework.words import confidence
from cases.disclosure.answer import Answer, Disclosure, Fact
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.notices.models import FactNotice
from cases.notices.models import Kind as Notice
from cases.retention.commands.on_request import erasures_of
from cases.retention.models import Destruction
from cases.subject_requests import events
from cases.subject_requests.boxes import opened
from cases.subject_requests.choices import Decision, Ground, Kind, Outcome
from cases.subject_requests.models import DecisionSheet, SheetPlace
from cases.subject_requests.own import OwnPlace, confirmed, own_places
from foundation.masks import to_hex

PURPOSE = "subject_request"
"""No covenant knows this purpose, so that it grants nothing: what opens under it is one's own."""


def part_of(reading: Reading, sheet: DecisionSheet) -> dict[str, Any]:
    """The part of this sheet's controller, by a reading of its own officer; journalled under reading.event.

    Keys: agency, decided_at, outcome, answer, facts, withheld (grounds that the person may know), erased (number of
    things, when, hash of the certificate), recipients (who had what was mended), lookups, told (per case and person
    the mask of fields, for the journal), checkpoint. Raises JournalUnavailable.
    """
    part: dict[str, Any] = {
        "agency": sheet.agency.name_in(reading.visit.language),
        "decided_at": moment_text(sheet.closed_at) if sheet.closed_at else "",
        "outcome": str(Outcome(sheet.outcome).label) if sheet.outcome else "",
        "answer": opened(sheet.answer).get("answer", ""),
        "facts": [], "withheld": [], "erased": [], "recipients": [], "lookups": [], "told": [], "checkpoint": "",
    }  # fmt: skip
    told = sheet.items.filter(decision__in=[Decision.WITHHOLD, Decision.KEEP], is_told=True)
    part["withheld"] = [str(Ground(code).label) for code in sorted(set(told.values_list("ground", flat=True)))]
    if sheet.request.kind != Kind.ACCESS:
        part["erased"] = [_erased(one) for one in erasures_of(sheet.uid)]
        part["recipients"] = _recipients(reading, sheet) if sheet.tells_recipients else []
        return part
    places = own_places(sheet, agency_ref=reading.visit.agency_ref, at=reading.at)
    mine = tuple(confirmed(places))
    _add_facts(part, reading, sheet, mine)
    if sheet.lookups == Decision.GIVE:
        subjects = tuple(sorted({one.about.subject.ref for one in mine}))
        _add_lookups(part, reading, sheet, subjects)
    return part


def _erased(found: Destruction) -> dict[str, Any]:
    done = moment_text(found.done_at) if found.done_at else ""
    return {"items": len(found.items), "done_at": done, "certificate": found.hash}


def _recipients(reading: Reading, sheet: DecisionSheet) -> list[str]:
    """The agencies that were told, since the request came in, of facts of this source on who asks. AVG art. 19."""
    mine = SheetPlace.objects.filter(sheet=sheet, is_them=True).values_list("subject", flat=True)
    told = FactNotice.objects.filter(
        source_id=sheet.agency_id, person__subject__uid__in=list(mine), at__gte=sheet.request.entered_at
    ).exclude(kind=Notice.RELEASED)  # fmt: skip
    return sorted({one.recipient.name_in(reading.visit.language) for one in told.select_related("recipient")})


def openings_of(places: Iterable[OwnPlace], only: "frozenset[UUID] | None" = None) -> list[Opening]:
    """What to disclose of these places: one's own rows, or those of them in `only`."""
    found = [
        Opening(case=one.case, purpose=PURPOSE, rows=rows)
        for one in places
        if (rows := tuple(row for row in one.rows if only is None or row.uid in only))
    ]
    return found


def _add_facts(part: dict[str, Any], reading: Reading, sheet: DecisionSheet, mine: tuple[OwnPlace, ...]) -> None:
    given = frozenset(sheet.items.filter(decision=Decision.GIVE).values_list("contribution", flat=True))
    under = {str(row.uid): row.under for one in mine for row in one.rows}
    for answer in disclose(reading, openings_of(mine, given)):
        for person in answer.disclosures:
            part["facts"] += [_fact(reading, fact, under[fact.contribution]) for fact in person.facts]
            part["told"].append(_told(answer, person))


def _fact(reading: Reading, fact: Fact, under: str) -> dict[str, Any]:
    field = reading.policy.catalogue.by_code[fact.code]
    return {
        "field": fact.code,
        "label": field.label(reading.visit.language),
        "value": fact.value,
        "text": value_text(field, fact.value),
        "source": fact.source.name,
        "statement": confidence(fact.kind, fact.reliability),
        "observed_on": fact.observed_on.isoformat(),
        "given_at": moment_text(fact.given_at),
        "shared_under": under.split(),
        "contested": fact.contested,
    }


def _told(answer: Answer, person: Disclosure) -> list[str]:
    mask = 0
    for fact in person.facts:
        mask |= 1 << fact.bit
    return [f"case:{answer.head.uid}", f"subject:{person.subject}" if person.subject else "", to_hex(mask)]


def _add_lookups(part: dict[str, Any], reading: Reading, sheet: DecisionSheet, subjects: tuple[str, ...]) -> None:
    found = lookups_about(
        reading.visit, subjects, route=reading.route, event=events.LOOKUPS, detail={"request": sheet.request.number},
        names_staff=sheet.names_staff,
    )  # fmt: skip
    proofs = inclusions_of(one.uid for one in found)
    names = ports.labels_of(one.actor_ref for one in found)
    part["lookups"] = [_line(one, proofs.get(one.uid), part["agency"], names.get(one.actor_ref, "")) for one in found]
    part["checkpoint"] = next((one.note for one in proofs.values()), "")


def _line(found: Lookup, proof: Inclusion | None, agency: str, name: str) -> dict[str, Any]:
    """One look-up: when, by which agency, in which roles, why; never on which case, or which field.

    name: of who looked; "" unless the controller decided to name its staff.
    """
    names = ports.event_types()
    purposes = labels.REGISTERS["purpose"]
    line: dict[str, Any] = {
        "at": moment_text(found.at),
        "agency": agency,
        "roles": [labels.label("role", role) for role in found.roles],
        "what": names.get(found.event_type, found.event_type),
        "purpose": str(purposes[found.purpose]) if found.purpose in purposes else "",
        "legal_basis": list(found.legal_basis),
        "articles": [article for article in found.articles if " art. " in article],
        "name": name,
        "break_glass": found.break_glass,
        "entry": found.uid,
        "sealed": proof is not None,
    }
    if proof is not None:
        line |= {
            "index": proof.index, "leaf_hash": proof.leaf_hash.hex(), "size": proof.size, "root": proof.root.hex(),
            "proof": [b64encode(one).decode() for one in proof.proof],
        }  # fmt: skip
    return line
