"""For which purpose somebody reads a case: chosen from what the covenants give, kept for the visit.

Not here: what a purpose lets somebody see. The covenants' articles decide that.
"""

from collections.abc import MutableMapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from agreements.covenants.in_force import PurposeOption, purposes_for
from agreements.policy.sheet import purposes_for as readable_purposes
from audit.journal.apart import append_apart
from audit.journal.entry import Action
from cases.disclosure.moments import setting_at
from cases.disclosure.reading import Reading, setting_of
from cases.records.models import Case
from foundation.errors import Invalid

SESSION_KEY = "purposes"
Session = MutableMapping[str, Any]


def options_for(reading: Reading, case: Case) -> tuple[PurposeOption, ...]:
    """The purposes for which the covenants of this case let this reader's agency and roles read it now.

    A purpose that an article gives only by extract is none for reading the joint case.
    """
    readable = _readable(reading, case)
    options = purposes_for(
        reading.policy,
        agency=reading.agency,
        roles=reading.visit.roles,
        covenants=case.covenant_codes,
        at=reading.at,
    )
    return tuple(option for option in options if option.code in readable)


def declared(reading: Reading, case: Case, session: Session | None) -> str:
    """The purpose for which this visit reads `case`; "" when none was declared and none is obvious.

    Obvious is the only purpose there is, or the one the case was opened for. A purpose that the
    covenants no longer give falls away by itself. A token reads for the purpose it is bound to.
    """
    return _chosen(_codes(reading, case), case, session)


def declared_at(reading: Reading, case: Case, session: Session | None, *, at: datetime) -> str:
    """The purpose to judge a past moment by: the one declared now, else what was obvious then.

    Without it "as of last week" would be answered by a purpose that the covenants no longer give.
    """
    now = declared(reading, case, session)
    if now or at >= reading.at:
        return now
    then = readable_purposes(reading.policy, reading.agency, reading.visit.roles, setting_at(case, at), at)
    pinned = reading.visit.purposes_pinned
    return _chosen(tuple(sorted(then if pinned is None else then & {pinned})), case, session)


def _chosen(codes: tuple[str, ...], case: Case, session: Session | None) -> str:
    chosen = (session or {}).get(SESSION_KEY, {}).get(case.number, "")
    if chosen in codes:
        return str(chosen)
    if case.purpose in codes:
        return case.purpose
    return codes[0] if len(codes) == 1 else ""


def _codes(reading: Reading, case: Case) -> tuple[str, ...]:
    """Codes of the options; worked out once per reading and set of covenants, since lists ask often."""
    key = f"{case.kind} {case.covenants}"
    known = reading.memo.get(key)
    if known is None:
        known = reading.memo[key] = tuple(sorted(_readable(reading, case)))
    return known


def _readable(reading: Reading, case: Case) -> frozenset[str]:
    """The purposes for which some article lets this reader read this case live now, without their labels."""
    found = readable_purposes(reading.policy, reading.agency, reading.visit.roles, setting_of(case), reading.at)
    pinned = reading.visit.purposes_pinned
    return found if pinned is None else found & {pinned}


def declare(reading: Reading, case: Case, session: Session, *, code: str) -> None:
    """Read `case` for another purpose from now on in this visit; a new, recorded reading.

    Raises Invalid when the covenants do not give that purpose to this reader in this case.
    Source: AVG art. 5(1)(b).
    """
    options = {option.code: option for option in options_for(reading, case)}
    if code not in options:
        raise Invalid(
            _("De convenanten van deze casus geven uw rol dit doel niet."),
            field="purpose",
            remedy=_("Kies een doel uit de lijst."),
        )
    append_apart([reading.entry(event="purpose.declared", action=Action.EXECUTE, case_ref=case.ref, purpose=code)])
    session[SESSION_KEY] = {**session.get(SESSION_KEY, {}), case.number: code}
