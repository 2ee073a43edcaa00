"""Where an agency stands: in which of a case's covenants it is a party now. From the compiled rules alone."""

from datetime import datetime

from agreements.policy.compile import Policy
from agreements.policy.question import Actor


def covenants_of_party(
    policy: Policy, *, agency: Actor, covenants: frozenset[str], at: datetime
) -> frozenset[str]:
    """The codes among `covenants` in which `agency` is a party to a version in force at `at`.

    These are the covenants under which it may give facts; none means that it may give nothing.
    """
    here = policy.slice_at(covenants, at)
    party, _third = here.member(agency)
    return frozenset(code for code in covenants if policy.index.covenants.get(code, 0) & party & here.in_force)
