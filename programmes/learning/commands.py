"""Writes, reviews, publishes, copies and takes in cards. What seems to be about a person is refused."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Field
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.intake.screening import warnings
from foundation import clock
from foundation.errors import Invalid
from programmes.learning import events
from programmes.learning.models import Lesson, LessonState
from programmes.learning.queries import lesson_for
from programmes.learning.signed import FIELDS, opened
from programmes.plans.acting import LEADING, check_speaks, denied, journal, words


def check_writes(visit: Visit, *, event: str) -> None:
    """Raises Refused, journalled, for a role that does not lead its agency."""
    if not visit.roles & LEADING:
        denied(
            visit, event, _("Dit doet de leiding van een organisatie."),
            remedy=_("Vraag uw teamleider of tekenbevoegde."),
        )  # fmt: skip


def write_lesson(visit: Visit, *, uid: UUID | None = None, **given: str) -> Lesson:
    """Keep a draft of one's own agency; uid: of one that stands. given: FIELDS.

    Raises Refused, NotFound; Invalid: a field is empty, unknown, or seems to hold something about a person.
    """
    check_writes(visit, event=events.WRITTEN)
    fields = _fields(given)
    with transaction.atomic(), write_scope(reason=events.WRITTEN):
        lesson = Lesson(agency_id=visit.agency.id) if uid is None else _own(visit, uid, LessonState.DRAFT)
        for name, value in fields.items():
            setattr(lesson, name, value)
        lesson.save()
        journal(visit, events.WRITTEN, lesson=str(lesson.uid))
    return lesson


def review_lesson(visit: Visit, uid: UUID) -> Lesson:
    """Say that a draft of another agency is right. Raises NotFound, Refused; Invalid: one's own, or no draft."""
    check_writes(visit, event=events.REVIEWED)
    with transaction.atomic(), write_scope(reason=events.REVIEWED):
        lesson = Lesson.objects.select_for_update().get(pk=lesson_for(visit, uid).pk)
        if lesson.agency_id == visit.agency.id or lesson.state != LessonState.DRAFT:
            raise Invalid(
                _("Een andere organisatie dan die van de schrijver kijkt een concept na."),
                remedy=_("Vraag een partner."),
            )
        lesson.state, lesson.reviewer_id = LessonState.REVIEWED, visit.agency.id
        lesson.save(update_fields=["state", "reviewer"])
        journal(visit, events.REVIEWED, lesson=str(uid))
    return lesson


def publish_lesson(visit: Visit, uid: UUID) -> Lesson:
    """Give a reviewed card to everybody; its older edition is superseded. Raises NotFound, Refused, Invalid."""
    own = lesson_for(visit, uid)
    check_speaks(visit, own.agency_id, own.agency.name, event=events.PUBLISHED)
    with transaction.atomic(), write_scope(reason=events.PUBLISHED):
        lesson = _own(visit, uid, LessonState.REVIEWED)
        lesson.state, lesson.published_on = LessonState.PUBLISHED, clock.today()
        lesson.save(update_fields=["state", "published_on"])
        if lesson.replaces_id is not None:
            Lesson.objects.filter(pk=lesson.replaces_id).update(state=LessonState.SUPERSEDED)
        journal(visit, events.PUBLISHED, lesson=str(uid))
    return lesson


def copy_lesson(visit: Visit, uid: UUID) -> Lesson:
    """Copy a published card into a draft that names its source; of one's own card it is the next edition.

    Raises NotFound, Refused; Invalid: it is not published.
    """
    check_writes(visit, event=events.COPIED)
    found = lesson_for(visit, uid)
    if found.state != LessonState.PUBLISHED:
        raise Invalid(_("Alleen een gepubliceerde leerkaart is over te nemen."), remedy=_("Kies er een uit de lijst."))
    own = found.agency_id == visit.agency.id
    with transaction.atomic(), write_scope(reason=events.COPIED):
        lesson = Lesson.objects.create(
            agency_id=visit.agency.id, replaces=found if own else None,
            source=found.source if own else f"{found.agency.name}: {found.title}",
            **{field: getattr(found, field) for field in FIELDS},
        )  # fmt: skip
        journal(visit, events.COPIED, action=Action.CREATE, lesson=str(lesson.uid), source=str(uid))
    return lesson


def import_lesson(visit: Visit, data: bytes) -> Lesson:
    """Take in the signed file of a card as a draft that names its origin. Raises Refused, Invalid."""
    check_writes(visit, event=events.IMPORTED)
    card, source = opened(data)
    fields = _fields(card)
    with transaction.atomic(), write_scope(reason=events.IMPORTED):
        lesson = Lesson.objects.create(agency_id=visit.agency.id, source=source, **fields)
        journal(visit, events.IMPORTED, action=Action.CREATE, lesson=str(lesson.uid))
    return lesson


def _own(visit: Visit, uid: UUID, state: LessonState) -> Lesson:
    lesson = Lesson.objects.select_for_update().get(pk=lesson_for(visit, uid).pk)
    if lesson.agency_id != visit.agency.id or lesson.state != state:
        raise Invalid(
            _("Deze leerkaart is niet van uw organisatie, of is al verder."), remedy=_("Kijk opnieuw in de lijst.")
        )
    return lesson


def _fields(given: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name in FIELDS:
        field = cast("Field[str, str]", Lesson._meta.get_field(name))
        value = words(given.get(name, ""), field=name, empty=_("Vul dit in."), most=field.max_length or 4000)
        if field.choices and value not in dict(field.flatchoices):
            raise Invalid(_("Deze keuze is er niet."), remedy=_("Kies er een uit de lijst."), field=name)
        if warnings(value):
            raise Invalid(
                _("Dit lijkt een nummer, kenteken of adres van een persoon."), field=name,
                remedy=_("Haal het weg: een leerkaart gaat nooit over een persoon."),
            )  # fmt: skip
        found[name] = value
    return found
