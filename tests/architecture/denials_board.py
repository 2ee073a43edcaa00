"""Who is the wrong reader at each route of realtime.board: who is no member, and who does not lead."""

from tests.architecture.denial import Denial, fixed
from tests.invariants.plants.channels import CHANNELS

_BOARD = fixed(f"/straat/{CHANNELS['MW-3']}/bord/")

# Nobody; a school that takes part in no case of the street; a privacy officer; a member who does not lead.
DENIALS = [Denial(route="channel_board", url=_BOARD, wrong=who) for who in (None, "hanneke", "ineke", "esra")]
PUBLIC: dict[str, str] = {}
