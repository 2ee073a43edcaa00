"""Holds that a request puts on a controller's own facts: the policy core obeys them at once, until they are lifted.

A hold beats every grant and leaves the source its own facts (cases.records.Circumstance, nature `hold`).
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.disclosure.rows import Row
from cases.notices.models import Kind as Notice
from cases.notices.telling import tell
from cases.records.models import CaseSubject, Circumstance
from cases.subject_requests import events
from cases.subject_requests.boxes import closed
from cases.subject_requests.choices import HELD_AT_ONCE, HELD_BY_ITEM, Kind
from cases.subject_requests.commands.steps import entry, open_sheet, words
from cases.subject_requests.models import DecisionSheet, SubjectHold
from cases.subject_requests.own import OwnPlace, confirmed, own_places, rows_of
from cases.subject_requests.rights import sheet_for
from foundation.errors import Invalid, NotFound


def hold(reading: Reading, uid: UUID, contribution: UUID) -> SubjectHold:
    """Hold one contribution of one's own that the person disputes or wants erased, while that is looked into.

    Raises NotHandling, NotYourRequest, NotFound, Invalid. Source: AVG art. 18(1)(a)-(b).
    """
    found = sheet_for(reading, uid)
    with transaction.atomic(), write_scope():
        sheet = open_sheet(reading, found)
        if sheet.request.kind not in HELD_BY_ITEM:
            raise Invalid(
                _("Bij dit verzoek wordt niet per bijdrage vastgezet."), field="kind",
                remedy=_("Bezwaar en beperking houden alles vast zodra u zegt wie het is."),
            )  # fmt: skip
        places = own_places(sheet, agency_ref=reading.visit.agency_ref, at=reading.at)
        for one in confirmed(places):
            for row in one.rows:
                # Words of a room (id 0) cannot be held one by one: they are held with the whole of a person.
                if row.uid == contribution and row.id:
                    return put_hold(reading, sheet, one, row)
    raise NotFound(
        _("Deze bijdrage staat niet op uw beslisblad, of is niet los vast te zetten."),
        remedy=_("Woorden uit een overleg of plan trekt u in waar zij staan."),
    )


def lift(reading: Reading, uid: UUID, hold_uid: UUID, *, reason: str) -> SubjectHold:
    """Lift a hold of one's own agency: it was looked into. Also after the request was answered.

    Raises NotHandling, NotYourRequest, NotFound, Invalid. Source: AVG art. 18(3): the person is told beforehand.
    """
    sheet = sheet_for(reading, uid)
    said = words(reason, field="reason", what=_("Schrijf op waarom dit weer gebruikt mag worden."))
    with transaction.atomic(), write_scope():
        one = SubjectHold.objects.select_for_update().filter(uid=hold_uid, sheet=sheet).first()
        if one is None:
            raise NotFound(_("Dit staat niet vast, of niet bij u."), remedy=_("Ververs de pagina."))
        if one.lifted_at is not None:
            raise Invalid(_("Dit is al vrijgegeven."), field="hold", remedy=_("Ververs de pagina."))
        _lift(reading, sheet, one, said)
    return one


def put_hold(reading: Reading, sheet: DecisionSheet, one: OwnPlace, row: Row | None = None) -> SubjectHold:
    """Put a hold on all that this controller gave on a person in a case, or on one contribution; once.

    Inside the caller's transaction and write scope.
    """
    known = SubjectHold.objects.filter(
        sheet=sheet, case=one.case.uid, subject=one.about.subject.uid, contribution=row.uid if row else None,
        lifted_at=None,
    ).first()  # fmt: skip
    if known is not None:
        return known
    code = (HELD_AT_ONCE | HELD_BY_ITEM)[Kind(sheet.request.kind)]
    tell(reading, one.case, [row] if row else one.rows, kind=Notice.RESTRICTED, sheet=sheet.uid)
    held = Circumstance.objects.create(
        case=one.case, nature=Circumstance.Nature.HOLD, code=code, about=one.about, source_id=sheet.agency_id,
        contribution_id=row.id if row else None, starts=reading.at,
        recorded_by=f"{reading.visit.name}, {reading.visit.agency.name}"[:120],
    )  # fmt: skip
    made = SubjectHold.objects.create(
        sheet=sheet, circumstance=held, case=one.case.uid, subject=one.about.subject.uid,
        contribution=row.uid if row else None, set_by_id=reading.visit.professional_id, set_at=reading.at,
    )  # fmt: skip
    append([
        entry(
            reading, sheet.request, events.HOLD_SET, Action.CREATE, case=one.case.ref,
            subject=one.about.subject.ref, hold=str(made.uid), code=code,
        )
    ])  # fmt: skip
    return made


def lift_of_place(reading: Reading, sheet: DecisionSheet, *, case: UUID, subject: UUID) -> None:
    """Lift what a sheet holds on a person who turns out to be somebody else; in the caller's transaction."""
    for one in SubjectHold.objects.filter(sheet=sheet, case=case, subject=subject, lifted_at=None):
        _lift(reading, sheet, one, _("Het is een ander."))


def _lift(reading: Reading, sheet: DecisionSheet, one: SubjectHold, reason: str) -> None:
    one.lifted_at, one.lifted_by_id = reading.at, reading.visit.professional_id
    one.lifted_reason = closed({"reason": reason})
    one.save()
    if one.circumstance_id is not None:
        Circumstance.objects.filter(pk=one.circumstance_id, ends=None).update(ends=reading.at)
        _tell_released(reading, sheet, one)
    append([
        entry(
            reading, sheet.request, events.HOLD_LIFTED, Action.UPDATE, case=f"case:{one.case}",
            subject=f"subject:{one.subject}", hold=str(one.uid),
        )
    ])  # fmt: skip


def _tell_released(reading: Reading, sheet: DecisionSheet, one: SubjectHold) -> None:
    """Who was told that it was held is told that it no longer is, as far as it is still there."""
    place = CaseSubject.objects.filter(case__uid=one.case, subject__uid=one.subject).select_related("case").first()
    if place is None:
        return
    rows = rows_of(place, sheet.agency_id, at=reading.at)
    held = [row for row in rows if one.contribution in (None, row.uid)]
    tell(reading, place.case, held, kind=Notice.RELEASED, sheet=sheet.uid)
