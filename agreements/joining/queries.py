"""Reads of parties and terms of a covenant, for its own page and the API. No case data.

Included for an agency if, and only if, it is or was a party, or has a place to sign under a version
(agreements.covenants.queries says so).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from agreements.covenants.answers import AgencyLine
from agreements.covenants.in_force import document_of
from agreements.covenants.labels import label
from agreements.covenants.models import Covenant, Party
from agreements.covenants.queries import covenant_line, version_for
from agreements.joining.answers import (
    AnswerLine,
    MotionLine,
    PartiesPage,
    PartyLine,
    StepLine,
    SuspensionLine,
    TermLine,
)
from agreements.joining.clauses import clauses_of
from agreements.joining.history import happenings_of
from agreements.joining.models import Motion, MotionKind
from agreements.joining.notice import last_day_of
from agreements.joining.situation import Situation, awaited_for, gathered, motion_named, place_of, situation_of
from agreements.joining.steps import RULES, Place, Step, why_not
from agreements.parties.models import Agency
from agreements.parties.reader import Visit
from foundation import clock
from foundation.clock import AMSTERDAM

_OF_THE_COVENANT = (Step.WITHDRAW, Step.REVOKE, Step.SUSPEND, Step.RESUME, Step.END)
_OF_A_MOTION = (Step.AGREE, Step.REFUSE, Step.CARRY_OUT, Step.TAKE_BACK, Step.REMIND)
_ORDER = ("controller", "participant", "third_party", "bureau")


def parties_page(visit: Visit, code: str) -> PartiesPage:
    """Parties, term, notice, motions, suspensions, and the steps of this visit. Raises NotFound."""
    version = version_for(code, None, agency_id=visit.agency.id)
    covenant = gathered(Covenant.objects.filter(pk=version.covenant_id)).get()
    situation = situation_of(covenant, at=clock.now())
    motions = [_motion(row, visit, situation) for row in covenant.motions.all()]
    return PartiesPage(
        covenant=covenant_line(code, agency_id=visit.agency.id),
        term=_term(situation),
        parties=_parties(covenant, situation),
        clauses=clauses_of(situation.document or document_of(version)),
        suspension=_suspension(situation),
        open_motions=tuple(line for line in motions if line.state == "open"),
        closed_motions=tuple(line for line in motions if line.state != "open"),
        steps=_steps(_OF_THE_COVENANT, place_of(visit, situation)),
        happenings=happenings_of(covenant, at=situation.at),
    )


def motion_page(visit: Visit, code: str, uid: Any) -> MotionLine:
    """One motion of a covenant of this visit. Raises NotFound."""
    pk = version_for(code, None, agency_id=visit.agency.id).covenant_id
    covenant = gathered(Covenant.objects.filter(pk=pk)).get()
    return _motion(motion_named(covenant, uid), visit, situation_of(covenant, at=clock.now()))


def step_line(step: Step, place: Place) -> StepLine:
    """A step with whether it may be taken from this place, and why not."""
    broken = why_not(step, place)
    return StepLine(
        step=step.value,
        label=str(step.label),
        who=str(RULES[step].who),
        may=broken is None,
        why_not=str(broken.sentence) if broken else "",
        remedy=str(broken.remedy) if broken else "",
    )


def agency_line(agency: Agency, capacity: str = "") -> AgencyLine:
    """An agency for a list."""
    return AgencyLine(
        code=agency.code,
        type=agency.type,
        name=agency.name_in(get_language() or "nl"),
        monogram=agency.monogram,
        capacity=capacity,
        capacity_label=label("capacity", capacity) if capacity else "",
    )


def _steps(steps: Iterable[Step], place: Place) -> tuple[StepLine, ...]:
    return tuple(step_line(step, place) for step in steps)


def _term(situation: Situation) -> TermLine | None:
    version, document = situation.version, situation.document
    if version is None or document is None:
        return None
    last_day = last_day_of(version.ends) if version.ends else None
    following = situation.following[0] if situation.following else None
    return TermLine(
        number=version.number,
        first_day=version.starts.astimezone(AMSTERDAM).date(),
        last_day=last_day,
        days_left=(last_day - clock.today()).days if last_day else None,
        ended_by_parties=version.ends is not None and version.ends == situation.covenant.ended_at,
        renewal=label("renewal", document.term.renewal) if document.term.renewal else "",
        next_number=following.number if following else None,
        next_day=following.starts.astimezone(AMSTERDAM).date() if following else None,
    )


def _parties(covenant: Covenant, situation: Situation) -> tuple[PartyLine, ...]:
    rows = list(covenant.parties.all())
    stay = {row.agency_id for row in rows if row.ends is None or row.ends > situation.at}
    lines = [_party(row, situation, gone=row.agency_id not in stay) for row in rows]
    return tuple(sorted(lines, key=lambda line: (_ORDER.index(line.agency.capacity), line.agency.name)))


def _party(row: Party, situation: Situation, *, gone: bool) -> PartyLine:
    line = AgencyLine(
        code=row.agency.code,
        type=row.agency.type,
        name=row.agency.name_in(get_language() or "nl"),
        monogram=row.agency.monogram,
        capacity=row.capacity,
        capacity_label=label("capacity", row.capacity),
        since=row.starts.astimezone(AMSTERDAM).date(),
        until=last_day_of(row.ends) if row.ends else None,
    )
    when = _when(row.starts, row.ends, situation.at)
    leaves = when == "now" and situation.gave_notice(row)
    return PartyLine(agency=line, when=when, leaves=leaves, gone=gone, facts_stay=row.facts_stay)


def _suspension(situation: Situation) -> SuspensionLine | None:
    row = situation.suspension
    if row is None:
        return None
    when = _when(row.starts, row.ends, situation.at)
    return SuspensionLine(starts=row.starts, ends=row.ends, reason=row.reason, when=when)


def _when(starts: datetime, ends: datetime | None, at: datetime) -> str:
    if starts > at:
        return "later"
    return "now" if ends is None or at < ends else "before"


def _motion(row: Motion, visit: Visit, situation: Situation) -> MotionLine:
    state = "carried" if row.carried_at else "dropped" if row.dropped_at else "open"
    accession = row.kind == MotionKind.ACCESSION
    return MotionLine(
        uid=str(row.uid),
        kind=row.kind,
        kind_label=str(MotionKind(row.kind).label),
        state=state,
        by=agency_line(row.by),
        person=row.proposer.name,
        reason=row.reason,
        proposed_at=row.proposed_at,
        closed_at=row.carried_at or row.dropped_at,
        first_day=row.moment.astimezone(AMSTERDAM).date() if row.moment and accession else None,
        last_day=last_day_of(row.moment) if row.moment and not accession else None,
        capacity_label=label("capacity", row.capacity) if row.capacity else "",
        answers=tuple(
            AnswerLine(
                agency=agency_line(consent.agency),
                person=consent.professional.name,
                agrees=consent.agrees,
                reason=consent.reason,
                given_at=consent.given_at,
            )
            for consent in row.consents.all()
        ),
        awaited=tuple(agency_line(agency) for agency in awaited_for(row, situation)) if state == "open" else (),
        steps=_steps(_OF_A_MOTION, place_of(visit, situation, row)) if state == "open" else (),
    )
