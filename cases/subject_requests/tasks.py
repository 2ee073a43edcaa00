"""The work behind a pack: done by `manage.py db_worker`, part by part, so that another worker can go on with it."""

import json
import logging
import secrets
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import translation
from django_tasks import task

from agreements.parties.models import Membership
from agreements.parties.reader import current_memberships, visit_of
from cases.disclosure.reading import Reading
from cases.subject_requests.boxes import closed, opened, sealed
from cases.subject_requests.choices import PackState
from cases.subject_requests.contents import part_of
from cases.subject_requests.events import PREPARED
from cases.subject_requests.models import DecisionSheet, SubjectPack, SubjectPackPart
from cases.subject_requests.packs import FAULT, KEEPS, NO_OFFICER, STALE_AFTER, erase_old
from cases.subject_requests.printing import twin_of
from cases.subject_requests.rights import HANDLING
from foundation import clock

log = logging.getLogger("verbond.subject_requests")
LANGUAGE = "nl"
AFTER_PARTS = 1
"""Steps after the parts: printing."""


class NoOfficer(Exception):
    """An agency has nobody left under whose rights its part can be opened."""


class Abandoned(Exception):
    """The pack is no longer this worker's: a sheet was opened again, or another went on with it."""


@task()
def make_pack(uid: str) -> None:
    """Make the pack `uid`, if it waits or its worker is gone. Parts that were made before are not made again."""
    stale = Q(state=PackState.RUNNING, beat_at__lte=clock.now() - STALE_AFTER)
    # One statement claims it: of two workers one finds it waiting.
    claimed = SubjectPack.objects.filter(Q(state=PackState.QUEUED) | stale, uid=uid)
    if not claimed.update(state=PackState.RUNNING, beat_at=clock.now()):
        return
    pack = SubjectPack.objects.select_related("request").get(uid=uid)
    try:
        with translation.override(LANGUAGE):
            _make(pack)
    except Abandoned:
        return
    except NoOfficer:
        _finish(pack, state=PackState.FAILED, problem=NO_OFFICER)
    except Exception:
        _finish(pack, state=PackState.FAILED, problem=FAULT)
        log.exception("making a pack for a person concerned failed", extra={"event": "pack_failed"})
        raise
    _erase_later()


@task()
def erase_packs() -> int:
    """Take away what was kept long enough."""
    return erase_old()


def _make(pack: SubjectPack) -> None:
    # Here, so that only the worker loads the typesetting.
    from cases.subject_requests.printing import pdf_of

    sheets = list(pack.request.sheets.select_related("agency").order_by("agency__name", "pk"))
    known = dict(SubjectPackPart.objects.filter(pack=pack).values_list("sheet_id", "content"))
    parts: list[dict[str, Any]] = []
    for number, sheet in enumerate(sheets):
        _step(pack, done=number, total=len(sheets) + AFTER_PARTS)
        sheet.request = pack.request
        parts.append(opened(known[sheet.pk]) if sheet.pk in known else _part(pack, sheet))
    _step(pack, done=len(sheets), total=len(sheets) + AFTER_PARTS)
    now = clock.now()
    twin = twin_of(pack.request, parts, at=now)
    _finish(
        pack, state=PackState.DONE, done=len(sheets) + AFTER_PARTS, twin=sealed(twin),
        pdf=sealed(pdf_of(twin, language=LANGUAGE)), told=[row for part in parts for row in part["told"]],
    )  # fmt: skip
    SubjectPackPart.objects.filter(pack=pack).delete()


def _part(pack: SubjectPack, sheet: DecisionSheet) -> dict[str, Any]:
    """The part of one controller, opened by its own officer: nobody else's rights open its facts."""
    membership = _officer(sheet)
    visit = visit_of(membership, strength="password", trace_id=secrets.token_hex(16), language=LANGUAGE)
    part = part_of(Reading.begin(visit, route="task:make_pack", event=PREPARED), sheet)
    SubjectPackPart.objects.update_or_create(pack=pack, sheet=sheet, defaults={"content": closed(part)})
    found: dict[str, Any] = json.loads(json.dumps(part))
    return found


def _officer(sheet: DecisionSheet) -> Membership:
    """Who closed the sheet, or else somebody who answers requests for that agency now. Raises NoOfficer."""
    rows = [row for row in current_memberships().filter(agency=sheet.agency) if HANDLING & frozenset(row.roles)]
    mine = [row for row in rows if row.pk == sheet.membership]
    if not rows:
        raise NoOfficer
    return (mine or rows)[0]


def _step(pack: SubjectPack, *, done: int, total: int) -> None:
    mine = SubjectPack.objects.filter(pk=pack.pk, state=PackState.RUNNING)
    if not mine.update(done=done, total=total, beat_at=clock.now()):
        raise Abandoned


def _finish(pack: SubjectPack, **values: object) -> None:
    SubjectPack.objects.filter(pk=pack.pk, state=PackState.RUNNING).update(made_at=clock.now(), **values)


def _erase_later() -> None:
    """Look again when this pack was kept long enough; a backend without a clock leaves it to the next order."""
    if erase_packs.get_backend().supports_defer:
        erase_packs.using(run_after=clock.now() + KEEPS + timedelta(minutes=1)).enqueue()
