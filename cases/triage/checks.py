"""When answers to a known-check may be seen, and for whom a check exists. Changes nothing.

Blind: until all have answered or the term has passed, each agency knows its own answer and nobody knows another's.
"""

from typing import NoReturn
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.triage import events
from cases.triage.models import KnownCheck
from foundation.errors import NotFound

ANSWERING = frozenset({"professional", "chair", "team_lead", "case_director"})
"""Roles that answer for their agency, and say who it is about for the agency that reported."""


class NotYourCheck(NotFound):
    """The known-check does not exist for this reader."""

    code = "not_your_check"
    is_recorded = True


def is_over(reading: Reading, check: KnownCheck) -> bool:
    """Whether the answers may be seen: everybody answered, or the term passed."""
    return check.closed_at is not None or (check.deadline is not None and check.deadline <= reading.at)


def is_running(reading: Reading, check: KnownCheck) -> bool:
    """Whether agencies can compare and answer now."""
    return check.started_at is not None and not is_over(reading, check)


def visible_checks(reading: Reading) -> QuerySet[KnownCheck]:
    """The checks that exist for this reader: put to their agency, or waiting for it to say who it is about.

    Included if, and only if, the reader holds a role that answers, no token pins them to one case, and
    - their agency was invited and the check was started; or
    - their agency is the one that reported.
    """
    visit = reading.visit
    if not visit.roles & ANSWERING or visit.case_pinned:
        return KnownCheck.objects.none()
    invited = Q(answers__agency_id=visit.agency.id, started_at__isnull=False)
    found = KnownCheck.objects.filter(invited | Q(identifier_id=visit.agency.id)).distinct()
    return found.select_related("triage__case__lead", "identifier")


def not_over(reading: Reading) -> QuerySet[KnownCheck]:
    """Those of `visible_checks` of which the answers may not be seen yet: the same as `is_over`, asked of the store."""
    return visible_checks(reading).filter(Q(deadline=None) | Q(deadline__gt=reading.at), closed_at=None)


def check_for(reading: Reading, uid: UUID) -> KnownCheck:
    """The check `uid`. Raises NotYourCheck after writing a refusal to the journal."""
    found = visible_checks(reading).filter(uid=uid).first()
    if found is None:
        refuse(reading, uid)
    return found


def refuse(reading: Reading, uid: UUID) -> NoReturn:
    """Journal the refusal and raise: one look-up and one insert, whether it exists or not."""
    known = KnownCheck.objects.filter(uid=uid).select_related("triage__case").first()
    entry = reading.entry(
        event=events.CHECK_REFUSED, outcome=Outcome.REFUSED, case_ref=known.triage.case.ref if known else "",
        detail={"asked": "known" if known else "unknown"},
    )  # fmt: skip
    append_apart([entry])
    raise NotYourCheck(
        _("Deze bekendheidsvraag bestaat niet, of niet voor u."),
        remedy=_("U ziet vragen die aan uw organisatie zijn gesteld."),
    )
