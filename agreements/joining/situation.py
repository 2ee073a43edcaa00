"""A covenant as it stands at a moment, and where a visit stands towards it. Reads only; the rules are in steps.py."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from agreements.covenants.in_force import document_of, version_of
from agreements.covenants.models import Covenant, CovenantVersion, Party, Signature, Suspension
from agreements.covenants.rules import State
from agreements.joining.models import Motion, MotionKind
from agreements.joining.steps import BUREAU, CONTROLLER, Place
from agreements.parties.models import Agency
from agreements.parties.reader import Visit
from agreements.policy.compile import Policy
from agreements.policy.document import CovenantDocument
from agreements.policy.rows import ArticleRef
from audit.journal.evidence import body_value
from audit.journal.models import Entry
from foundation.errors import NotFound


@dataclass(frozen=True)
class Situation:
    """A covenant at `at`. version: the agreed one whose term contains `at`, suspended or not; None when none does.

    following: agreed versions that begin later. parties: those in force. suspension: one that has not ended, begun
    or to come. motions: the open ones.
    """

    covenant: Covenant
    at: datetime
    version: CovenantVersion | None
    following: tuple[CovenantVersion, ...]
    parties: tuple[Party, ...]
    suspension: Suspension | None
    motions: tuple[Motion, ...]
    policy: Policy | None = None

    @cached_property
    def document(self) -> CovenantDocument | None:
        """The document of the version that rules; the compiled rules know it already."""
        if self.version is None:
            return None
        ref = ArticleRef(covenant=self.covenant.code, version=self.version.number, article="")
        known = version_of(ref, policy=self.policy)
        return known.document if known else document_of(self.version)

    def ruling(self) -> tuple[CovenantVersion, CovenantDocument]:
        """The version that rules and its document, for steps whose rule says that there is one."""
        if self.version is None or self.document is None:
            raise RuntimeError(f"no version of {self.covenant.code} rules")
        return self.version, self.document

    @property
    def is_suspended(self) -> bool:
        """Whether the covenant grants nothing at this moment, though a version rules."""
        return self.suspension is not None and self.suspension.starts <= self.at

    def party(self, agency_id: int) -> Party | None:
        """The agency as party now."""
        return next((row for row in self.parties if row.agency_id == agency_id), None)

    def gave_notice(self, party: Party) -> bool:
        """Whether the party leaves by its own notice, and not because a later version takes over."""
        return party.ends is not None and all(row.starts != party.ends for row in self.following)


def situation_of(covenant: Covenant, *, at: datetime, policy: Policy | None = None) -> Situation:
    """The covenant as it stands at a moment. Of covenants from `gathered`, with the rules, this costs no query."""
    agreed = sorted((row for row in covenant.versions.all() if row.state == State.AGREED), key=lambda row: row.starts)
    parties = [row for row in covenant.parties.all() if row.starts <= at and _goes_on(row.ends, at)]
    suspensions = sorted(covenant.suspensions.all(), key=lambda row: row.starts)
    return Situation(
        covenant=covenant,
        at=at,
        version=next((row for row in agreed if row.starts <= at and _goes_on(row.ends, at)), None),
        following=tuple(row for row in agreed if row.starts > at),
        parties=tuple(sorted(parties, key=lambda row: row.agency.name)),
        suspension=next((row for row in suspensions if _goes_on(row.ends, at)), None),
        motions=tuple(row for row in covenant.motions.all() if row.carried_at is None and row.dropped_at is None),
        policy=policy,
    )


def gathered(rows: QuerySet[Covenant]) -> QuerySet[Covenant]:
    """Covenants with everything that `situation_of` and `asked_of` read, in a fixed number of queries."""
    return rows.prefetch_related(
        Prefetch("versions__signatures", queryset=Signature.objects.select_related("agency")),
        Prefetch("parties", queryset=Party.objects.select_related("agency")),
        "suspensions",
        Prefetch("motions", queryset=with_answers(Motion.objects.all())),
    )


def with_answers(rows: QuerySet[Motion]) -> QuerySet[Motion]:
    """Motions with who asked and who answered, in few queries."""
    return rows.select_related("by", "agency", "proposer").prefetch_related(
        "consents__agency", "consents__professional"
    )


def motion_named(covenant: Covenant, uid: Any) -> Motion:
    """A motion about this covenant, open or not. Raises NotFound."""
    found = with_answers(covenant.motions.all()).filter(uid=uid).first()
    if found is None:
        raise NotFound(_("Deze vraag bestaat niet."), remedy=_("Kijk bij Partijen wat er nu ligt."))
    return found


def asked_of(motion: Motion, situation: Situation) -> tuple[Agency, ...]:
    """The parties whose consent the motion needs, by name. Who leaves is no longer asked, who joins is.

    Ending: every controller. Accession: every party or every controller, as the covenant says. The bureau acts for
    a party and is not asked; nor is who accedes. Source: domain, section 6.
    """
    everybody = motion.kind == MotionKind.ACCESSION and _consent_of_all(situation)
    return tuple(
        row.agency
        for row in situation.parties
        if row.capacity == CONTROLLER or (everybody and row.capacity != BUREAU)
        if row.agency_id != motion.agency_id
    )


def awaited_for(motion: Motion, situation: Situation) -> tuple[Agency, ...]:
    """Those of `asked_of` that gave no answer yet."""
    answered = {consent.agency_id for consent in motion.consents.all()}
    return tuple(agency for agency in asked_of(motion, situation) if agency.pk not in answered)


def place_of(visit: Visit, situation: Situation, motion: Motion | None = None) -> Place:
    """Where this visit stands towards the covenant, and towards a motion when there is one."""
    agency, document = visit.agency, situation.document
    mine = situation.party(agency.id)
    asked = {row.pk for row in asked_of(motion, situation)} if motion else set()
    return Place(
        roles=visit.roles,
        capacity=mine.capacity if mine else "",
        offered=document.capacity_of(agency.code, agency.type) if document else "",
        rules=document is not None,
        leaves=mine is not None and situation.gave_notice(mine),
        asked_before=any(row.agency_id == agency.id for row in situation.motions),
        ending_asked=any(row.kind == MotionKind.ENDING for row in situation.motions),
        suspended=situation.suspension is not None,
        suspender=situation.suspension is not None and _suspended_by(visit, situation.suspension),
        contact_point=_is_contact_point(visit, document),
        motion_open=motion is not None and motion.carried_at is None and motion.dropped_at is None,
        asker=motion is not None and motion.by_id == agency.id,
        needed=agency.id in asked,
        answered=motion is not None and any(row.agency_id == agency.id for row in motion.consents.all()),
        complete=motion is not None and not awaited_for(motion, situation),
    )


def left_at(situation: Situation, moment: datetime, *, without: Iterable[int] = ()) -> tuple[Party, ...]:
    """The parties of now that are still there at `moment`, less some agencies."""
    gone = set(without)
    return tuple(
        row for row in situation.parties if row.agency_id not in gone and (row.ends is None or row.ends > moment)
    )


def _goes_on(ends: datetime | None, at: datetime) -> bool:
    return ends is None or ends > at


def _consent_of_all(situation: Situation) -> bool:
    return situation.document is None or situation.document.joining.consent == "all"


def _is_contact_point(visit: Visit, document: CovenantDocument | None) -> bool:
    return document is not None and document.contact_point in (visit.agency.code, visit.agency.type)


def _suspended_by(visit: Visit, row: Suspension) -> bool:
    """Whether the visit's agency suspended: the journal says so, no table does. Asked only of who may resume."""
    if "signatory" not in visit.roles:
        return False
    entries = Entry.objects.filter(agency_ref=visit.agency_ref, event_type="covenant.suspended", outcome="ok")
    for entry in entries.order_by("-uid").iterator():
        detail = body_value(entry).get("matter", {}).get("detail", {})
        same = detail.get("covenant") == row.covenant.code
        if same and datetime.fromisoformat(str(detail.get("starts"))) == row.starts:
            return True
    return False
