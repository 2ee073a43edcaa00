"""Photos of the street: taken in with their message in one transaction, opened only after that message was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.scope import write_scope
from cases.attachments import keys
from cases.attachments.kinds import checked
from cases.disclosure.reading import Reading
from foundation.errors import NotFound
from realtime.channels.commands.saying import Said, say
from realtime.channels.models import Event, Kind
from realtime.channels.queries import Opened
from realtime.channels.telling import Told, events_named, tell
from realtime.place.models import StreetPhoto

FIELD = "street_photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A photo as a phone sends it. size: what was sent, also when `data` was not kept for being too much."""

    client: UUID
    caption: str
    name: str
    data: bytes
    size: int


def send(reading: Reading, here: Opened, taken: Taken) -> Event:
    """Store the message and its picture, which is drawn anew without what the camera wrote into it (place, device).

    The same `client` again returns what it made. Raises Invalid (no picture, too large), and what `say` raises.
    """
    made = Event.objects.filter(channel=here.channel, author=here.member, client=taken.client).first()
    if made is not None:
        return made
    file = checked(
        taken.name, taken.data, size=taken.size, most=settings.SIGNAL_PHOTO_MAX_BYTES, photo=True, field="photo"
    )
    said = Said(client=taken.client, kind=Kind.PHOTO, pieces=((FIELD, taken.caption.strip() or _("Foto")),))
    with transaction.atomic(), write_scope():
        event = say(reading, here.channel, said, hearer=here.hearer)
        locked, key = keys.lock(file.data, uid=event.uid)
        StreetPhoto.objects.get_or_create(
            event=event, defaults={"name": file.name, "type": file.type, "locked": locked, "key": key}
        )
    return event


def photos_among(told: Iterable[Told]) -> tuple[UUID, ...]:
    """The events among these, as somebody was told them, that have a picture which they may see."""
    uids = [one.event.uid for one in told if _is_shown(one)]
    found = set(StreetPhoto.objects.filter(event__uid__in=uids).values_list("event__uid", flat=True))
    return tuple(uid for uid in uids if uid in found)


def pictures(told: Iterable[Told]) -> dict[UUID, tuple[str, bytes]]:
    """Type and bytes of the pictures of these events, which were just told to who gets them; others are not opened."""
    rows = StreetPhoto.objects.filter(event__uid__in=photos_among(told)).select_related("event")
    return {
        row.event.uid: (row.type, keys.unlock(bytes(row.locked), row.key, uid=row.event.uid)) for row in rows
    }  # fmt: skip


def _is_shown(told: Told) -> bool:
    return any(one.code == FIELD and one.text is not None for one in told.pieces)


def photo(reading: Reading, here: Opened, uid: UUID) -> tuple[str, bytes]:
    """Type and bytes of the photo of an event that the reader may know. Raises NotFound for any other."""
    events = events_named(here.channel, [uid])
    told = tell(here.channel, events, [here.hearer], route=reading.route, event="place.photo") if events else {}
    found = told.get(here.hearer.view, ())
    row = StreetPhoto.objects.filter(event__uid=uid).first() if found and _is_shown(found[0]) else None
    if row is None:
        raise NotFound(_("Deze foto is er niet, of niet voor u."), remedy=_("Ga terug naar het kanaal."))
    return row.type, keys.unlock(bytes(row.locked), row.key, uid=uid)
