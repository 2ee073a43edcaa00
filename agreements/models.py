"""The tables of the agreements app, gathered for Django. They live in their rooms."""

from agreements.covenants.models import Covenant, CovenantVersion, Party, PolicyEpoch, Signature, Suspension
from agreements.parties.models import (
    Agency,
    ClientKey,
    DemoCard,
    Membership,
    Professional,
    UsedAssertion,
)

__all__ = [
    "Agency",
    "ClientKey",
    "Covenant",
    "CovenantVersion",
    "DemoCard",
    "Membership",
    "Party",
    "PolicyEpoch",
    "Professional",
    "Signature",
    "Suspension",
    "UsedAssertion",
]
