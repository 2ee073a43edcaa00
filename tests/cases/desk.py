"""What the tests of cases work with: personas at a browser or an API, a small case, and facts given in it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.test import Client

from agreements.covenants.epoch import bump_epoch
from agreements.models import Agency, Membership
from agreements.parties.reader import Visit, visit_of
from agreements.parties.tokens import issue_token
from agreements.policy.catalogue import load_catalogue
from audit.journal.appender import append
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from cases.disclosure.answer import Answer
from cases.disclosure.reading import Reading
from cases.models import Case, CaseCovenant, CaseSubject, Contribution, Participation, PhaseChange, Subject
from cases.records.phases import URGENCY_RANK
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import to_hex
from tests.invariants import crawl
from tests.invariants.world import World, _entry


def hat_of(world: World, key: str) -> Membership:
    """The first membership of a persona."""
    found = Membership.objects.filter(professional=world.people[key]).select_related("agency", "professional")
    return found.order_by("pk").first()


def page(world: World, key: str) -> Client:
    """A persona at a browser."""
    return crawl.sign_in(world.people[key], hat_of(world, key))


def visit(world: World, key: str, *, purpose: str | None = None, case: str | None = None) -> Visit:
    """A persona as commands and queries take it; `purpose` and `case` as a token would pin them."""
    return visit_of(hat_of(world, key), strength="demo", trace_id="0" * 32, purpose=purpose, case=case)


def reading(world: World, key: str, *, event: str = "case.read", **pinned: Any) -> Reading:
    """A reading that begins now."""
    return Reading.begin(visit(world, key, **pinned), route="test", event=event)


class Api:
    """A partner system with a token of a persona."""

    def __init__(self, world: World, key: str, purpose: str, *, case: str = "") -> None:
        token = issue_token(hat_of(world, key), purpose=purpose, case=case).token
        self._client = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {token}", raise_request_exception=True)

    def get(self, path: str) -> Any:
        return self._client.get(f"/api/v1{path}")

    def send(self, method: str, path: str, body: Any) -> Any:
        text = body if isinstance(body, str) else json.dumps(body)
        return self._client.generic(method, f"/api/v1{path}", text, content_type="application/json")

    def post(self, path: str, body: Any) -> Any:
        return self.send("POST", path, body)

    def put(self, path: str, body: Any) -> Any:
        return self.send("PUT", path, body)


@contextmanager
def changing() -> Iterator[None]:
    """A change of guarded tables by the test itself."""
    with transaction.atomic(), write_scope(reason="test"):
        yield
        append([_entry()])


@contextmanager
def changing_rules() -> Iterator[None]:
    """A change of parties or versions by the test itself: rules that are compiled from here on have a new number."""
    with changing():
        bump_epoch()
        yield


def make_case(
    number: str, *, live: tuple[str, ...], extract: tuple[str, ...] = (), kind: str = "person", phase: str = "plan",
    covenants: tuple[str, ...] = ("PGA-MD",), purpose: str = "pga_adult", born: int = 40, urgency: str = "normal",
    began: datetime | None = None, next_step_on: date | None = None,
) -> Case:  # fmt: skip
    """An open case with one person concerned and these participants since `began` (thirty days ago)."""
    began = began or clock.now() - timedelta(days=30)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    later = {"next_step_on": next_step_on} if next_step_on else {}
    with changing():
        case = Case.objects.create(
            number=number, kind=kind, label="Kade" if kind == "area" else "", purpose=purpose, urgency=urgency,
            phase=phase, phase_since=began, state="open", covenants=" ".join(covenants), lead=agencies["ZVH-MD"],
            partners=" ".join(sorted({agencies[code].type for code in live})), opened_at=began, **later,
        )  # fmt: skip
        PhaseChange.objects.create(case=case, phase=phase, starts=began, by=agencies["ZVH-MD"])
        for code in covenants:
            CaseCovenant.objects.create(case=case, code=code, starts=began)
        for mode, codes in (("live", live), ("extract", extract)):
            for code in codes:
                Participation.objects.create(
                    case=case, agency=agencies[code], mode=mode, starts=began, reason="proef",
                    urgency_rank=URGENCY_RANK[urgency], **later,
                )  # fmt: skip
        if kind != "area":
            subject = Subject.objects.create(born_on=clock.today() - timedelta(days=born * 366))
            CaseSubject.objects.create(case=case, subject=subject, role="subject", position=0)
    return case


def give(
    world: World, case: Case, agency: str, *, under: str = "", given: datetime | None = None, **values: Any
) -> Contribution:
    """Facts of an agency on the main person of a case, as the loader would store them."""
    catalogue = load_catalogue()
    with changing():
        return Contribution.objects.create(
            case=case, about=case.case_subjects.order_by("position").first(), source=Agency.objects.get(code=agency),
            under=under or case.covenants, section=catalogue.by_code[next(iter(values))].section,
            values=SealedFacts.seal(values), present=to_hex(catalogue.mask(values)), observed_on=clock.today(),
            given_at=given or clock.now(), basis="B1", entered_by=world.people["nadia"],
        )  # fmt: skip


def shown(answer: Answer) -> dict[tuple[str, str], Any]:
    """(source, field) → value of every fact in an answer."""
    return {(fact.source.code, fact.code): fact.value for person in answer.disclosures for fact in person.facts}


def told(answer: Answer) -> set[tuple[str, str]]:
    """(source, field) of every announcement in an answer."""
    return {(item.source.code, item.code) for person in answer.disclosures for item in person.announcements}


def last_entry() -> Entry:
    """The newest entry of the journal."""
    return Entry.objects.order_by("-id").first()
