"""Turns waking a device on and off; whoever signs out, or loses membership or session, is not woken any more."""

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from agreements.parties.models import Professional
from agreements.parties.reader import current_memberships
from audit.journal.appender import append
from audit.journal.entry import Action
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import CASE_ROLES
from foundation import clock
from foundation.boxes import box
from foundation.errors import Invalid, Refused, Unavailable
from realtime.push.endpoints import Device, checked
from realtime.push.models import PushSubscription

MOST = 10
"""Devices of one membership; the oldest goes."""


def turn_on(reading: Reading, device: Device, *, session: str) -> None:
    """Wake this device from now on; again replaces it, also when somebody else used it before.

    session: key of the session. Raises Refused (no work in cases), Invalid (address, keys), Unavailable (no key).
    """
    if not reading.visit.roles & CASE_ROLES:
        raise Refused(_("Meldingen zijn voor wie in kanalen werkt."), remedy=_("Wissel zo nodig van organisatie."))
    if not settings.VAPID_KEY:
        raise Unavailable(_("Deze installatie stuurt geen meldingen."), remedy=_("Vraag de beheerder om een sleutel."))
    if not session:
        raise Invalid(_("Meldingen horen bij een sessie."), field="session", remedy=_("Meld u aan in de browser."))
    found = checked(device)
    with transaction.atomic():
        PushSubscription.objects.update_or_create(
            digest=digest_of(found.endpoint),
            defaults={
                "membership_id": reading.visit.membership_id, "session": session, "made_at": reading.at,
                "locked": _box().encrypt(json.dumps(asdict(found)).encode()).decode(), "rung_at": None,
            },
        )  # fmt: skip
        mine = PushSubscription.objects.filter(membership_id=reading.visit.membership_id).order_by("-made_at", "-pk")
        PushSubscription.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST:])).delete()
        append([reading.entry(event="push.on", action=Action.CREATE)])


def turn_off(reading: Reading, *, endpoint: str) -> None:
    """Do not wake this device any more. Again changes nothing."""
    mine = PushSubscription.objects.filter(membership_id=reading.visit.membership_id, digest=digest_of(endpoint[:2000]))
    with transaction.atomic():
        if mine.delete()[0]:
            append([reading.entry(event="push.off", action=Action.DELETE)])


def on_sign_out(*, request: HttpRequest, user: Professional | None, **_more: Any) -> None:
    """Whoever signs out is not woken by this device any more."""
    key = request.session.session_key
    if key:
        PushSubscription.objects.filter(session=key).delete()


def standing(membership_ids: list[int]) -> list[PushSubscription]:
    """The devices of these memberships that may be woken now; those whose session or membership ended are deleted."""
    found = list(PushSubscription.objects.filter(membership_id__in=membership_ids).order_by("pk"))
    if not found:
        return []
    keys = {one.session for one in found}
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
    sessions = set(alive.values_list("session_key", flat=True))
    in_force = set(current_memberships().filter(pk__in=membership_ids).values_list("pk", flat=True))
    good = [one for one in found if one.session in sessions and one.membership_id in in_force]
    gone = {one.pk for one in found} - {one.pk for one in good}
    if gone:
        PushSubscription.objects.filter(pk__in=gone).delete()
    return good


def device_of(subscription: PushSubscription) -> Device:
    """Where and how the device is reached."""
    return Device(**json.loads(_box().decrypt(subscription.locked.encode())))


def digest_of(endpoint: str) -> str:
    """By which a device is found again, without keeping its address in the clear."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


@lru_cache(maxsize=1)
def _box() -> Any:
    return box("web-push")
