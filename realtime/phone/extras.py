"""What this room adds to the sockets: what a member may say, and how far their messages got."""

from realtime.live.extras import Extra, enter_extra
from realtime.phone import kinds, receipts


def supply_extras() -> None:
    """Enter them; called once, from AppConfig.ready."""
    enter_extra(Extra(name="kinds", token=kinds.kinds_token, frames=kinds.kinds_frames))
    enter_extra(
        Extra(
            name="receipts",
            token=receipts.receipts_token,
            frames=receipts.receipts_frames,
            takes={"stored": (receipts.Stored, receipts.took), "who": (receipts.Who, receipts.who_saw)},
        )
    )
