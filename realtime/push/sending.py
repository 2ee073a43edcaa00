"""Wakes phones: which, for what, and the one message that never says more than that something is new.

Source: RFC 8030 (Web Push), 8291 (encryption), 8292 (VAPID).
"""

import base64
import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db.models import Q
from pywebpush import WebPushException, webpush

from agreements.parties.reader import visit_of
from cases.disclosure.reading import Reading
from foundation import clock
from realtime.channels.models import Channel, ChannelMember, Event, Kind
from realtime.channels.rights import running, standing_members
from realtime.channels.telling import Hearer, events_named, hearer_of, known_events
from realtime.place.models import Presence
from realtime.push import commands
from realtime.push.endpoints import is_allowed, leads_outside
from realtime.push.models import PushSubscription

log = logging.getLogger("verbond.realtime")

WORDS = b"er is iets nieuws"
"""The whole payload, always: its length and its bytes are the same for everything."""
ROUTE = "push"
LISTENS = timedelta(seconds=12)
"""A phone that was connected so shortly ago gets messages by its socket (its heartbeat is every 5 s)."""
TIMEOUT = 5.0
GONE = frozenset({404, 410})
URGENT_NOTICES = ("alarm_step",)


def is_urgent(event: Event) -> bool:
    """Whether it is an alarm, or a call for one that nobody answered."""
    return event.kind == Kind.ALARM or event.notice.startswith(URGENT_NOTICES)


def ring_for(event: Event) -> int:
    """Wake whoever may know of this event and did not get it by a socket; returns how many devices were woken."""
    now = clock.now()
    channel = Channel.objects.filter(running(now), pk=event.channel_id).select_related("case").first()
    if channel is None:
        return 0
    urgent = is_urgent(event)
    members = [one for one in standing_members(channel, at=now) if one.pk != event.author_id]
    wanted = PushSubscription.objects.filter(membership_id__in=[one.membership_id for one in members])
    with_device = set(wanted.values_list("membership_id", flat=True))
    members = [one for one in members if one.membership_id in with_device]
    members = _who_may_know(channel, event, _without_socket(members, event, urgent=urgent))
    return ring_memberships([one.membership_id for one in members], urgent=urgent)


def ring_memberships(membership_ids: Sequence[int], *, urgent: bool) -> int:
    """Wake the devices of these memberships. What can wait does not wake a phone twice within PUSH_QUIET_SECONDS."""
    now, rung = clock.now(), 0
    quiet = now - timedelta(seconds=settings.PUSH_QUIET_SECONDS)
    for one in commands.standing(list(membership_ids)):
        mine = PushSubscription.objects.filter(pk=one.pk)
        if not urgent and not mine.filter(Q(rung_at=None) | Q(rung_at__lte=quiet)).update(rung_at=now):
            continue
        rung += _send(one, urgent=urgent)
    return rung


def public_key() -> str:
    """The installation's public key for browsers (base64url, uncompressed point); "" when it sends no push."""
    return _public_key(settings.VAPID_KEY) if settings.VAPID_KEY else ""


@lru_cache(maxsize=4)
def _public_key(text: str) -> str:
    number = int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    key = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def _without_socket(members: list[ChannelMember], event: Event, *, urgent: bool) -> list[ChannelMember]:
    """Those whose phone did not say that it stored the event, and, when it can wait, is not connected either."""
    numbers = [one.pk for one in members]
    stored = set(
        ChannelMember.objects.filter(pk__in=numbers, receipt__stored__gte=event.seq).values_list("pk", flat=True)
    )
    if not urgent:
        since = clock.now() - LISTENS
        listens = Presence.objects.filter(member_id__in=numbers, heard_at__gt=since)
        stored |= set(listens.values_list("member_id", flat=True))
    return [one for one in members if one.pk not in stored]


def _who_may_know(channel: Channel, event: Event, members: list[ChannelMember]) -> list[ChannelMember]:
    hearers: dict[int, Hearer] = {}
    for one in members:
        visit = visit_of(one.membership, strength="password", trace_id="")
        reading = Reading.begin(visit, route=ROUTE, event="channel.read")
        hearers[one.pk] = hearer_of(reading, channel.case, one.uid, None)
    events = events_named(channel, [event.uid]) if hearers else []
    known = known_events(channel, events, hearers.values(), route=ROUTE) if events else {}
    return [one for one in members if known and event.uid in known[hearers[one.pk].view]]


def _send(subscription: PushSubscription, *, urgent: bool) -> bool:
    device = commands.device_of(subscription)
    if not settings.VAPID_KEY or not is_allowed(device.endpoint) or not leads_outside(device.endpoint):
        log.warning("a push service is not called", extra={"event": "push_barred"})
        return False
    keys = {"p256dh": device.p256dh, "auth": device.auth}
    headers: dict[str, Any] = {"Urgency": "high" if urgent else "normal", "Topic": "alarm" if urgent else "nieuws"}
    claims: dict[str, str | int] = {"sub": settings.PUSH_CONTACT}
    try:
        with requests.Session() as session:
            session.max_redirects = 0
            session.trust_env = settings.PUSH_BY_PROXY
            webpush(
                {"endpoint": device.endpoint, "keys": keys}, WORDS, vapid_private_key=settings.VAPID_KEY,
                vapid_claims=claims, ttl=settings.PUSH_TTL_SECONDS, headers=headers, timeout=TIMEOUT,
                requests_session=session,
            )  # fmt: skip
    except WebPushException as failed:
        code = failed.response.status_code if failed.response is not None else 0
        if code in GONE:
            PushSubscription.objects.filter(pk=subscription.pk).delete()
        else:
            log.warning("a push service refused", extra={"event": "push_refused", "status": code})
        return False
    except requests.RequestException:
        log.warning("a push service could not be reached", extra={"event": "push_away"})
        return False
    return True
