"""The tables of the agreements app, gathered for Django. They live in their rooms."""

from agreements.covenants.models import Covenant, CovenantVersion, Party, PolicyEpoch, Signature, Suspension
from agreements.drafting.models import Draft, DraftParty, FindingAnswer, Remark, Revision
from agreements.joining.models import Consent, Motion, Reminder
from agreements.parties.models import (
    Agency,
    ClientKey,
    DemoCard,
    Membership,
    Professional,
    UsedAssertion,
)
from agreements.signing.models import HouseKey, SealedVersion, SigningKey

__all__ = [
    "Agency",
    "ClientKey",
    "Consent",
    "Covenant",
    "CovenantVersion",
    "DemoCard",
    "Draft",
    "DraftParty",
    "FindingAnswer",
    "HouseKey",
    "Membership",
    "Motion",
    "Party",
    "PolicyEpoch",
    "Professional",
    "Remark",
    "Reminder",
    "Revision",
    "SealedVersion",
    "Signature",
    "SigningKey",
    "Suspension",
    "UsedAssertion",
]
