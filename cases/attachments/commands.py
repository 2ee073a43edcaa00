"""Each write of this room: an agency gives a file as a value of a field, or takes its own file back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.attachments import keys
from cases.attachments.events import ADDED, REPEATED, WITHDRAWN
from cases.attachments.kinds import Checked, checked
from cases.attachments.models import Attachment, AttachmentBytes
from cases.casework.commands.wording import new_words, save_words
from cases.casework.rules import check_role, fields_of, is_readable
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.records.models import Case, CaseSubject
from cases.records.phases import Kind
from cases.records.sealed import SealedFacts
from foundation.errors import Invalid, NotFound

LONGEST_CAPTION = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """A file as it was sent and what it is: a value of which field, about whom (None: the main person), in a few words.

    size: what was sent, also when `data` was dropped for being too much (foundation.uploads).
    submission: made by the client for each form, so that a repeated send adds once.
    """

    name: str
    data: bytes
    size: int
    field: str
    caption: str = ""
    person: UUID | None = None
    submission: UUID | None = None


def add_attachment(reading: Reading, number: str, giving: Giving) -> UUID:
    """The reader's agency gives a file in case `number`; returns its uid. It is locked before it is stored.

    The same `submission` again adds nothing and returns the same.
    Raises NotYourCase, Refused (role, or no covenant under which it may give), Invalid (field, person, caption, and
    file as kinds.checked), Unavailable.
    Source: WGS art. 2.31(1); AVG art. 32(1)(a).
    """
    case = _own_case(reading, number)
    _check_field(reading, case, giving.field)
    _check_caption(giving.caption)
    about = _person(case, giving.person)
    if before := _submitted(reading, case, giving.submission):
        return before
    try:
        file = checked(giving.name, giving.data, size=giving.size)
        with transaction.atomic(), write_scope():
            made = store_file(
                reading, case, giving.field, file, about=about, event=ADDED, caption=giving.caption,
                submission=giving.submission,
            )  # fmt: skip
        return made.uid
    except IntegrityError:
        # The same form was sent twice at once: the other one was first, and it is the answer.
        if before := _submitted(reading, case, giving.submission):
            return before
        raise


def withdraw_attachment(reading: Reading, number: str, uid: UUID, *, reason: str) -> None:
    """The agency that gave a file takes it back: nobody reads it from now on, and its bytes are erased at once.

    What it was (name, fingerprint) stays sealed in its versions, so that the journal can still be understood.
    Raises NotYourCase, Refused (role), NotFound (another agency's, or withdrawn), Invalid without a reason.
    """
    case = _own_case(reading, number)
    if len(reason.strip()) < 5 or not is_readable(reason):
        raise Invalid(_("Schrijf in een paar woorden waarom."), field="reason", remedy=_("Een korte zin is genoeg."))
    with transaction.atomic(), write_scope():
        found = _own(reading, case, uid).select_for_update().first()
        if found is None:
            raise not_there()
        found.withdrawn_at = reading.at
        AttachmentBytes.objects.filter(attachment=found).delete()
        save_words(reading, found, event=WITHDRAWN, action=Action.DELETE, reason=reason)


def own_attachment(reading: Reading, number: str, uid: UUID) -> None:
    """Raises NotFound unless the file is one that the reader's agency can take back; else as withdraw_attachment."""
    if not _own(reading, _own_case(reading, number), uid).exists():
        raise not_there()


def not_there() -> NotFound:
    """The one answer for a file that is not there, is withdrawn, or is not for this reader."""
    return NotFound(
        _("Deze bijlage bestaat niet, of niet voor u."), remedy=_("Ga terug naar de bijlagen van de casus.")
    )


def store_file(
    reading: Reading, case: Case, field: str, file: Checked, *, about: CaseSubject | None, event: str,
    caption: str = "", submission: UUID | None = None, **detail: str | int,
) -> Attachment:  # fmt: skip
    """A checked file of the reader's agency as a value of `field`, locked, stored and journalled as `event`.

    Inside the caller's transaction and write scope. Raises Refused when no covenant lets the agency give here.
    """
    made = new_words(Attachment, reading, case, {field: None}, about=about, submission=submission)
    made.entered_by_id = reading.visit.professional_id or None
    value, locked = sealed_file(file, caption=caption, uid=made.uid)
    made.values = SealedFacts.seal({field: value})
    also: dict[str, Any] = {"bytes": len(file.data), **detail}
    save_words(reading, made, event=event, action=Action.CREATE, reason="", **also)
    AttachmentBytes.objects.create(attachment=made, locked=locked)
    return made


def sealed_file(file: Checked, *, caption: str, uid: UUID) -> tuple[dict[str, object], bytes]:
    """What is sealed of a file that belongs to `uid`, with the key of its bytes; and the locked bytes."""
    locked, key = keys.lock(file.data, uid=uid)
    value: dict[str, object] = {
        "name": file.name, "type": file.type, "size": len(file.data), "pages": file.pages, "sha256": file.sha256,
        "caption": caption.strip(), "key": key,
    }  # fmt: skip
    return value, locked


def _own_case(reading: Reading, number: str) -> Case:
    case = case_for(reading, number).case
    check_role(reading.visit.roles)
    return case


def _own(reading: Reading, case: Case, uid: UUID) -> "QuerySet[Attachment]":
    return Attachment.objects.filter(case=case, uid=uid, source_id=reading.visit.agency.id, withdrawn_at=None)


def _check_field(reading: Reading, case: Case, code: str) -> None:
    able = fields_of(reading.policy.catalogue, agency_type=reading.visit.agency.type, area=case.kind == Kind.AREA)
    if code not in {field.code for field in able}:
        raise Invalid(
            _("Uw organisatie is niet de bron van dit gegeven."), field="field",
            remedy=_("Kies uit de lijst waar de bijlage over gaat."),
        )  # fmt: skip


def _check_caption(caption: str) -> None:
    if len(caption) > LONGEST_CAPTION or not is_readable(caption):
        raise Invalid(
            _("Deze omschrijving kan niet worden bewaard."), field="caption",
            remedy=_("Gebruik hoogstens 200 leesbare tekens."),
        )  # fmt: skip


def _person(case: Case, uid: UUID | None) -> CaseSubject | None:
    if case.kind == Kind.AREA:
        return None
    places = CaseSubject.objects.filter(case=case).select_related("subject").order_by("position")
    found = places.filter(subject__uid=uid).first() if uid else places.first()
    if found is None:
        raise Invalid(_("Deze persoon hoort niet bij de casus."), field="person", remedy=_("Kies een persoon."))
    return found


@transaction.atomic
def _submitted(reading: Reading, case: Case, submission: UUID | None) -> UUID | None:
    """What this submission added before, journalled as a repetition; None when it is new."""
    if submission is None:
        return None
    found = Attachment.objects.filter(source_id=reading.visit.agency.id, submission=submission).first()
    if found is None:
        return None
    if found.case_id != case.pk:
        raise Invalid(
            _("Dit formulier is al voor een andere casus verzonden."), field="submission",
            remedy=_("Open het formulier opnieuw en verstuur het dan."),
        )  # fmt: skip
    append([reading.entry(event=REPEATED, action=Action.CREATE, case_ref=case.ref)])
    return found.uid
