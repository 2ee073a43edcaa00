"""Writes about people, gathered; each file has one subject."""

from agreements.parties.commands.accounts import deactivate_professional, set_preferences
from agreements.parties.commands.client_keys import end_client_key, register_client_key
from agreements.parties.commands.loading import Loaded, load_parties
from agreements.parties.commands.memberships import change_roles, end_membership, grant_membership
from agreements.parties.commands.rights import (
    NotYourAgency,
    OwnMembership,
    check_may_manage_people,
    may_manage_people,
)

__all__ = [
    "Loaded",
    "NotYourAgency",
    "OwnMembership",
    "change_roles",
    "check_may_manage_people",
    "deactivate_professional",
    "end_client_key",
    "end_membership",
    "grant_membership",
    "load_parties",
    "may_manage_people",
    "register_client_key",
    "set_preferences",
]
