"""Web Push: without content, only to who may know and did not get it by a socket, and never where it must not go."""

import base64
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.sessions.models import Session
from http_ece import decrypt

from foundation import clock
from foundation.errors import Invalid
from realtime.alarms import commands as alarms
from realtime.channels.models import Event
from realtime.push import commands, endpoints
from realtime.push.endpoints import Device
from realtime.push.models import PushSubscription
from realtime.push.sending import WORDS, public_key, ring_for
from tests.cases.desk import changing, page
from tests.invariants.world import World
from tests.realtime.stage import Street, street
from tests.realtime.test_alarms import here, with_prosecutor

__all__ = ["with_prosecutor"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KEY = ec.generate_private_key(ec.SECP256R1())
AUTH = b"0123456789abcdef"


class Service(ThreadingHTTPServer):
    """A push service on this machine that keeps what it is sent."""

    status = 201

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.got: list[tuple[str, dict[str, str], bytes]] = []


class _Answer(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(self.server.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None: ...


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    settings.PUSH_LOCAL = True
    server = Service()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def stage(world: World) -> Street:
    return street(world)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def body(service: Service, key: str) -> dict[str, Any]:
    point = KEY.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    endpoint = f"http://127.0.0.1:{service.server_port}/{key}"
    return {"endpoint": endpoint, "keys": {"p256dh": _text(point), "auth": _text(AUTH)}}


def on(stage: Street, service: Service, *keys: str) -> list[Any]:
    """Devices of these people, turned on in a session of each."""
    browsers = []
    for key in keys:
        browser = page(stage.world, key)
        answer = browser.post("/straat/push/aan/", body(service, key), content_type="application/json")
        assert answer.status_code == 204
        browsers.append(browser)
    return browsers


def woken(service: Service) -> set[str]:
    found = {path.strip("/") for path, _headers, _body in service.got}
    service.got.clear()
    return found


def test_everything_that_is_sent_is_the_same_few_words(stage: Street, service: Service) -> None:
    on(stage, service, "esra")
    message = stage.says("farid", ("street_message", "Twee man bij de brug"))
    alarm = alarms.raise_alarm(here(stage, "farid"), client=uuid4(), text="Kom bij de brug")
    assert ring_for(message) == ring_for(alarm) == 1
    first, second = service.got
    assert len(first[2]) == len(second[2])
    for _path, headers, sent in service.got:
        assert decrypt(sent, private_key=KEY, auth_secret=AUTH, version="aes128gcm") == WORDS
        assert public_key() in headers["authorization"]
        assert not [value for value in headers.values() if "brug" in value or str(stage.channel.uid) in value]
    assert (first[1]["urgency"], second[1]["urgency"]) == ("normal", "high")
    assert (first[1]["topic"], second[1]["topic"]) == ("nieuws", "alarm")


def test_only_who_may_know_is_woken_and_not_who_said_it(with_prosecutor: Street, service: Service) -> None:
    stage = with_prosecutor
    on(stage, service, "esra", "farid", "joost", "margot")
    ring_for(stage.says("esra", ("hotspot_note", "Op de kade")))
    # Article 6.1 gives the prosecution notes on places, but nothing of the street; the landlord gets neither.
    assert woken(service) == {"farid", "margot"}
    event = alarms.raise_alarm(here(stage, "farid"), client=uuid4())
    ring_for(event)
    assert woken(service) == {"esra", "joost"}
    alarms.acknowledge(here(stage, "esra"), alarm=event.uid, minutes=5)
    PushSubscription.objects.update(rung_at=None)
    ring_for(Event.objects.get(notice="alarm_ack"))
    assert "margot" not in woken(service)


def test_what_is_stored_wakes_phones_by_itself_after_the_commit(
    stage: Street, service: Service, django_capture_on_commit_callbacks: Any
) -> None:
    on(stage, service, "esra")
    with django_capture_on_commit_callbacks(execute=True):
        stage.says("farid", ("street_message", "Ik ben er"))
        assert not service.got
    assert woken(service) == {"esra"}


def test_who_got_it_by_a_socket_is_not_woken(stage: Street, service: Service) -> None:
    from realtime.channels.commands.receipts import got
    from realtime.place.commands import heard

    on(stage, service, "esra", "joost")
    event = stage.says("farid", ("street_message", "Ik ben er"))
    heard([stage.member("esra").pk], at=clock.now())
    ring_for(event)
    assert woken(service) == {"joost"}
    alarm = alarms.raise_alarm(here(stage, "farid"), client=uuid4())
    got(stage.member("joost"), seq=alarm.seq)
    ring_for(alarm)
    # Connected is not enough for an alarm: only a phone that said it has it is left alone.
    assert woken(service) == {"esra"}


def test_what_can_wait_wakes_a_phone_once_a_minute_and_an_alarm_always(stage: Street, service: Service) -> None:
    on(stage, service, "esra")
    for text in ("een", "twee"):
        ring_for(stage.says("farid", ("street_message", text)))
    assert len(service.got) == 1
    ring_for(alarms.raise_alarm(here(stage, "farid"), client=uuid4()))
    assert len(service.got) == 2
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        ring_for(stage.says("farid", ("street_message", "drie")))
    assert len(service.got) == 3


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(stage: Street, service: Service, status: int) -> None:
    on(stage, service, "esra")
    service.status = status
    assert ring_for(stage.says("farid", ("street_message", "een"))) == 0
    assert not PushSubscription.objects.exists()


def test_signing_out_the_end_of_a_session_and_of_a_membership_take_the_device_away(
    stage: Street, service: Service
) -> None:
    esra, joost, maarten = on(stage, service, "esra", "joost", "maarten")
    esra.logout()
    assert not PushSubscription.objects.filter(membership=stage.member("esra").membership).exists()
    Session.objects.filter(session_key=joost.session.session_key).delete()
    with changing():
        membership = stage.member("maarten").membership
        membership.ends = clock.now()
        membership.save()
    alarms.raise_alarm(here(stage, "farid"), client=uuid4())
    numbers = [stage.member(key).membership_id for key in ("esra", "joost", "maarten")]
    assert commands.standing(numbers) == []
    assert not PushSubscription.objects.exists()
    assert ring_for(Event.objects.get(channel=stage.channel, kind="alarm")) == 0
    assert not service.got
    assert maarten is not None


def test_a_device_is_turned_off_by_its_owner_and_kept_in_a_box(stage: Street, service: Service) -> None:
    (esra,) = on(stage, service, "esra")
    row = PushSubscription.objects.get()
    assert "127.0.0.1" not in row.locked + row.digest
    joost = page(stage.world, "joost")
    what = {"endpoint": body(service, "esra")["endpoint"]}
    joost.post("/straat/push/uit/", what, content_type="application/json")
    assert PushSubscription.objects.count() == 1
    esra.post("/straat/push/uit/", what, content_type="application/json")
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://10.0.0.5/x", "https://[::1]/x",
        "https://localhost/x", "https://fcm.googleapis.com:8443/x", "https://u:p@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.kwaad.example/x", "https://kwaadfcm.googleapis.com.nl/x", "file:///etc/passwd",
        "https://fcm.googleapis.com:x/", "https://fcm.googleapis.com/" + "x" * 1000, "",
    ],
)  # fmt: skip
def test_only_push_services_are_called(endpoint: str) -> None:
    assert not endpoints.is_allowed(endpoint)
    with pytest.raises(Invalid):
        endpoints.checked(Device(endpoint=endpoint, p256dh="", auth=""))


def test_a_name_that_leads_inside_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: [(0, 0, 0, "", (one, 443)) for one in found])
    for addresses, good in ((["10.1.2.3"], False), (["8.8.8.8", "192.168.1.1"], False), (["8.8.8.8"], True)):
        found[:] = addresses
        assert endpoints.leads_outside("https://fcm.googleapis.com/x") is good


def test_a_local_address_is_refused_unless_the_setting_lets_it_through(stage: Street, settings: Any) -> None:
    settings.PUSH_LOCAL = False
    answer = page(stage.world, "esra").post(
        "/straat/push/aan/", {"endpoint": "http://127.0.0.1:9/x", "keys": {}}, content_type="application/json"
    )
    assert answer.status_code == 422
