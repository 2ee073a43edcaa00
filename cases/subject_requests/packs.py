"""The pack of a request: ordered, how far it is, fetched, erased. Making it is a task (tasks.py)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.apart import keep
from audit.journal.appender import append
from audit.journal.entry import Action
from cases.disclosure.reading import Reading
from cases.subject_requests import events
from cases.subject_requests.boxes import unsealed
from cases.subject_requests.choices import BUSY, PackState, State
from cases.subject_requests.commands.steps import entry, held_request
from cases.subject_requests.models import SubjectPack, SubjectRequest
from cases.subject_requests.rights import request_for
from foundation import clock
from foundation.errors import Invalid, NotFound
from foundation.masks import from_hex

KEEPS = timedelta(days=7)
"""How long a pack stands ready; after that it is made anew."""
STALE_AFTER = timedelta(minutes=2)
"""A worker that made no headway for this long is gone; another goes on where it stopped."""
PDF, JSON = "pdf", "json"
TYPES = {PDF: "application/pdf", JSON: "application/json"}
NO_OFFICER, FAULT = "no_officer", "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """How far a pack is, in percent. gone_at: when it is erased. is_stale: its worker is gone. problem: in words."""

    state: str
    percent: int
    made_at: datetime | None
    gone_at: datetime
    is_busy: bool
    is_stale: bool
    problem: str

    @property
    def is_done(self) -> bool:
        """Whether it can be fetched."""
        return self.state == PackState.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file as it leaves."""

    data: bytes
    name: str
    content_type: str


def order(reading: Reading, uid: UUID) -> SubjectPack:
    """Have the pack made, or have its making gone on with when its worker stopped; one under way is given back.

    Raises NotHandling, NotYourRequest; Invalid while a controller has not decided.
    """
    from cases.subject_requests.tasks import make_pack

    found = request_for(reading, uid)
    with transaction.atomic():
        request = held_request(found)
        if request.state != State.READY:
            raise Invalid(
                _("Nog niet elke organisatie heeft beslist, of het antwoord is al uitgereikt."), field="state",
                remedy=_("Het pakket kan worden gemaakt als alle beslisbladen zijn afgerond."),
            )  # fmt: skip
        pack = SubjectPack.objects.filter(request=request).first()
        if pack is not None and pack.state in BUSY:
            if not _is_stale(pack, reading.at):
                return pack
            pack.state, pack.beat_at = PackState.QUEUED, reading.at
            pack.save(update_fields=["state", "beat_at"])
        else:
            SubjectPack.objects.filter(request=request).delete()
            pack = SubjectPack.objects.create(
                request=request, asked_by_id=reading.visit.professional_id, asked_at=reading.at, beat_at=reading.at
            )
        append([entry(reading, request, events.ORDERED, Action.EXECUTE, pack=str(pack.uid))])
        # In this transaction: a pack without its task would wait for ever, a task without its pack finds nothing.
        make_pack.enqueue(str(pack.uid))
    pack.refresh_from_db()
    return pack


def line_of(request: SubjectRequest, *, at: datetime) -> PackLine | None:
    """How far the pack of a request is; None when there is none (any more)."""
    pack = SubjectPack.objects.filter(request=request, asked_at__gt=at - KEEPS).defer("pdf", "twin").first()
    if pack is None:
        return None
    done = pack.state == PackState.DONE
    return PackLine(
        state=pack.state, percent=100 if done else 100 * pack.done // pack.total if pack.total else 0,
        made_at=pack.made_at, gone_at=pack.asked_at + KEEPS, is_busy=pack.state in BUSY,
        is_stale=pack.state in BUSY and _is_stale(pack, at), problem=_words(pack.problem),
    )  # fmt: skip


def status(reading: Reading, uid: UUID) -> PackLine | None:
    """The same for who asks. Raises NotHandling, NotYourRequest."""
    return line_of(request_for(reading, uid), at=reading.at)


def fetch(reading: Reading, uid: UUID, kind: str) -> Fetched:
    """The pack, to give to the person; the caller has checked a strong and fresh sign-in.

    It holds what each controller decided to give through whoever received the request (BGS art. 1.1(1)); that it
    leaves is journalled per case and person with exactly the fields in it. No screen shows it.
    Raises NotHandling, NotYourRequest, NotFound.
    """
    request = request_for(reading, uid)
    pack = SubjectPack.objects.filter(
        request=request, state=PackState.DONE, asked_at__gt=reading.at - KEEPS
    ).first()  # fmt: skip
    if pack is None or kind not in TYPES:
        raise NotFound(_("Dit pakket is er niet (meer)."), remedy=_("Laat het opnieuw maken bij het verzoek."))
    data = unsealed((pack.pdf if kind == PDF else pack.twin) or b"")
    keep(_exports(reading, request, pack, kind, hashlib.sha256(data).hexdigest()))
    return Fetched(data=data, name=f"inzage-{request.number}.{kind}", content_type=TYPES[kind])


def erase_old() -> int:
    """Take away the packs that were kept long enough; how many."""
    return SubjectPack.objects.filter(asked_at__lte=clock.now() - KEEPS).delete()[0]


def _exports(reading: Reading, request: SubjectRequest, pack: SubjectPack, kind: str, digest: str) -> list[Any]:
    told: dict[tuple[str, str], int] = {}
    for case, subject, mask in pack.told:
        told[case, subject] = told.get((case, subject), 0) | from_hex(mask)
    detail = {"request": request.number, "file": kind, "sha256": digest}
    if not told:
        return [reading.entry(event=events.FETCHED, action=Action.EXECUTE, purpose="subject_request", detail=detail)]
    return [
        reading.entry(
            event=events.FETCHED, action=Action.EXECUTE, purpose="subject_request", case_ref=case,
            subject_ref=subject, fields=mask, detail=detail,
        )
        for (case, subject), mask in sorted(told.items())
    ]  # fmt: skip


def _is_stale(pack: SubjectPack, at: datetime) -> bool:
    return pack.beat_at + STALE_AFTER <= at


def _words(problem: str) -> str:
    found = {
        "": "",
        NO_OFFICER: _("Een organisatie heeft geen privacy officer of contactpunt meer dat haar gegevens kan openen."),
    }
    return found.get(problem, _("Het maken is mislukt door een fout in het programma. Laat het opnieuw maken."))
