"""Walks every page that a persona can reach by links, and says which markers each one showed."""

import html
import os
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client

from agreements.models import Membership, Professional
from audit.journal.models import Entry as JournalRow
from tests.invariants.world import Marker, World

LINK = re.compile(r'(?:href|hx-get|src)="(/[^"]*)"')
MARKING = re.compile(r"zqx\d{5}qzx|\b70\d{5}\b|\d{4}-\d{2}-\d{2}|\b\d{1,2} [a-zé]{3,4}\.? \d{4}\b|\(\d{3,4}\)")
# Addresses that change something, or leave the house.
LEAVE = ("/static/", "/account/uitloggen", "/taal/", "/weergave/", "/api/v1/docs", "/api/v1/openapi")
WHOLE = os.environ.get("VERBOND_CRAWL") == "whole"
"""Every page, as `make soak` asks; else of what there is one of for every fact, or every fact and agency, a sample."""
SAMPLED = (
    ("/waarom/", 4, 4), ("/versies/", 8, 2), ("logboek", 3, 1), ("/toezicht/tijdlijn/", 4, 1), ("/convenanten/", 3, 1),
    ("/vragen/nieuw/", 6, 5), ("/verstrekkingen/nieuw/", 4, 4), ("/corrigeer/", 6, 2), ("/trek-in/", 4, 3),
)  # fmt: skip
"""(words in an address, at most so many of those for a case, one in so many of them)."""


@dataclass(frozen=True)
class Seen:
    """One answer: where, its status, the markers in it, and the journal rows it wrote."""

    url: str
    status: int
    markers: tuple[Marker, ...]
    entries: tuple[Any, ...]
    text: str


def sign_in(person: Professional, membership: Membership | None = None) -> Client:
    """A browser session of this person, wearing the hat of `membership` (their first one by default)."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    hat = membership or Membership.objects.filter(professional=person).order_by("pk").first()
    session = client.session
    session["hat"] = hat.pk
    session.save()
    return client


def found_in(world: World, text: str) -> tuple[Marker, ...]:
    """The markers whose text stands in `text`."""
    plain = html.unescape(text)
    words = set(MARKING.findall(plain))
    places = world.places_of_texts()
    found = sorted({place for word in words for place in places.get(word, ())})
    return tuple(world.markers[place] for place in found)


def get(world: World, client: Client, url: str) -> Seen:
    """One request with what it showed and what it wrote."""
    last = JournalRow.objects.order_by("-id").values_list("id", flat=True).first() or 0
    answer = client.get(url)
    text = answer.content.decode(errors="replace")
    entries = tuple(JournalRow.objects.filter(id__gt=last).order_by("id"))
    return Seen(url=url, status=answer.status_code, markers=found_in(world, text), entries=entries, text=text)


def walk(world: World, client: Client, start: str = "/", leave: tuple[str, ...] = ()) -> Iterator[Seen]:
    """Every page within reach of `start`, each once; of some only a sample (SAMPLED)."""
    queue, known, sampled = deque([start]), {start}, {}
    while queue:
        seen = get(world, client, queue.popleft())
        yield seen
        for link in LINK.findall(seen.text):
            url = html.unescape(link).split("#")[0]
            if url in known or url.startswith((*LEAVE, *leave)) or not _within(url, sampled):
                continue
            known.add(url)
            queue.append(url)


def _within(url: str, met: dict[str, int]) -> bool:
    case = "/".join(url.split("/")[:3])
    for word, most, one_in in SAMPLED:
        if word in url and not (WHOLE and case.startswith("/casus/")):
            key = f"{word} {case}"
            place = met[key] = met.get(key, -1) + 1
            return place % one_in == 0 and place // one_in < most
    return True
