"""Visits of personas, and their browsers, in the house with PGA-MD and JS-MD (whose version 2 waits)."""

from typing import Any

from django.test import Client

from agreements.insight.subjects import Subject, subject_for
from agreements.models import Membership, Professional
from agreements.parties.reader import Visit, visit_of
from agreements.parties.tokens import issue_token
from tests.invariants.crawl import sign_in

NOW, BEFORE, NEXT = "versie-PGA-MD-2", "versie-JS-MD-1", "versie-JS-MD-2"


def visit(key: str) -> Visit:
    membership = Membership.objects.select_related("professional", "agency").get(professional__demo_key=key)
    return visit_of(membership, strength="demo", trace_id="0" * 32)


def subject(key: str, *, who: str = "lieke") -> Subject:
    return subject_for(visit(who), key)


def browser(key: str) -> Client:
    return sign_in(Professional.objects.get(demo_key=key))


def page(who: str, key: str, name: str, **asked: Any) -> Any:
    return browser(who).get(f"/convenanten/bekijk/{key}/{name}/", asked)


def api(who: str, path: str, **asked: Any) -> Any:
    membership = Membership.objects.filter(professional__demo_key=who).select_related("agency").first()
    token = issue_token(membership, purpose="pga_youth").token
    client = Client(HTTP_HOST="localhost")
    return client.get(f"/api/v1{path}", asked, headers={"Authorization": f"Bearer {token}"})
