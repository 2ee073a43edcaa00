"""What may follow what, and what others may know of seizures. Pure decisions.

Source: domain reference, section 10 (totals after irrevocable; a seizure shown links to its give-back).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from programmes.giveback.models import InterventionState as Offer
from programmes.giveback.models import SeizureState as Taken

SEIZURE_STEPS: Mapping[str, str] = {Taken.REPORTED: Taken.SEIZED, Taken.SEIZED: Taken.IRREVOCABLE,
                                    Taken.IRREVOCABLE: Taken.BOOKED}  # fmt: skip
INTERVENTION_STEPS: Mapping[str, tuple[str, ...]] = {
    Offer.PLANNED: (Offer.RUNNING, Offer.STOPPED),
    Offer.RUNNING: (Offer.RUNNING, Offer.SCALED, Offer.STOPPED),
    Offer.SCALED: (Offer.SCALED, Offer.STOPPED),
    Offer.STOPPED: (),
}
"""To the state it is in: only its numbers change."""


class Total(NamedTuple):
    """What everybody may know of seizures: how many, and what they yielded together in whole thousands of euros."""

    number: int
    proceeds: int


def public_total(proceeds: Sequence[int], *, threshold: int) -> Total | None:
    """The total for others; None while fewer than `threshold` seizures were booked.

    proceeds: of all booked seizures, in the order of booking. Only whole stretches of `threshold` seizures count, and
    what is booked is never changed: any two totals, of whatever two days, differ by nothing or by a whole stretch.
    """
    number = len(proceeds) // threshold * threshold
    if not number:
        return None
    return Total(number, round(sum(proceeds[:number]) / 1000) * 1000)
