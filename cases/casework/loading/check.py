"""Whether a case file of the right shape makes sense: its life, who takes part, under which covenants.

Facts, holds and extracts are checked in check_facts.py. Source of the rules: docs/gegevens-inladen.md.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from agreements.policy.references import nearest
from agreements.policy.vocabulary import THIRD_PARTY
from cases.casework.loading.faults import Said
from cases.casework.loading.shapes import KEY, CaseFile, ParticipationItem
from cases.casework.loading.world import World, subject_uid

CLOSED_TO_THIRD_PARTIES = "wgs_zvh"


def check_case(case: CaseFile, world: World) -> Iterator[Said]:
    """Everything about the case itself that does not hold."""
    yield from _head(case, world)
    yield from _covenants(case, world)
    yield from _phases(case, world)
    yield from _subjects(case, world)
    for index, item in enumerate(case.participations):
        path = f"participations[{index}]"
        yield from agency(f"{path}.agency", item.agency, world)
        yield from term(path, item.starts, item.until)
        yield from _team(path, item, world)
        yield from _third_party(path, item, case, world)
    yield from _overlaps(case)
    yield from _conditions(case, world)


def agency(path: str, code: str | None, world: World) -> Iterator[Said]:
    """An agency that is named must exist."""
    if code is not None and code not in world.agencies:
        yield path, f"Organisatie '{code}' bestaat hier niet.", nearest(code, world.agencies)


def term(path: str, starts: date, until: date | None) -> Iterator[Said]:
    """[from, until) is not empty."""
    if until is not None and until <= starts:
        yield (
            f"{path}.until",
            "Dit eindigt voordat het begint.",
            "Kies een dag na 'from'; op die dag geldt het niet meer.",
        )


def past(path: str, day: date | None, world: World) -> Iterator[Said]:
    """What has happened lies not in the future."""
    if day is not None and day > world.today:
        yield path, f"{day.isoformat()} is nog niet geweest.", "Kies vandaag of eerder."


def subject(path: str, key: str | None, case: CaseFile) -> Iterator[Said]:
    """A subject that is named stands among `subjects`."""
    keys = [item.key for item in case.subjects]
    if key is not None and key not in keys:
        yield path, f"Er is geen betrokkene '{key}' in dit bestand.", nearest(key, keys)


def person(path: str, name: str, world: World, *, of: str = "") -> Iterator[Said]:
    """A persona that exists (and works at `of`), or a name; what looks like a key is one."""
    if name in world.people:
        if of and of not in world.works[name]:
            where = ", ".join(sorted(world.works[name]))
            yield path, f"'{name}' werkt bij {where}, niet bij {of}.", "Kies iemand van de bron, of schrijf een naam."
    elif KEY.match(name):
        remedy = nearest(name, world.people) + " Schrijf anders een naam met hoofdletter."
        yield path, f"Er is geen persona '{name}'.", remedy


def twice(path: str, name: str, keys: Iterable[str]) -> Iterator[Said]:
    """Keys are unique within a list."""
    for key, count in Counter(keys).items():
        if count > 1:
            yield path, f"{name} '{key}' staat er {count} keer.", "Geef elk een eigen sleutel."


def _head(case: CaseFile, world: World) -> Iterator[Said]:
    if case.number in world.taken:
        yield (
            "number",
            f"Casus {case.number} bestaat al.",
            "Kies een ander nummer; een bestaande casus wijzigt u op het scherm.",
        )
    if case.label and case.kind == "person":
        yield (
            "label",
            "Een casus over één persoon heeft geen label.",
            "Laat 'label' weg; een naam is een gegeven van een bron.",
        )
    if case.next_step is not None:
        yield from agency("next_step.owner", case.next_step.owner, world)


def _covenants(case: CaseFile, world: World) -> Iterator[Said]:
    for index, code in enumerate(case.covenants):
        document = world.covenants.get(code)
        if document is None:
            remedy = (
                f"Laad het eerst (load_covenant). {nearest(code, world.covenants) if world.covenants else ''}".strip()
            )
            yield f"covenants[{index}]", f"Convenant '{code}' is niet geladen.", remedy
        elif document.case_kinds and case.kind not in document.case_kinds:
            kinds = ", ".join(document.case_kinds)
            yield (
                f"covenants[{index}]",
                f"{code} is niet voor casussen van soort '{case.kind}'.",
                f"Dit convenant kent: {kinds}.",
            )
    known = {
        purpose
        for code in case.covenants
        if code in world.covenants
        for purpose in world.covenants[code].purposes.values()
    }
    if known and case.purpose not in known:
        yield "purpose", f"Geen van de convenanten kent het doel '{case.purpose}'.", nearest(case.purpose, known)


def _phases(case: CaseFile, world: World) -> Iterator[Said]:
    if case.opened != case.phases[0].starts:
        yield "opened", "De casus begint niet op de dag van de eerste fase.", "Maak 'opened' gelijk aan phases[0].from."
    before = case.phases[0].starts
    for index, item in enumerate(case.phases):
        path = f"phases[{index}]"
        yield from agency(f"{path}.by", item.by, world)
        yield from past(f"{path}.from", item.starts, world)
        if item.starts < before:
            yield f"{path}.from", "Deze fase begint vóór de vorige.", "Zet de fasen op volgorde van tijd."
        before = item.starts


def _subjects(case: CaseFile, world: World) -> Iterator[Said]:
    yield from twice("subjects", "Betrokkene", (item.key for item in case.subjects))
    about = sum(item.role == "subject" for item in case.subjects)
    if case.kind == "area" and case.subjects:
        yield "subjects", "Een gebied heeft geen betrokkenen.", "Laat de lijst leeg; wie opvalt, wordt een eigen casus."
    elif case.kind == "person" and about != 1:
        yield (
            "subjects",
            "Een casus over een persoon heeft precies één betrokkene met rol 'subject'.",
            "De anderen zijn 'circle'.",
        )
    elif case.kind == "family" and not about:
        yield "subjects", "Er is niemand over wie de casus gaat.", "Geef ten minste één betrokkene de rol 'subject'."
    references = [item.subject_ref for item in case.subjects if item.subject_ref]
    yield from twice("subjects", "subject_ref", references)
    for index, item in enumerate(case.subjects):
        path = f"subjects[{index}]"
        yield from past(f"{path}.birth_date", item.birth_date, world)
        born = world.born.get(subject_uid(item.subject_ref)) if item.subject_ref else None
        if born is not None and item.birth_date not in (None, born):
            yield (
                f"{path}.birth_date",
                f"Deze persoon is hier al bekend, geboren op {born.isoformat()}.",
                "Neem die datum over.",
            )


def _team(path: str, item: ParticipationItem, world: World) -> Iterator[Said]:
    for index, key in enumerate(item.people or ()):
        if key not in world.people:
            yield f"{path}.people[{index}]", f"Er is geen persona '{key}'.", nearest(key, world.people)
        else:
            yield from person(f"{path}.people[{index}]", key, world, of=item.agency)


def _third_party(path: str, item: ParticipationItem, case: CaseFile, world: World) -> Iterator[Said]:
    """A third party reads no joint case of a care and safety house. Source: WGS art. 2.31(9), BGS art. 2.21."""
    if item.mode != "live":
        return
    standing = [
        (world.covenants[code].regime, row.capacity)
        for code, row in world.accessions(item.agency, case.covenants)
        if code in world.covenants
    ]
    if standing and all(pair == (CLOSED_TO_THIRD_PARTIES, THIRD_PARTY) for pair in standing):
        yield f"{path}.mode", f"{item.agency} is een derde en leest de gezamenlijke casus niet.", 'Schrijf "extract".'


def _overlaps(case: CaseFile) -> Iterator[Said]:
    """At each moment at most one participation per agency."""
    for index, item in enumerate(case.participations):
        for other in case.participations[:index]:
            if item.agency == other.agency and _meet(item, other):
                remedy = "Geef de eerste een 'until' op of vóór de 'from' van de tweede."
                yield f"participations[{index}]", f"{item.agency} neemt in die tijd al deel.", remedy
                break


def _meet(one: ParticipationItem, other: ParticipationItem) -> bool:
    return one.starts < (other.until or date.max) and other.starts < (one.until or date.max)


def _conditions(case: CaseFile, world: World) -> Iterator[Said]:
    for index, item in enumerate(case.conditions):
        path = f"conditions[{index}]"
        yield from subject(f"{path}.subject", item.subject, case)
        yield from agency(f"{path}.source", item.source, world)
        yield from agency(f"{path}.recipient", item.recipient, world)
        yield from term(path, item.starts, item.until)
        yield from person(f"{path}.recorded_by", item.recorded_by, world)


def agencies_in(case: CaseFile) -> Collection[str]:
    """Who takes part or took part."""
    return {item.agency for item in case.participations}
