"""Makes the values that the templates of this room take, from queries alone. No table, no seal, no decision here."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.policy.catalogue import Catalogue
from cases.casework.fact_rows import Row, announced_row, fact_row, language, partner, value_text
from cases.disclosure.answer import Fact
from cases.relations.kinds import KINDS
from cases.relations.picture import Person, genogram, people_of
from cases.relations.queries import Adding, Pictures, Said, Tie


def people_context(found: Pictures, catalogue: Catalogue, *, number: str) -> dict[str, Any]:
    """The picture of the people, the same as a list, and what else is known of their bonds."""
    people = people_of(found.answer)
    names = {person.uid: person.label for person in people}
    return {
        "picture": genogram(people, found.ties),
        "people": [{"label": person.label, "is_subject": person.is_subject} for person in people],
        "ties": [_tie(tie, names, catalogue, number=number) for tie in found.ties],
        "said": [_said(item, names, catalogue, number=number) for item in found.said],
        "relation_url": reverse("relation_add", args=[number]) if found.may_add else "",
    }


def _tie(tie: Tie, names: dict[str, str], catalogue: Catalogue, *, number: str) -> dict[str, Any]:
    own_words = tie.kind.takes_words or tie.kind.code == ""
    words = value_text(catalogue.by_code[tie.fact.code], tie.fact.value) if own_words else ""
    if words == str(tie.kind.label):
        words = ""
    return {
        "about": names[tie.about],
        "words": str(tie.kind.words),
        "other": names[tie.other],
        "note": words,
        "line": str(tie.kind.line),
        "row": chip(tie.fact, catalogue, number=number, person=tie.about, in_room=tie.by_room),
        "withdraw_url": reverse("relation_withdraw", args=[number, tie.fact.contribution])
        if tie.by_room and tie.fact.is_own
        else "",
    }


def _said(said: Said, names: dict[str, str], catalogue: Catalogue, *, number: str) -> dict[str, Any]:
    if said.fact is not None:
        row = fact_row(said.fact, catalogue, number=number, person=said.subject)
        return {"person": names.get(said.subject or "", ""), "row": row}
    told = said.told
    return {
        "person": names.get(said.subject or "", ""),
        "row": announced_row(told, catalogue, number=number, person=said.subject) if told else None,
    }


def chip(fact: Fact, catalogue: Catalogue, *, number: str, person: str | None, in_room: bool = False) -> Row:
    """A fact as the source chip takes it. in_room: words of a room have no page of versions."""
    row = fact_row(fact, catalogue, number=number, person=person)
    if not in_room:
        return row
    return replace(row, history_url="")


def kind_groups(found: Adding, catalogue: Catalogue) -> list[dict[str, Any]]:
    """The kinds of relation that this agency may give, by field, each with who would read it."""
    groups = []
    for code in found.fields:
        kinds = [(kind.code, str(kind.label)) for kind in KINDS.values() if kind.field == code]
        groups.append(
            {
                "code": code,
                "label": catalogue.by_code[code].label(language()),
                "kinds": kinds,
                "readers": [partner(type_) for type_ in found.readers[code]],
                "takes_words": any(KINDS[kind].takes_words for kind, _label in kinds),
            }
        )
    return groups


def person_options(people: Sequence[Person]) -> list[tuple[str, str]]:
    """The people of the case as choices."""
    return [("", _("Kies een persoon")), *((person.uid, person.label) for person in people)]
