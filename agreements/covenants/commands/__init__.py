"""Writes about covenants, gathered: loading, offering, acceding, leaving, suspending, ending. Not here: signing."""

from agreements.covenants.commands.acceding import accede_party
from agreements.covenants.commands.ending import end_covenant, version_to_end
from agreements.covenants.commands.leaving import NotAParty, revoke_withdrawal, stays_in_cases, withdraw_party
from agreements.covenants.commands.loading import CovenantRefused, Loaded, check_covenant, load_covenant
from agreements.covenants.commands.offering import offer_version, withdraw_offer
from agreements.covenants.commands.suspending import resume_covenant, suspend_covenant

__all__ = [
    "CovenantRefused",
    "Loaded",
    "NotAParty",
    "accede_party",
    "check_covenant",
    "end_covenant",
    "load_covenant",
    "offer_version",
    "resume_covenant",
    "revoke_withdrawal",
    "stays_in_cases",
    "suspend_covenant",
    "version_to_end",
    "withdraw_offer",
    "withdraw_party",
]
