"""Invariants 1 and 3 for the API: every GET operation, as every persona, for every purpose, against the oracle."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Any
from uuid import uuid4
from zlib import crc32

import pytest
from django.test import Client

from agreements.covenants.in_force import current_policy
from agreements.models import Membership
from agreements.parties.tokens import issue_token
from agreements.policy.catalogue import load_catalogue
from agreements.policy.question import Actor, Delivery
from agreements.policy.sheet import purposes_for
from audit.journal.models import Entry
from cases.attachments.models import Attachment
from cases.disclosure.reading import setting_of
from cases.inbox.models import Escalation
from cases.minutes.models import Minutes
from cases.models import Contribution
from cases.requests.models import Request
from cases.triage.models import KnownCheck
from deploy.api import api
from foundation import clock
from realtime.alarms.models import Alarm
from tests.agreements.drafting.world import some_draft
from tests.architecture.denials_oversight import own_question, some_finding
from tests.invariants.crawl import WHOLE, Seen, get
from tests.invariants.plants.channels import CHANNELS, IN_CHANNEL
from tests.invariants.plants.meetings_agenda import MEETING
from tests.invariants.plants.room import ITEM, RUNNING
from tests.invariants.test_01_marker_crawl import PERSONAS, _assert_journalled
from tests.invariants.world import Marker, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PURPOSES = ("pga_youth", "pga_adult", "prevent_eviction", "aftercare_detention", "youth_school", "area_safety")
NAMES = {"full_name", "date_of_birth"}
CASE_IN_URL = re.compile(r"/(?:cases|extracts)/([^/?]+)")


@cache
def operations() -> list[str]:
    """The paths of all GET operations, as the OpenAPI document gives them."""
    paths: dict[str, Any] = api.get_openapi_schema()["paths"]
    return sorted(path for path, methods in paths.items() if "get" in methods)


# How to ask each operation. One that is not here fails the test below: a new operation joins the crawl.
ASKED: dict[str, Callable[[World], Iterator[str]]] = {
    "/api/v1/me": lambda world: iter(["/api/v1/me"]),
    "/api/v1/cases": lambda world: iter(["/api/v1/cases?size=100", "/api/v1/cases?size=1"]),
    "/api/v1/cases/{number}": lambda world: (f"/api/v1/cases/{nr}" for nr in world.cases),
    "/api/v1/cases/{number}/contributions/{uid}": lambda world: _versions(world),
    "/api/v1/cases/{number}/why": lambda world: (
        f"/api/v1/cases/{nr}/why?field={field}&source={source}"
        for nr, field, source in (("MW-1", "full_name", "GEM-MD"), ("MW-3", "hotspot_note", "POL-MD"))
    ),
    "/api/v1/cases/{number}/rules": lambda world: iter(
        ["/api/v1/cases/MW-2/rules", "/api/v1/cases/MW-3/rules?phase=plan"]
    ),
    "/api/v1/cases/{number}/extracts": lambda world: (f"/api/v1/cases/{nr}/extracts" for nr in world.cases),
    "/api/v1/cases/{number}/extracts/options": lambda world: iter(["/api/v1/cases/MW-1/extracts/options"]),
    "/api/v1/numbers": lambda world: iter(["/api/v1/numbers"]),
    "/api/v1/retention": lambda world: iter(["/api/v1/retention"]),
    "/api/v1/retention/destructions/{uid}": lambda world: iter([f"/api/v1/retention/destructions/{uuid4()}"]),
    **{
        f"/api/v1/subject-requests{part}": lambda world, part=part: iter(
            [f"/api/v1/subject-requests{part.format(uid=uuid4(), kind='json')}"]
        )
        for part in ("", "/register", "/{uid}", "/{uid}/sheet", "/{uid}/pack", "/{uid}/pack/{kind}")
    },
    "/api/v1/subject-erasures/{sheet}": lambda world: iter([f"/api/v1/subject-erasures/{uuid4()}"]),
    "/api/v1/notices": lambda world: iter(["/api/v1/notices"]),
    "/api/v1/notices/{uid}": lambda world: iter([f"/api/v1/notices/{uuid4()}"]),
    "/api/v1/cases/{number}/plan": lambda world: (f"/api/v1/cases/{nr}/plan" for nr in world.cases),
    "/api/v1/actions": lambda world: iter(["/api/v1/actions"]),
    "/api/v1/closed-cases": lambda world: iter(["/api/v1/closed-cases"]),
    "/api/v1/cases/{number}/requests": lambda world: (f"/api/v1/cases/{nr}/requests" for nr in world.cases),
    "/api/v1/cases/{number}/requests/fields": lambda world: iter(["/api/v1/cases/MW-1/requests/fields?agency=JB-MD"]),
    "/api/v1/cases/{number}/requests/{uid}": lambda world: (
        f"/api/v1/cases/{request.case.number}/requests/{request.uid}"
        for request in Request.objects.select_related("case").order_by("id")
    ),
    "/api/v1/cases/{number}/attachments": lambda world: (f"/api/v1/cases/{nr}/attachments" for nr in world.cases),
    "/api/v1/cases/{number}/attachments/{uid}": lambda world: _attachments(world, ""),
    "/api/v1/cases/{number}/attachments/{uid}/content": lambda world: _attachments(world, "/content"),
    "/api/v1/inbox": lambda world: iter(["/api/v1/inbox"]),
    "/api/v1/escalations": lambda world: iter(["/api/v1/escalations"]),
    "/api/v1/escalations/{uid}": lambda world: (
        f"/api/v1/escalations/{uid}" for uid in Escalation.objects.order_by("id").values_list("uid", flat=True)
    ),
    **{
        f"/api/v1/cases/{{number}}/{part}": lambda world, part=part: (
            f"/api/v1/cases/{nr}/{part}" for nr in world.cases
        )
        for part in ("relations", "map", "break-glass")
    },
    "/api/v1/extracts/{number}": lambda world: (f"/api/v1/extracts/{nr}" for nr in world.cases),
    "/api/v1/signals": lambda world: iter(["/api/v1/signals?show=all", "/api/v1/signals"]),
    "/api/v1/signals/{number}": lambda world: iter(["/api/v1/signals/S-2026-9901", "/api/v1/signals/S-2026-9902"]),
    "/api/v1/signals/{number}/answer": lambda world: iter(["/api/v1/signals/S-2026-9901/answer"]),
    "/api/v1/signals/{number}/photos/{uid}": lambda world: iter([f"/api/v1/signals/S-2026-9901/photos/{uuid4()}"]),
    "/api/v1/cases/{number}/signals/photos/{uid}": lambda world: iter([f"/api/v1/cases/MW-3/signals/photos/{uuid4()}"]),
    "/api/v1/cases/{number}/signals": lambda world: (f"/api/v1/cases/{nr}/signals" for nr in world.cases),
    **{
        f"/api/v1/cases/{{number}}/{part}": lambda world, part=part: (
            f"/api/v1/cases/{nr}/{part}" for nr in world.cases
        )
        for part in ("triage", "opening", "informing")
    },
    "/api/v1/known-checks": lambda world: iter(["/api/v1/known-checks"]),
    "/api/v1/known-checks/{uid}": lambda world: (
        f"/api/v1/known-checks/{uid}" for uid in KnownCheck.objects.order_by("id").values_list("uid", flat=True)
    ),
    "/api/v1/covenants": lambda world: iter(["/api/v1/covenants"]),
    "/api/v1/covenants/{code}": lambda world: iter(["/api/v1/covenants/PGA-MD"]),
    "/api/v1/covenants/schema": lambda world: iter(["/api/v1/covenants/schema"]),
    "/api/v1/covenants/{code}/versions/{number}/document": lambda world: iter(
        ["/api/v1/covenants/PGA-MD/versions/2/document"]
    ),
    "/api/v1/covenants/{code}/versions/{number}/odrl": lambda world: iter(["/api/v1/covenants/PGA-MD/versions/2/odrl"]),
    "/api/v1/covenants/{code}/versions/{number}/signatures": lambda world: iter(
        ["/api/v1/covenants/PGA-MD/versions/2/signatures"]
    ),
    "/api/v1/covenants/{code}/versions/{number}/signatures/statement": lambda world: iter(
        ["/api/v1/covenants/PGA-MD/versions/2/signatures/statement?mandate=directeur"]
    ),
    "/api/v1/covenants/{code}/versions/{number}/pdf": lambda world: iter(["/api/v1/covenants/PGA-MD/versions/2/pdf"]),
    "/api/v1/covenants/drafts": lambda world: iter(["/api/v1/covenants/drafts"]),
    "/api/v1/covenants/drafts/templates": lambda world: iter(["/api/v1/covenants/drafts/templates"]),
    "/api/v1/covenants/drafts/{uid}/revisions/{number}": lambda world: _of_a_draft("/revisions/1"),
    **{
        f"/api/v1/covenants/drafts/{{uid}}{part}": lambda world, part=part: _of_a_draft(part)
        for part in ("", "/articles", "/choices", "/revisions", "/findings", "/remarks")
    },
    **{
        f"/api/v1/covenants/subjects/{{key}}{part}": lambda world, part=part: iter(
            [f"/api/v1/covenants/subjects/versie-PGA-MD-{n}{part}" for n in (1, 2)]
        )
        for part in ("/matrix", "/rights", "/difference", "/impact")
    },
    **{
        f"/api/v1/covenants/{{code}}{part}": lambda world, part=part: iter([f"/api/v1/covenants/JS-MD{part}"])
        for part in ("/parties", "/motions", "/accession")
    },
    "/api/v1/covenants/{code}/motions/{uid}": lambda world: iter([f"/api/v1/covenants/JS-MD/motions/{uuid4()}"]),
    **{
        f"/api/v1/meetings/{{uid}}/minutes{part}": lambda world, part=part: _of_minutes(part)
        for part in ("", "/paper", "/paper/{paper}")
    },
    "/api/v1/channels": lambda world: iter(["/api/v1/channels", "/api/v1/channels?ended=true"]),
    **{
        f"/api/v1/channels/{{uid}}{part}": lambda world, part=part: (
            f"/api/v1/channels/{uid}{part}" for uid in CHANNELS.values()
        )
        for part in ("", "/events", "/kinds", "/receipts", "/report", "/report/paper")
    },
    "/api/v1/channels/{uid}/events/{event}/receipts": lambda world: iter(
        [f"/api/v1/channels/{CHANNELS['MW-3']}/events/{IN_CHANNEL}/receipts"]
    ),
    # A paper is fetched by its recipient alone: test_01_street_pdf.py reads what is on it.
    "/api/v1/channels/{uid}/report/paper/{paper}": lambda world: iter(
        [f"/api/v1/channels/{CHANNELS['MW-3']}/report/paper/{uuid4()}"]
    ),
    "/api/v1/channels/{uid}/alarms/{alarm}": lambda world: _alarms(),
    "/api/v1/calls": lambda world: iter(["/api/v1/calls"]),
    "/api/v1/channels/{uid}/calls/{alarm}": lambda world: (url.replace("/alarms/", "/calls/") for url in _alarms()),
    "/api/v1/giveback": lambda world: iter(["/api/v1/giveback"]),
    "/api/v1/seizures": lambda world: iter(["/api/v1/seizures"]),
    "/api/v1/areas": lambda world: iter(["/api/v1/areas"]),
    "/api/v1/areas/{code}": lambda world: iter(["/api/v1/areas/bu99990004"]),
    "/api/v1/programmes/{code}/pact": lambda world: iter(["/api/v1/programmes/havenkwartier-2038/pact"]),
    "/api/v1/lessons": lambda world: iter(["/api/v1/lessons"]),
    "/api/v1/programmes/{code}/pulse": lambda world: iter(["/api/v1/programmes/havenkwartier-2038/pulse"]),
    "/api/v1/signal-patterns": lambda world: iter(["/api/v1/signal-patterns"]),
    "/api/v1/programmes/{code}/pledges": lambda world: iter(["/api/v1/programmes/havenkwartier-2038/pledges"]),
    "/api/v1/tranches": lambda world: iter(["/api/v1/tranches"]),
    "/api/v1/tranches/{code}": lambda world: iter(["/api/v1/tranches/2026-2"]),
    "/api/v1/programmes/{code}/half-years": lambda world: iter(["/api/v1/programmes/havenkwartier-2038/half-years"]),
    "/api/v1/programmes/{code}/justice": lambda world: iter(["/api/v1/programmes/havenkwartier-2038/justice"]),
    "/api/v1/programmes/{code}/follow-ups": lambda world: iter(["/api/v1/programmes/havenkwartier-2038/follow-ups"]),
    "/api/v1/programmes/{code}/mediation": lambda world: iter(["/api/v1/programmes/havenkwartier-2038/mediation"]),
    **{
        f"/api/v1/programmes/{{code}}/{part}": lambda world, part=part: iter(
            [f"/api/v1/programmes/havenkwartier-2038/{part}"]
        )
        for part in ("agents", "change-agents", "experiments", "lead")
    },
    "/api/v1/programmes": lambda world: iter(["/api/v1/programmes"]),
    "/api/v1/programmes/{code}": lambda world: iter(["/api/v1/programmes/havenkwartier-2038"]),
    "/api/v1/registers/processing": lambda world: iter(["/api/v1/registers/processing"]),
    "/api/v1/registers/covenants": lambda world: iter(["/api/v1/registers/covenants"]),
    "/api/v1/registers/covenants/{code}": lambda world: iter(["/api/v1/registers/covenants/PGA-MD"]),
    "/api/v1/meetings": lambda world: iter(["/api/v1/meetings"]),
    **{
        f"/api/v1/meetings/{{uid}}{part}": lambda world, part=part: iter([f"/api/v1/meetings/{MEETING}{part}"])
        for part in ("", "/secrecy", "/calendar")
    },
    "/api/v1/meetings/{uid}/current": lambda world: (f"/api/v1/meetings/{uid}/current" for uid in RUNNING.values()),
    "/api/v1/meetings/items/{item}/attendance": lambda world: iter([f"/api/v1/meetings/items/{ITEM}/attendance"]),
    "/api/v1/oversight/reviews": lambda world: iter(["/api/v1/oversight/reviews"]),
    "/api/v1/oversight/reviews/{uid}": lambda world: iter([f"/api/v1/oversight/reviews/{uuid4()}"]),
    "/api/v1/breach/affected": lambda world: iter(["/api/v1/breach/affected?article=PGA-MD"]),
    "/api/v1/exports": lambda world: iter(["/api/v1/exports"]),
    "/api/v1/exports/{uid}/file": lambda world: iter([f"/api/v1/exports/{uuid4()}/file"]),
    "/api/v1/journal/entries": lambda world: iter(["/api/v1/journal/entries?limit=20"]),
    "/api/v1/integrity": lambda world: iter(["/api/v1/integrity"]),
    "/api/v1/integrity/bundles/{uid}": lambda world: iter([f"/api/v1/integrity/bundles/{uuid4()}"]),
    "/api/v1/oversight": lambda world: iter(["/api/v1/oversight"]),
    "/api/v1/oversight/plot": lambda world: iter(["/api/v1/oversight/plot"]),
    "/api/v1/oversight/timeline": lambda world: (
        f"/api/v1/oversight/timeline?sort={sort}&text={nr}" for sort in ("case", "person") for nr in world.cases
    ),
    "/api/v1/oversight/why/{uid}": lambda world: iter([f"/api/v1/oversight/why/{_newest()}"]),
    "/api/v1/oversight/findings/{uid}": lambda world: iter([f"/api/v1/oversight/findings/{some_finding(world)}"]),
    "/api/v1/own-reads/questions": lambda world: iter(["/api/v1/own-reads/questions"]),
    "/api/v1/own-reads/questions/{uid}": lambda world: iter([f"/api/v1/own-reads/questions/{own_question(world)}"]),
    "/api/v1/journal/entries/{uid}": lambda world: iter([f"/api/v1/journal/entries/{_newest()}"]),
}


def _of_a_draft(part: str) -> Iterator[str]:
    return iter([f"/api/v1/covenants/drafts/{some_draft().uid}{part}"])


def _of_minutes(part: str) -> Iterator[str]:
    """The planted minutes. A paper is fetched by its recipient alone: test_01_minutes_pdf.py reads what is on it."""
    for uid in Minutes.objects.order_by("id").values_list("meeting__uid", flat=True):
        yield f"/api/v1/meetings/{uid}/minutes{part.format(paper=uuid4())}"


def _alarms() -> Iterator[str]:
    """One in three alarms of the planted channels, and by request every one."""
    rows = list(Alarm.objects.order_by("id").values_list("channel__uid", "event__uid"))[:: 1 if WHOLE else 3]
    assert rows, "no channel of the world has an alarm"
    for channel, alarm in rows:
        yield f"/api/v1/channels/{channel}/alarms/{alarm}"


def _newest() -> Any:
    return Entry.objects.order_by("-id").first().uid


def _attachments(world: World, end: str) -> Iterator[str]:
    """One in five files, and by request every one; also those that the reader must not learn of."""
    for file in islice(Attachment.objects.select_related("case").order_by("id"), 0, None, 1 if WHOLE else 5):
        yield f"/api/v1/cases/{file.case.number}/attachments/{file.uid}{end}"


def _versions(world: World) -> Iterator[str]:
    for number in world.cases:
        rows = Contribution.objects.filter(case__number=number, section__in=("identity", "police", "area", "care"))
        for uid in islice(rows.order_by("-id").values_list("uid", flat=True), 2):
            yield f"/api/v1/cases/{number}/contributions/{uid}"


def test_every_get_operation_of_the_api_is_in_the_crawl() -> None:
    assert operations() == sorted(ASKED)


@pytest.mark.parametrize("key", PERSONAS)
def test_no_operation_shows_a_persona_more_than_the_oracle_grants(world: World, key: str) -> None:
    for hat in Membership.objects.filter(professional=world.people[key]).select_related("agency", "professional"):
        for number, purpose in enumerate(_asked_for(world, hat)):
            live, extract = _granted(world, hat, purpose)
            for seen in _walk(world, hat, purpose, whole=number == 0):
                # An agency cannot be asked what it knows itself: which one that is depends on who asks.
                fine = (200, 403, 404, 422) if "/requests/fields" in seen.url else (200, 403, 404)
                assert seen.status in fine, f"{seen.url} answered {seen.status}: {seen.text}"
                granted = extract if "/extracts/" in seen.url else live
                assert set(seen.markers) <= granted, f"{key} for {purpose} on {seen.url}"
                _assert_journalled(world, seen)
                _assert_whole(seen, granted)


def _asked_for(world: World, hat: Membership) -> list[str]:
    """The purposes that this hat has at some case, and one that it has at none: there everything is refused alike.

    Of its own the first and another, which differs by agency; `make soak` asks all.
    """
    agency = Actor(code=hat.agency.code, type=hat.agency.type)
    given: set[str] = set()
    for case in world.cases.values():
        given |= purposes_for(current_policy(), agency, frozenset(hat.roles), setting_of(case), clock.now())
    strange = [purpose for purpose in PURPOSES if purpose not in given]
    own = [purpose for purpose in PURPOSES if purpose in given]
    if WHOLE:
        return [*own, *strange]
    turn = crc32(hat.agency.code.encode()) % max(len(own), 1)
    return list(dict.fromkeys([*own[:1], *own[turn : turn + 1], *strange[:1]]))


def _walk(world: World, hat: Membership, purpose: str, *, whole: bool) -> Iterator[Seen]:
    """Every operation; those that know no purpose only when `whole`."""
    client = _client(hat, purpose)
    for path in operations():
        if not whole and not path.startswith(("/api/v1/cases", "/api/v1/channels", "/api/v1/extracts")):
            continue
        for url in ASKED[path](world):
            yield get(world, client, url)


def _client(hat: Membership, purpose: str) -> Client:
    token = issue_token(hat, purpose=purpose).token
    return Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {token}")


def _granted(world: World, hat: Membership, purpose: str) -> tuple[set[Marker], set[Marker]]:
    """What the oracle grants this reader: in the joint cases, and as a third party (copies and own reports)."""
    roles, agency = frozenset(hat.roles), hat.agency
    involved = {number: world.involved(number, agency) for number in world.cases}
    live, extract = set(), set()
    for marker in world.markers:
        pushed, own = str(marker.value).startswith("extract:"), marker.source == agency.code
        if pushed:
            via, found = Delivery.EXTRACT, extract if marker.value == f"extract:{agency.code}" else set()
        else:
            via, found = Delivery.LIVE, live if involved[marker.case] else extract if own else set()
        grades = world._grades(
            marker.case,
            marker.person,
            marker.source,
            agency.code,
            agency.type,
            roles,
            purpose,
            via,
            involved[marker.case],
        )
        if grades[marker.code] == "visible" or (own and not pushed):
            found.add(marker)
    return live, extract


def _assert_whole(seen: Seen, granted: set[Marker]) -> None:
    """A case or a copy that opens shows all facts that the oracle grants for the token's purpose, no less.

    Words of the rooms (a question, a decision) and files stand in the answers of their own operations.
    """
    found = CASE_IN_URL.search(seen.url)
    if seen.status == 200 and found and seen.url.count("/") == 4:
        entry = {code: field.entry for code, field in load_catalogue().by_code.items()}
        facts = {m for m in granted if m.case == found[1] and entry[m.code] == "contribution" and not m.apart}
        assert set(seen.markers) == facts, seen.url


@pytest.mark.parametrize("key", PERSONAS)
def test_a_list_names_people_and_shows_nothing_else(world: World, key: str) -> None:
    hat = Membership.objects.filter(professional=world.people[key]).select_related("agency", "professional").first()
    for purpose in PURPOSES:
        seen = get(world, _client(hat, purpose), "/api/v1/cases?size=100")
        assert {marker.code for marker in seen.markers} <= NAMES


@pytest.mark.parametrize("key", PERSONAS)
def test_a_purpose_that_the_covenants_do_not_give_opens_no_case(world: World, key: str) -> None:
    hat = Membership.objects.filter(professional=world.people[key]).select_related("agency", "professional").first()
    agency = Actor(code=hat.agency.code, type=hat.agency.type)
    for number, case in world.cases.items():
        given = purposes_for(current_policy(), agency, frozenset(hat.roles), setting_of(case), clock.now())
        for purpose in set(PURPOSES) - given:
            seen = get(world, _client(hat, purpose), f"/api/v1/cases/{number}")
            assert (seen.status in (403, 404), seen.markers) == (True, ())
