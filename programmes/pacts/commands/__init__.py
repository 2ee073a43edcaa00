"""Writes about a pact and its pledges: each checks rights, changes, and journals, in one transaction."""

from programmes.pacts.commands.pact import link_pact, release
from programmes.pacts.commands.pledges import make_pledge, report_progress, settle

__all__ = ["link_pact", "make_pledge", "release", "report_progress", "settle"]
