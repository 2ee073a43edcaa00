"""What a controller decides on its sheet: who it is, what is given, what is withheld and why, and that it is done."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.retention.commands.on_request import check_not_held, held_by
from cases.subject_requests import events
from cases.subject_requests.boxes import closed
from cases.subject_requests.choices import AT_WORK, DECISIONS, HELD_AT_ONCE, Decision, Kind, Outcome, State
from cases.subject_requests.commands.erasing import check_erased, check_not_before
from cases.subject_requests.commands.holding import lift_of_place, put_hold
from cases.subject_requests.commands.steps import entry, open_sheet, review_day, withheld, words
from cases.subject_requests.models import DecisionSheet, SheetItem, SheetPlace, SubjectPack
from cases.subject_requests.own import OwnPlace, confirmed, own_places
from cases.subject_requests.rights import sheet_for
from foundation.errors import Invalid, NotFound


def place(reading: Reading, uid: UUID, *, case: UUID, subject: UUID, is_them: bool) -> SheetPlace:
    """Say whether a person in a case is who asks. An objection or a request for restriction holds the facts at once.

    Raises NotHandling, NotYourRequest, NotFound for a person whom this agency does not know, Invalid.
    Source: AVG art. 18(1)(d), 21(1).
    """
    found = sheet_for(reading, uid)
    with transaction.atomic(), write_scope():
        sheet = open_sheet(reading, found)
        one = _own(reading, sheet, case, subject)
        said, _new = SheetPlace.objects.update_or_create(
            sheet=sheet, case=case, subject=subject,
            defaults={"is_them": is_them, "by_id": reading.visit.professional_id, "at": reading.at},
        )  # fmt: skip
        if not is_them:
            check_not_before(sheet, field="places")
            SheetItem.objects.filter(sheet=sheet, case=case, subject=subject).delete()
            lift_of_place(reading, sheet, case=case, subject=subject)
        elif sheet.request.kind in HELD_AT_ONCE:
            put_hold(reading, sheet, one)
        if sheet.request.state == State.SEARCHING:
            sheet.request.state = State.DECIDING
            sheet.request.save()
        append([
            entry(
                reading, sheet.request, events.PLACED, Action.UPDATE, case=one.case.ref,
                subject=one.about.subject.ref, them=int(is_them),
            )
        ])  # fmt: skip
    return said


def decide(
    reading: Reading, uid: UUID, contribution: UUID, *, decision: str, ground: str = "", reason: str = "",
    is_told: bool = False, review_on: date | None = None,
) -> SheetItem:  # fmt: skip
    """Give or withhold one contribution of one's own, or erase or keep it; a new decision takes the former's place.

    Raises NotHandling, NotYourRequest, NotFound, Invalid; Held when the case must be kept.
    Source: AVG art. 15, 17, 23; UAVG art. 41; Wpg art. 27.
    """
    found = _by_item(sheet_for(reading, uid))
    why = withheld(found.request.kind, decision, ground, reason)
    day = review_day(review_on) if why.ground else None
    with transaction.atomic(), write_scope():
        sheet = open_sheet(reading, found)
        one = _place_of(reading, sheet, contribution)
        check_not_before(sheet, field="decision")
        if decision == Decision.ERASE:
            check_not_held(one.case)
        made, _new = SheetItem.objects.update_or_create(
            sheet=sheet, contribution=contribution,
            defaults={
                **_by(reading, one), "decision": decision, "ground": why.ground,
                "reason": closed({"reason": why.reason}) if why.ground else None,
                "is_told": is_told and bool(why.ground), "review_on": day,
            },
        )  # fmt: skip
        append([
            entry(
                reading, sheet.request, events.DECIDED, Action.UPDATE, case=one.case.ref,
                subject=one.about.subject.ref, contribution=str(contribution), decision=decision, ground=why.ground,
            )
        ])  # fmt: skip
    return made


def give_rest(reading: Reading, uid: UUID) -> int:
    """Give all that was not decided on yet, or erase it but for what must be kept; returns how many.

    Raises as decide.
    """
    found = _by_item(sheet_for(reading, uid))
    does, _does_not = DECISIONS[Kind(found.request.kind)]
    with transaction.atomic(), write_scope():
        sheet = open_sheet(reading, found)
        left = _undecided(sheet, _places(reading, sheet))
        if does == Decision.ERASE:
            check_not_before(sheet, field="items")
            left = [(one, item) for one, item in left if held_by(one.case) is None]
        SheetItem.objects.bulk_create(
            SheetItem(sheet=sheet, contribution=item, decision=does, **_by(reading, one)) for one, item in left
        )
        append([entry(reading, sheet.request, events.DECIDED, Action.UPDATE, decision=does, items=len(left))])
    return len(left)


def decide_lookups(
    reading: Reading, uid: UUID, *, decision: str, ground: str = "", reason: str = "", names_staff: bool = False,
    names_reason: str = "",
) -> DecisionSheet:  # fmt: skip
    """Give or withhold the look-ups by one's own agency; names_staff: with the names of who looked.

    names_reason: why the person's interest in the names outweighs that of the staff; kept in the journal as well.
    Raises NotHandling, NotYourRequest, Invalid. Source: AVG art. 15(1)(c); CJEU C-579/21, 80-83.
    """
    found = _for_access(sheet_for(reading, uid))
    why = withheld(found.request.kind, decision, ground, reason)
    names = names_staff and not why.ground
    weighing = words(
        names_reason, field="names_reason", what=_("Schrijf op waarom de namen nodig zijn en zwaarder wegen."),
        needed=names,
    )  # fmt: skip
    with transaction.atomic(), write_scope():
        sheet = open_sheet(reading, found)
        sheet.lookups, sheet.lookups_ground = decision, why.ground
        sheet.lookups_reason = closed({"reason": why.reason}) if why.ground else None
        sheet.names_staff, sheet.names_reason = names, closed({"reason": weighing}) if names else None
        sheet.save()
        append([
            entry(
                reading, sheet.request, events.NAMED if names else events.DECIDED, Action.UPDATE,
                why=weighing if names else "", lookups=decision, ground=why.ground, names=int(names),
            )
        ])  # fmt: skip
    return sheet


def close(
    reading: Reading, uid: UUID, *, outcome: str = "", answer: str = "", tells_recipients: bool = False
) -> DecisionSheet:  # fmt: skip
    """This controller has decided. When it was the last, the request is ready.

    outcome, answer: for every kind but access; the person reads the answer (AVG art. 12(4)). tells_recipients: the
    person is told which agencies had what was mended (AVG art. 19).
    Raises NotHandling, NotYourRequest, Invalid when something is not decided or not approved yet.
    """
    found = sheet_for(reading, uid)
    with transaction.atomic(), write_scope():
        sheet = open_sheet(reading, found)
        _check_decided(sheet, _places(reading, sheet))
        if sheet.request.kind != Kind.ACCESS:
            _answer(sheet, outcome, answer)
            sheet.tells_recipients = tells_recipients
        if sheet.request.kind == Kind.ERASURE:
            check_erased(reading, sheet, outcome)
        sheet.closed_at, sheet.membership = reading.at, reading.visit.membership_id
        sheet.save()
        waiting = DecisionSheet.objects.filter(request=sheet.request, closed_at=None).exists()
        sheet.request.state = State.DECIDING if waiting else State.READY
        sheet.request.save()
        append([entry(reading, sheet.request, events.CLOSED, Action.EXECUTE, outcome=sheet.outcome)])
    return sheet


def reopen(reading: Reading, uid: UUID) -> DecisionSheet:
    """Decide anew, as long as nothing was handed out; a pack that was made goes. Raises as close."""
    found = sheet_for(reading, uid)
    with transaction.atomic(), write_scope():
        DecisionSheet.objects.filter(pk=found.pk, request__state__in=AT_WORK).update(closed_at=None)
        sheet = open_sheet(reading, found)
        SubjectPack.objects.filter(request=sheet.request).delete()
        sheet.request.state = State.DECIDING
        sheet.request.save()
        append([entry(reading, sheet.request, events.REOPENED, Action.EXECUTE)])
    return sheet


def _answer(sheet: DecisionSheet, outcome: str, answer: str) -> None:
    if outcome not in Outcome.values:
        raise Invalid(_("Wat is het antwoord?"), field="outcome", remedy=_("Kies uit de lijst."))
    said = words(
        answer, field="answer", what=_("Schrijf uw antwoord: dit leest de persoon."),
        needed=outcome != Outcome.NOTHING,
    )  # fmt: skip
    sheet.outcome, sheet.answer = outcome, closed({"answer": said})


def _check_decided(sheet: DecisionSheet, places: tuple[OwnPlace, ...]) -> None:
    silent = sum(1 for one in places if one.said is None)
    if silent:
        raise Invalid(
            _("Van %(n)d persoon (of personen) zei u nog niet of het de betrokkene is.") % {"n": silent},
            field="places", remedy=_("Kies bij elk ja of nee."),
        )  # fmt: skip
    left = len(_undecided(sheet, places)) if sheet.request.kind in DECISIONS else 0
    if left:
        raise Invalid(
            _("Over %(n)d bijdrage(n) is nog niet beslist.") % {"n": left}, field="items",
            remedy=_("Beslis per bijdrage, of over de rest in een keer."),
        )  # fmt: skip


def _places(reading: Reading, sheet: DecisionSheet) -> tuple[OwnPlace, ...]:
    return own_places(sheet, agency_ref=reading.visit.agency_ref, at=reading.at)


def _own(reading: Reading, sheet: DecisionSheet, case: UUID, subject: UUID) -> OwnPlace:
    one = next((one for one in _places(reading, sheet) if one.key == (case, subject)), None)
    if one is None:
        raise NotFound(_("Deze persoon staat niet op uw beslisblad."), remedy=_("Ververs de pagina."))
    return one


def _place_of(reading: Reading, sheet: DecisionSheet, contribution: UUID) -> OwnPlace:
    for one in confirmed(_places(reading, sheet)):
        if contribution in one.uids:
            return one
    raise NotFound(_("Deze bijdrage staat niet op uw beslisblad."), remedy=_("Ververs de pagina."))


def _undecided(sheet: DecisionSheet, places: tuple[OwnPlace, ...]) -> list[tuple[OwnPlace, UUID]]:
    decided = set(sheet.items.values_list("contribution", flat=True))
    return [(one, item) for one in confirmed(places) for item in one.uids if item not in decided]


def _by_item(sheet: DecisionSheet) -> DecisionSheet:
    return sheet if sheet.request.kind in DECISIONS else _for_access(sheet)


def _for_access(sheet: DecisionSheet) -> DecisionSheet:
    if sheet.request.kind != Kind.ACCESS:
        raise Invalid(
            _("Bij dit verzoek wordt niet per gegeven verstrekt."), field="kind",
            remedy=_("Geef bij het afronden antwoord op wat de persoon vraagt."),
        )  # fmt: skip
    return sheet


def _by(reading: Reading, one: OwnPlace) -> dict[str, object]:
    return {
        "case": one.case.uid, "subject": one.about.subject.uid, "by_id": reading.visit.professional_id,
        "at": reading.at,
    }  # fmt: skip
