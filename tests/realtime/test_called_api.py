"""Who was called for an alarm, over the API: the same alarm, the same words and the same refusals as on its page."""

import pytest
from django.test import Client

from agreements.parties.tokens import issue_token
from realtime.alarms import commands
from realtime.place import commands as place
from tests.cases.desk import hat_of
from tests.realtime.stage import Street
from tests.realtime.test_alarms import here
from tests.realtime.test_called import entries, escalated, stage

__all__ = ["stage"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_api_gives_who_was_called_the_same_as_the_page(stage: Street) -> None:
    alarm = escalated(stage)
    place.start(stage.by("farid", "place.shared"), stage.fresh(), stage.member("farid"), minutes=30)
    place.move(stage.fresh(), stage.member("farid"), lat=51.91234, lon=4.26543, accuracy=8)
    ruben, esra = api(stage, "ruben"), api(stage, "esra")
    at = f"/api/v1/channels/{alarm.channel.uid}/calls/{alarm.event.uid}"

    (call,) = ruben.get("/api/v1/calls").json()
    assert (call["alarm"], call["is_over"]) == (str(alarm.event.uid), False)
    assert esra.get("/api/v1/calls").json() == []
    refused = esra.get(at)
    assert (refused.status_code, refused.json()["type"]) == (404, "urn:verbond:problem:not_called"), refused.content

    answer = ruben.post(f"{at}/answers", {"minutes": 7}, content_type="application/json")
    assert answer.status_code == 204, answer.content
    assert ruben.post(f"{at}/answers", {"minutes": 121}, content_type="application/json").status_code == 422
    told = ruben.get(at).json()
    (piece,) = told["pieces"]
    assert piece == {
        "field": "street_alarm", "text": "Kom bij de brug", "withheld": False, "article": "HAV-GEBIED art. 14.1",
    }  # fmt: skip
    assert (told["name"], told["agency"]) == (stage.world.people["farid"].name, "JW-HAVEN")
    assert [(one["minutes"], one["is_me"]) for one in told["coming"]] == [(7, True)]
    assert (told["place"]["lat"], told["place"]["accuracy"]) == (51.91234, 8)
    assert (told["until"], told["may_end"]) == (None, False)
    reads = [one.reason_ref for one in entries("alarm.read") if one.outcome == "ok"]
    assert reads == [f"call:{alarm.calls.get(membership=hat_of(stage.world, 'ruben')).uid.hex}"]

    refused = ruben.post(f"{at}/end", {"how": "stood_down"}, content_type="application/json")
    assert (refused.status_code, refused.json()["article"]) == (403, "HAV-GEBIED art. 14.1")
    commands.end(here(stage, "farid"), alarm=alarm.event.uid, how="stood_down")
    over = ruben.get(at).json()
    assert (over["is_over"], over["place"], over["until"] is None) == (True, None, False)


def api(stage: Street, key: str) -> Client:
    token = issue_token(hat_of(stage.world, key), purpose="area_safety").token
    return Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {token}")
