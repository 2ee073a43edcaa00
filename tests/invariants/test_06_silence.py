"""Invariant 6: two stores that differ only in withheld values give the same bytes to the one they are withheld from."""

import json
import re

import pytest
import time_machine
from django.db import transaction

from agreements.models import Membership
from agreements.policy.catalogue import load_catalogue
from audit.journal.appender import append
from audit.journal.scope import write_scope
from cases.attachments.commands import sealed_file
from cases.attachments.kinds import TEXT, Checked
from cases.attachments.models import Attachment, AttachmentBytes
from cases.models import Contribution
from cases.records.sealed import SealedFacts
from foundation import clock
from foundation.masks import from_hex, to_hex
from tests.invariants.crawl import sign_in, walk
from tests.invariants.test_01_marker_crawl import _purpose
from tests.invariants.world import Marker, World, _entry

pytestmark = pytest.mark.django_db

VOLATILE = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(r'name="submission" value="[^"]+"'),
    re.compile(r"Kenmerk [0-9a-f]+"),
)
# Pages without case data, some with fresh secrets on them.
ELSEWHERE = ("/account/", "/organisatie/", "/convenanten/", "/inloggen/")


@pytest.mark.parametrize("key", ["peter", "ruben", "sanne", "joost"])
@pytest.mark.parametrize("change", ["other", "absent"])
def test_withheld_values_leave_no_trace(world: World, key: str, change: str) -> None:
    hat = Membership.objects.filter(professional=world.people[key]).select_related("agency").first()
    silent = _silent(world, hat)
    assert silent, "a persona from whom nothing is withheld tests nothing"

    with time_machine.travel(clock.now(), tick=False):
        before = _undone(world, key)
        _rewrite(world, silent, change)
        after = _undone(world, key)

    assert before.keys() == after.keys()
    for url, text in before.items():
        assert text == after[url], f"{url} betrays a withheld value to {key}"


def _silent(world: World, hat: Membership) -> set[Marker]:
    roles = frozenset(hat.roles)
    found = set()
    for marker in world.markers:
        if str(marker.value).startswith("extract:") or marker.source == hat.agency.code:
            continue
        purpose = _purpose(world, hat, marker.case)
        involved = world.involved(marker.case, hat.agency)
        if not involved or world.expected(marker, agency=hat.agency, roles=roles, purpose=purpose) == "silent":
            found.add(marker)
    return found


def _rewrite(world: World, silent: set[Marker], change: str) -> None:
    """Give every withheld field another value, or take it away with its contribution when that becomes empty."""
    catalogue = load_catalogue()
    values: dict[tuple[str, int | None, str, str], dict[str, object]] = {}
    for marker in world.markers:
        # Words of rooms stand in tables of their own, and are withheld there by the same decision.
        if not marker.is_fact or catalogue.by_code[marker.code].entry == "work":
            continue
        section = catalogue.by_code[marker.code].section
        kept = values.setdefault((marker.case, marker.person, marker.source, section), {})
        if marker not in silent:
            kept[marker.code] = marker.value
        elif change == "other":
            kept[marker.code] = json.loads(json.dumps("iets heel anders, en veel langer dan eerst"))
    with write_scope(reason="two stores"):
        for row in Contribution.objects.select_related("case", "source", "about"):
            person = row.about.position if row.about else None
            content = values[row.case.number, person, row.source.code, row.section]
            if content:
                present = to_hex(catalogue.mask(content))
                Contribution.objects.filter(pk=row.pk).update(values=SealedFacts.seal(content), present=present)
            else:
                Contribution.objects.filter(pk=row.pk).delete()
        _rewrite_files(silent, change)
        append([_entry()])


def _rewrite_files(silent: set[Marker], change: str) -> None:
    """Give every withheld file another name, size and bytes, or take it away."""
    fields = {(marker.case, marker.source, marker.code) for marker in silent if marker.in_file}
    for row in Attachment.objects.select_related("case", "source"):
        (code,) = load_catalogue().codes(from_hex(row.present))
        if (row.case.number, row.source.code, code) not in fields:
            continue
        if change == "absent":
            Attachment.objects.filter(pk=row.pk).delete()
            continue
        file = Checked(name="iets heel anders.txt", type=TEXT, data=b"langer dan eerst " * 40, pages=0)
        value, locked = sealed_file(file, caption="Ook dit staat er nu", uid=row.uid)
        Attachment.objects.filter(pk=row.pk).update(values=SealedFacts.seal({code: value}))
        AttachmentBytes.objects.filter(attachment=row).update(locked=locked)


def _undone(world: World, key: str) -> dict[str, str]:
    """The pages, with what looking at them changes (what is new since the last visit) taken back."""
    around = transaction.atomic()
    around._from_testcase = True  # as Django's own test case marks its transaction: what is durable may lie in it
    with around:
        found = _pages(world, key)
        transaction.set_rollback(True)
    return found


def _pages(world: World, key: str) -> dict[str, str]:
    found = {}
    for seen in walk(world, sign_in(world.people[key]), leave=ELSEWHERE):
        text = seen.text
        for volatile in VOLATILE:
            text = volatile.sub("", text)
        if not seen.url.startswith(ELSEWHERE):
            found[seen.url] = text
    return found
