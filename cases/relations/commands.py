"""Each write about relations: one function, one transaction, a domain error when it cannot be."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.casework.purpose import Session
from cases.casework.rules import check_role
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.records.models import Case, CaseSubject
from cases.records.phases import Kind as CaseKind
from cases.relations.events import ADDED, REPEATED, WITHDRAWN
from cases.relations.kinds import KINDS, Kind
from cases.relations.models import Relation
from cases.relations.people import people_in
from foundation.errors import Invalid, NotFound, Refused
from foundation.masks import from_hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Person `about` (uuid) is `kind` of person `other`; words: an explanation, for kinds that take one."""

    about: UUID
    kind: str
    other: UUID
    words: str = ""
    submission: UUID | None = None


def add_relation(reading: Reading, number: str, related: Related, *, session: Session | None = None) -> UUID:
    """The reader's agency says how two persons of case `number` are related; returns the uuid of the relation.

    Both must be persons whom this reader sees here: whether anybody else is in the case is not told.
    The same `submission` again adds nothing and returns the same.
    Raises NotYourCase, Refused (role, no covenant, not the source of this field), Invalid (kind, persons, words).
    Source: WGS art. 2.31(1), BGS art. 2.19 (the direct circle).
    """
    case = case_for(reading, number).case
    check_role(reading.visit.roles)
    kind = _kind(reading, related.kind)
    about, other = _two(reading, case, related, session)
    values = {kind.field: _value(kind, related.words.strip())}
    checked_words(reading, values, names={kind.field: "words"})
    if before := _submitted(reading, case, related.submission):
        return before
    try:
        with transaction.atomic(), write_scope():
            made = new_words(
                Relation, reading, case, values, about=about, other=other, submission=related.submission
            )  # fmt: skip
            save_words(reading, made, event=ADDED, action=Action.CREATE)
            _note_other(reading, made, event=ADDED, action=Action.CREATE)
    except IntegrityError:
        # The same form was sent twice at once: the other one was first, and it is the answer.
        if before := _submitted(reading, case, related.submission):
            return before
        raise
    return made.uid


def withdraw_relation(reading: Reading, number: str, uid: UUID) -> None:
    """The agency that gave a relation takes it back: nobody sees it from now on. Raises NotYourCase, NotFound."""
    case = case_for(reading, number).case
    check_role(reading.visit.roles)
    with transaction.atomic(), write_scope():
        found = own_relation(reading, case, uid, lock=True)
        found.withdrawn_at = reading.at
        save_words(reading, found, event=WITHDRAWN, action=Action.DELETE)
        _note_other(reading, found, event=WITHDRAWN, action=Action.DELETE)


def own_relation(reading: Reading, case: Case, uid: UUID, *, lock: bool = False) -> Relation:
    """A standing relation that this reader's agency gave. Raises NotFound."""
    found = Relation.objects.filter(case=case, uid=uid, source_id=reading.visit.agency.id, withdrawn_at=None)
    if lock:
        found = found.select_for_update(of=("self",))
    relation = found.select_related("about__subject", "other__subject", "source").first()
    if relation is None:
        raise NotFound(
            _("Deze relatie bestaat niet, of is niet van uw organisatie."),
            remedy=_("Alleen wie haar vastlegde, trekt haar in."),
        )
    return relation


def _kind(reading: Reading, code: str) -> Kind:
    kind = KINDS.get(code)
    if kind is None:
        raise Invalid(_("Deze relatie bestaat niet."), field="kind", remedy=_("Kies uit de lijst."))
    if reading.visit.agency.type not in reading.policy.catalogue.by_code[kind.field].sources:
        raise Refused(
            _("Uw organisatie is niet de bron van dit gegeven."),
            remedy=_("Vraag de partner die dit vastlegt."),
        )
    return kind


def _note_other(reading: Reading, made: Relation, *, event: str, action: Action) -> None:
    """A relation is about two persons: the second has an entry of their own."""
    fields, other = from_hex(made.present), made.other.subject.ref
    append([reading.entry(event=event, action=action, case_ref=made.case.ref, subject_ref=other, fields=fields)])


def _two(
    reading: Reading, case: Case, related: Related, session: Session | None
) -> tuple[CaseSubject, CaseSubject]:  # fmt: skip
    if case.kind == CaseKind.AREA:
        raise Invalid(_("Een gebied heeft geen personen."), field="about", remedy=_("Kies een andere casus."))
    seen = {person.subject for person in people_in(reading, case, session).disclosures}
    places = {
        place.subject.uid: place
        for place in case.case_subjects.select_related("subject")
        if str(place.subject.uid) in seen
    }
    for field, uid in (("about", related.about), ("other", related.other)):
        if uid not in places:
            raise Invalid(_("Deze persoon hoort niet bij de casus."), field=field, remedy=_("Kies een persoon."))
    if related.about == related.other:
        raise Invalid(_("Kies twee verschillende mensen."), field="other", remedy=_("Kies een andere persoon."))
    return places[related.about], places[related.other]


def _value(kind: Kind, words: str) -> Any:
    if not kind.takes_words:
        return kind.code
    with override("nl"):
        return words or str(kind.label)


@transaction.atomic
def _submitted(reading: Reading, case: Case, submission: UUID | None) -> UUID | None:
    """What this submission added before, journalled as a repetition; None when it is new."""
    if submission is None:
        return None
    found = Relation.objects.filter(source_id=reading.visit.agency.id, submission=submission).first()
    if found is None:
        return None
    if found.case_id != case.pk:
        raise Invalid(
            _("Dit formulier is al voor een andere casus verzonden."), field="submission",
            remedy=_("Open het formulier opnieuw en verstuur het dan."),
        )  # fmt: skip
    append([reading.entry(event=REPEATED, action=Action.CREATE, case_ref=case.ref)])
    return found.uid
