"""The page and the API of exports: ask, follow, fetch, and be refused without a fresh sign-in."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from ninja import NinjaAPI
from ninja.testing import TestClient

from audit import ports
from audit.exports import api, commands, running, views
from audit.exports.models import Export
from foundation import clock
from foundation.errors import SignInNeeded
from tests.audit.exports.desk import officer, wish
from tests.audit.stand_ins import POLICE
from tests.audit.stand_ins import Officer as Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("upper_floor", "queued")]


def asked(data: dict[str, str] | None = None, **headers: str) -> HttpRequest:
    make = RequestFactory()
    request = make.post("/privacy/exports/", data) if data else make.get("/privacy/exports/", headers=headers)
    request.visit = Visitor(agency_ref=POLICE)  # type: ignore[attr-defined]
    request._messages = _Messages()  # type: ignore[attr-defined]
    return request


class _Messages(list[Any]):
    def add(self, *given: Any) -> None:
        self.append(given)


def test_the_page_orders_follows_and_fetches(log: list[str]) -> None:
    today = clock.today().isoformat()
    before = (clock.today() - timedelta(days=1)).isoformat()
    answer = views.exports(asked({"kind": "cef", "since": before, "until": today, "agency": POLICE}))
    assert answer.status_code == 302

    busy = views.exports(asked(**{"HX-Request": "true"})).content.decode()
    assert "every 2s" in busy
    running.make(Export.objects.get().uid)
    page = views.exports(asked()).content.decode()
    assert f"/privacy/exports/{Export.objects.get().uid}/" in page
    assert "every 2s" not in page
    file = views.export_file(asked(), Export.objects.get().uid)
    assert b"".join(file).count(b"CEF:0|") == 40  # type: ignore[arg-type]
    assert int(file["Content-Length"]) == Export.objects.get().size

    wrong = views.exports(asked({"kind": "cef", "since": today, "until": before, "agency": POLICE}))
    assert wrong.status_code == 422
    assert Export.objects.count() == 1


def test_the_api_orders_and_lists(log: list[str]) -> None:
    faces = NinjaAPI(urls_namespace="exports-test")
    faces.add_router("", api.router)
    client, visit = TestClient(faces), Visitor(agency_ref=POLICE)
    body = {"kind": "syslog", "since": (clock.now() - timedelta(hours=1)).isoformat(), "until": clock.now().isoformat()}

    answer = client.post("/exports", json=body, visit=visit)

    assert answer.status_code == 202, answer.content
    found = client.get("/exports", visit=visit).json()
    assert [(one["uid"], one["state"]) for one in found["exports"]] == [(answer.json()["uid"], "queued")]
    assert {"ldv_otlp", "nen7513_csv", "cef"} <= {one["code"] for one in found["kinds"]}


def test_a_session_that_is_not_fresh_orders_and_fetches_nothing(log: list[str]) -> None:
    def stale(request: HttpRequest) -> None:
        raise SignInNeeded("te lang geleden")

    export = commands.order(officer(), wish())
    running.make(export.uid)
    ports.supply("sessions", ports.Supply(check_fresh=stale))

    with pytest.raises(SignInNeeded):
        views.export_file(asked(), export.uid)
    with pytest.raises(SignInNeeded):
        views.exports(asked({"kind": "cef", "since": "2026-01-01", "until": "2026-01-31"}))
    assert Export.objects.count() == 1
