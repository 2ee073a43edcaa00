"""When a proposed lead is accepted. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Verdict(StrEnum):
    """How a proposal stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


def verdict(*, proposed: int, parties: Iterable[int], voices: Mapping[int, bool]) -> Verdict:
    """Accepted by the proposed agency itself and by more than half of all parties to the pact; else open or declined.

    proposed, parties: row numbers of agencies; the present lead is a party like any other. voices: agency → whether
    it agrees; those of who is no party (any more) do not count. Declined once the proposed agency says no, or more than
    half can no longer agree.
    """
    known = set(parties)
    said = {agency: agrees for agency, agrees in voices.items() if agency in known}
    needed = len(known) // 2 + 1
    if said.get(proposed) is False or len(known) - sum(not agrees for agrees in said.values()) < needed:
        return Verdict.DECLINED
    agreed = sum(said.values())
    return Verdict.ACCEPTED if said.get(proposed) and agreed >= needed else Verdict.OPEN
