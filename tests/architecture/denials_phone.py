"""Who is the wrong reader at each route of the phone app. Its worker, manifest and empty page are everybody's."""

from realtime.channels.models import Channel
from tests.architecture.denial import Denial
from tests.invariants.world import World

PUBLIC = {
    "street_shell": "the page of a channel without any data, the same for everybody",
    "service_worker": "a script without data, fetched without cookies",
    "web_manifest": "name, colours and icons of the app",
}


def _channel(world: World) -> str:
    """A channel that is there, where the world has one; else one that is not, which answers the same."""
    uid = Channel.objects.order_by("id").values_list("uid", flat=True).first()
    return f"/straat/{uid or '00000000-0000-4000-8000-000000000000'}/"


DENIALS: list[Denial] = [Denial(route="channel", url=_channel, wrong=wrong) for wrong in (None, "hanneke")]
