"""The leadership sees and decides; what stays unanswered goes one level up."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.rules import Author
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.disclosure.reading import Reading
from cases.inbox.events import ANSWERED, DECIDED, OPENED, RAISED, SEEN
from cases.inbox.models import HIGHEST, Escalation, EscalationAnswer, EscalationState
from cases.inbox.rights import check_may_decide, escalation_for, may_decide
from cases.records.history import words_ref
from foundation import clock
from foundation.errors import Invalid
from foundation.workdays import add_working_days

WAITING = (EscalationState.ASKED, EscalationState.SEEN, EscalationState.UNANSWERED)


def mark_seen(reading: Reading, uid: UUID) -> None:
    """Note that the leadership saw a question, or that the asker read the decision; once. Raises NotFound."""
    found = escalation_for(reading, uid)
    leader_looks = found.seen_at is None and may_decide(reading, found)
    asker_reads = (
        found.state == EscalationState.DECIDED
        and found.read_at is None
        and found.entered_by_id == reading.visit.professional_id
    )
    if not (leader_looks or asker_reads):
        return
    with transaction.atomic(), write_scope():
        locked = Escalation.objects.select_for_update().get(pk=found.pk)
        if leader_looks and locked.state != EscalationState.DECIDED:
            locked.seen_at = locked.seen_at or reading.at
            if locked.state == EscalationState.ASKED:
                locked.state = EscalationState.SEEN
        if asker_reads:
            locked.read_at = reading.at
        save_words(reading, locked, event=SEEN if leader_looks else OPENED, action=Action.UPDATE)


def decide(reading: Reading, uid: UUID, *, words: str) -> None:
    """The leadership answers with a decision; the asker reads it.

    Raises NotFound, Refused (not the leadership, or the asker itself), Invalid (no words, decided already).
    """
    found = escalation_for(reading, uid)
    check_may_decide(reading, found)
    values = {"case_note": words.strip()}
    if not values["case_note"]:
        raise Invalid(_("Schrijf uw besluit."), field="words", remedy=_("Een korte zin is genoeg."))
    checked_words(reading, values, names={"case_note": "words"})
    with transaction.atomic(), write_scope():
        locked = Escalation.objects.select_for_update().get(pk=found.pk)
        check_may_decide(reading, locked)
        answer = new_words(
            EscalationAnswer, reading, locked.case, values, heard=(reading.visit.agency.code,), escalation=locked
        )
        save_words(reading, answer, event=ANSWERED, action=Action.CREATE)
        locked.state, locked.decided_at = EscalationState.DECIDED, reading.at
        locked.seen_at = locked.seen_at or reading.at
        save_words(reading, locked, event=DECIDED, action=Action.UPDATE)


def raise_unanswered(*, by: Author) -> int:
    """Every escalation whose day passed goes one level up, with a new clock; returns how many. Safe to repeat.

    At the highest level it stays unanswered, and is shown so.
    """
    late = Escalation.objects.filter(state__in=WAITING, answer_by__lt=clock.today(), withdrawn_at=None)
    return sum(_raise(pk, by=by) for pk in late.order_by("pk").values_list("pk", flat=True))


def _raise(pk: int, *, by: Author) -> bool:
    with transaction.atomic(), write_scope():
        found = Escalation.objects.select_for_update().select_related("case", "source").get(pk=pk)
        is_last = found.level >= HIGHEST
        if found.state not in WAITING or found.answer_by >= clock.today():
            changed = False
        else:
            changed = not (is_last and found.state == EscalationState.UNANSWERED)
        if changed:
            found.state = EscalationState.UNANSWERED
            if not is_last:
                found.level += 1
                found.raised_at = clock.now()
                found.answer_by = add_working_days(clock.today(), settings.ESCALATION_WORKING_DAYS)
            _save(found, by=by)
    return changed


def _save(found: Escalation, *, by: Author) -> None:
    found._history_date = clock.now()  # type: ignore[attr-defined]
    found._history_user = None  # type: ignore[attr-defined]
    found.save()
    version = Escalation.history.filter(id=found.pk).latest("history_id")
    append(
        [
            Entry(
                event_type=RAISED, action=Action.UPDATE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                agency_ref=by.agency_ref, case_ref=found.case.ref, history=(words_ref(version),),
                detail={"words": str(found.uid), "level": found.level},
            )
        ]
    )  # fmt: skip
