"""The journal entries of one opened case: one per person concerned, and the same for everybody who looks along."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from audit.journal.entry import Entry
from cases.disclosure.gathering import Person
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading, article_texts, legal_bases
from cases.disclosure.reasons import known, of_nothing_shown


def entries_of(reading: Reading, opening: Opening, persons: Collection[Person]) -> Iterable[Entry]:
    """What is written of this opening. persons: what was let out of whom; without any there is still one."""
    for entry in _own(reading, opening, persons):
        yield entry
        for fellow in opening.fellows:
            yield replace(
                entry, actor_ref=fellow.actor_ref, actor_name=fellow.actor_name, trace_id=fellow.trace_id,
                because=fellow.because,
            )  # fmt: skip
        for lens in opening.lenses:
            if who := lens.onlooker:
                yield replace(
                    entry, event_type="case.shown", actor_ref=who.actor_ref, actor_name=who.actor_name,
                    agency_ref=who.agency_ref, roles=who.roles, purpose=lens.reader.purpose, because=None,
                )  # fmt: skip


def _own(reading: Reading, opening: Opening, persons: Collection[Person]) -> Iterable[Entry]:
    case, purpose, emergency = opening.case.ref, opening.purpose, opening.emergency
    because = opening.because or known(reading.visit, reading.event, opening.by)
    marked: dict[str, Any] = {"break_glass": True, "detail": {"act": emergency.uid}} if emergency else {}
    for person in persons:
        yield reading.entry(
            case_ref=case,
            purpose=purpose,
            subject_ref=f"subject:{person.subject}" if person.subject else "",
            fields=person.visible,
            announced=person.announced,
            articles=article_texts(person.articles),
            legal_basis=legal_bases(reading.policy, person.articles),
            because=because,
            **marked,
        )
    if not persons:
        yield reading.entry(case_ref=case, purpose=purpose, because=of_nothing_shown(because), **marked)
