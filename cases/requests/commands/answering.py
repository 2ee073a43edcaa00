"""The agency that was asked rounds a question off. What came of it follows from what it gave; nobody chooses it."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words, new_words, save_words
from cases.disclosure.reading import Reading
from cases.records.models import Contribution
from cases.requests.events import REPLIED, SETTLED
from cases.requests.models import Ground, Reply, Request, RequestState
from cases.requests.rights import asked_for, still_open
from foundation import clock
from foundation.errors import Invalid
from foundation.masks import from_hex, to_hex


def settle(reading: Reading, number: str, uid: UUID, *, ground: str = "", words: str = "") -> str:
    """Round off the question `uid`; returns the state that follows from what this agency gave since it was asked.

    All of it: answered. Some: partly. Nothing: refused. A ground is required unless all was given.
    Raises NotYourCase, NotFound, Refused (not the agency that was asked), Invalid (ground, words, already closed).
    Source: WGS art. 2.29 (who may refuse), BGS art. 1.6 (accuracy).
    """
    words = words.strip()
    found = asked_for(reading, number, uid)
    with transaction.atomic(), write_scope():
        locked = still_open(Request.objects.select_for_update().get(pk=found.pk))
        asked = from_hex(locked.fields)
        given, answers = given_since(locked)
        complete = given == asked
        _check_ground(ground, needed=not complete)
        locked.state = _state(given, asked)
        locked.settled_at, locked.given, locked.answers = reading.at, to_hex(given), answers
        save_words(reading, locked, event=SETTLED, action=Action.UPDATE, state=str(locked.state))
        if (ground and not complete) or words:
            _reply(reading, locked, ground="" if complete else ground, words=words)
    return str(locked.state)


def given_since(request: Request) -> tuple[int, list[str]]:
    """Of the fields asked for, those that the asked agency gave or renewed since, and by which contributions."""
    since = request.given_at
    # Corrections alone: the first version of what came in with a file has the moment of loading.
    renewed = Contribution.history.filter(
        case_id=request.case_id, source_id=request.asked_agency_id, history_date__gte=since, history_type="~"
    ).values("uid")
    standing = Contribution.objects.filter(
        Q(given_at__gte=since) | Q(uid__in=renewed),
        Q(valid_until=None) | Q(valid_until__gte=clock.today()),
        case_id=request.case_id, source_id=request.asked_agency_id, about_id=request.about_id, withdrawn_at=None,
    )  # fmt: skip
    asked, given, answers = from_hex(request.fields), 0, []
    for uid, present in standing.order_by("id").values_list("uid", "present"):
        answered = asked & from_hex(present)
        if answered:
            given |= answered
            answers.append(str(uid))
    return given, answers


def _state(given: int, asked: int) -> RequestState:
    if given == asked:
        return RequestState.ANSWERED
    return RequestState.PARTLY if given else RequestState.REFUSED


def _check_ground(ground: str, *, needed: bool) -> None:
    if ground and ground not in Ground.values:
        raise Invalid(_("Deze grond bestaat niet."), field="ground", remedy=_("Kies uit de lijst."))
    if needed and not ground:
        raise Invalid(
            _("U gaf niet alles wat is gevraagd."), field="ground",
            remedy=_("Kies waarom, of voeg eerst de bijdrage toe."),
        )  # fmt: skip


def _reply(reading: Reading, request: Request, *, ground: str, words: str) -> None:
    with override("nl"):
        text = words or str(Ground(ground).label)
    values = {"case_note": text}
    checked_words(reading, values, names={"case_note": "words"})
    reply = new_words(
        Reply, reading, request.case, values, about=request.about, heard=(request.source.code, request.case.lead.code),
        request=request, ground=ground, in_own_words=bool(words),
    )  # fmt: skip
    save_words(reading, reply, event=REPLIED, action=Action.CREATE)
