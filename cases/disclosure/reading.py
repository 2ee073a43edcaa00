"""One reading: who reads, for which purpose, at which moment, by which route; and its journal entries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from agreements.covenants.in_force import current_policy
from agreements.parties.reader import Visit
from agreements.policy.compile import Policy
from agreements.policy.decide import ArticleRef
from agreements.policy.question import Actor, Reader, Setting
from audit.journal.entry import Action, Entry, Outcome
from cases.disclosure.answer import CaseHead
from cases.records.models import Case
from cases.records.models.case import NO_DATE
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A visit at work: what every decision and every journal entry of one request share.

    route: the name in foundation.routes; event: the journal's event type, such as `case.read`.
    memo: purposes per set of covenants, worked out once in this reading.
    """

    visit: Visit
    route: str
    event: str
    at: datetime
    policy: Policy
    memo: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def begin(cls, visit: Visit, *, route: str, event: str) -> "Reading":
        """A reading that begins now, under the policy in force now."""
        return cls(visit=visit, route=route, event=event, at=clock.now(), policy=current_policy())

    @property
    def agency(self) -> Actor:
        """The agency that reads."""
        return actor(self.visit.agency.code, self.visit.agency.type)

    def reader(self, purpose: str) -> Reader:
        """The reader as the policy core wants it. A token's pinned purpose stands: another one grants nothing."""
        declared = purpose if self.visit.purposes_pinned in (None, purpose) else ""
        return _reader(self.agency, self.visit.roles, declared)

    def entry(self, *, outcome: Outcome = Outcome.OK, action: Action = Action.READ, **what: Any) -> Entry:
        """A journal entry of this reading; `what` adds case, subject, fields, articles, purpose."""
        visit = self.visit
        return Entry(
            event_type=what.pop("event", self.event),
            action=action,
            outcome=outcome,
            actor_ref=visit.actor_ref,
            actor_name=visit.name,
            agency_ref=visit.agency_ref,
            roles=tuple(sorted(visit.roles)),
            route=self.route,
            trace_id=visit.trace_id,
            policy_epoch=self.policy.epoch,
            catalogue_hash=self.policy.catalogue.hash,
            **what,
        )


@lru_cache(maxsize=4096)
def _reader(agency: Actor, roles: frozenset[str], purpose: str) -> Reader:
    return Reader(agency=agency, roles=roles, purpose=purpose)


@lru_cache(maxsize=4096)
def actor(code: str, type_: str) -> Actor:
    """An agency as the rules see it; made once per agency."""
    return Actor(code=code, type=type_)


@lru_cache(maxsize=4096)
def codes(text: str) -> frozenset[str]:
    """The covenant codes of a column; made once per combination."""
    return frozenset(text.split())


def setting_of(case: Case) -> Setting:
    """The case as the rules see it now."""
    return setting(case.kind, case.phase, case.covenants)


@lru_cache(maxsize=4096)
def setting(kind: str, phase: str, covenants: str) -> Setting:
    """The case with these columns as the rules see it; made once per combination."""
    return Setting(kind=kind, phase=phase, covenants=codes(covenants))


def may_read_step(case: Case, agency: Actor, *, agency_id: int) -> bool:
    """The words of the next step are for who has to take it and for the lead; others know when and by whom.

    They are free text beside the catalogue, so no article grants them to anybody else.
    """
    return agency_id == case.lead_id or agency.type == case.next_step_owner


def partner_head(case: Case) -> CaseHead:
    """What a third party knows of a case that it does not read: its number and its covenants."""
    return CaseHead(
        uid=str(case.uid), number=case.number, kind="", label="", district="", urgency="", phase="",
        phase_since=None, covenants=tuple(case.covenants.split()), partners=(), opened_at=None,
        next_step="", next_step_on=None, next_step_owner="",
    )  # fmt: skip


def head_of(case: Case, *, with_step: bool) -> CaseHead:
    """What every live participant of the case knows; `with_step` adds the words of the next step."""
    return CaseHead(
        uid=str(case.uid),
        number=case.number,
        kind=case.kind,
        label=case.label,
        district=case.district,
        urgency=case.urgency,
        phase=case.phase,
        phase_since=case.phase_since,
        covenants=tuple(case.covenants.split()),
        partners=tuple(case.partners.split()),
        opened_at=case.opened_at,
        next_step=case.next_step if with_step else "",
        next_step_on=None if str(case.next_step_on) == NO_DATE else case.next_step_on,
        next_step_owner=case.next_step_owner,
    )


def article_texts(refs: Iterable[ArticleRef]) -> tuple[str, ...]:
    """Articles as the journal keeps them, with the version they stood in: sorted, once each."""
    return tuple(sorted({_article_text(ref) for ref in refs}))


@lru_cache(maxsize=4096)
def _article_text(ref: ArticleRef) -> str:
    return f"{ref.covenant} v{ref.version} art. {ref.article}" if ref.covenant else ref.article


def legal_bases(policy: Policy, refs: Iterable[ArticleRef]) -> tuple[str, ...]:
    """The legal bases on which these articles rest, as the covenant codes them; own facts rest on none here."""
    return tuple(sorted({basis for ref in refs for basis in policy.bases.get(ref, ())}))
