"""Writes about covenants, gathered: loading, leaving, suspending. Signing on the page will join them."""

from agreements.covenants.commands.leaving import NotAParty, withdraw_party
from agreements.covenants.commands.loading import CovenantRefused, Loaded, check_covenant, load_covenant
from agreements.covenants.commands.suspending import resume_covenant, suspend_covenant

__all__ = [
    "CovenantRefused",
    "Loaded",
    "NotAParty",
    "check_covenant",
    "load_covenant",
    "resume_covenant",
    "suspend_covenant",
    "withdraw_party",
]
