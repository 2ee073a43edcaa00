"""Who is the wrong reader at each route of realtime.place: everybody who is no member of the channel."""

from realtime.channels.models import Channel
from tests.architecture.denial import Denial, Url
from tests.invariants.world import World

_NONE = "00000000-0000-4000-8000-000000000000"
_FORM = "application/x-www-form-urlencoded"
_ROUTES = {
    "channel_photo_add": ("POST", "foto/"),
    "channel_photo": ("GET", f"foto/{_NONE}/"),
    "channel_map": ("GET", "kaart/"),
}


def _url(path: str) -> Url:
    def url(world: World) -> str:
        channel = Channel.objects.filter(case__number="MW-3").order_by("id").first()
        return f"/straat/{channel.uid}/{path}"

    return url


# Nobody; a school that takes part in no case of the street; a privacy officer.
DENIALS = [
    Denial(route=name, url=_url(path), method=method, wrong=who, body="caption=x", content_type=_FORM)
    for name, (method, path) in _ROUTES.items()
    for who in (None, "hanneke", "ineke")
]
PUBLIC: dict[str, str] = {}
