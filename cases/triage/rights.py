"""What a reader can do in triage at this moment: for showing the buttons. The commands decide again."""

from cases.disclosure.reading import Reading
from cases.records.models import Case
from cases.records.phases import Phase
from cases.triage.checks import is_over
from cases.triage.codes import Outcome
from cases.triage.filters import KNOWN, OPEN, WEIGH
from cases.triage.models import Triage, TriageStep
from cases.triage.parties import directs, fits_judged, weighs

START, PASS, ASK, INVITE, JUDGE, PROPOSE, ADMIT, MORE = (
    "start", "pass", "ask", "invite", "judge", "propose", "admit", "more",
)  # fmt: skip
RESPOND, FITS, OPENING = "respond", "fits", "opening"


def of(reading: Reading, case: Case, triage: Triage | None, proposal: TriageStep | None) -> frozenset[str]:
    """The codes above of what this reader can do now."""
    if case.phase != Phase.TRIAGE:
        return frozenset()
    found = _of_director(reading, case, triage) if directs(reading) else set()
    if triage is not None and triage.decided_at is None and weighs(reading, case):
        if proposal is not None and proposal.source_id != reading.visit.agency.id:
            found.add(RESPOND)
        if triage.filter >= KNOWN and not fits_judged(triage):
            found.add(FITS)
    return frozenset(found)


def _of_director(reading: Reading, case: Case, triage: Triage | None) -> set[str]:
    if triage is None:
        return {START}
    if triage.decided_at is not None:
        return _after_decision(triage)
    found = {PROPOSE, INVITE}
    if triage.info_until is None:
        found.add(MORE)
    if triage.filter >= KNOWN:
        found.add(ASK)
    if triage.filter == WEIGH:
        found |= {JUDGE, ADMIT}
    if triage.filter < KNOWN or (triage.filter == KNOWN and _asked(reading, case, triage)):
        found.add(PASS)
    return found


def _after_decision(triage: Triage) -> set[str]:
    if triage.outcome != Outcome.ADMIT:
        return set()
    return {OPENING} if triage.filter == OPEN else {PASS}


def _asked(reading: Reading, case: Case, triage: Triage) -> bool:
    checks = list(triage.checks.all())
    return case.kind == "area" or (bool(checks) and all(is_over(reading, check) for check in checks))
