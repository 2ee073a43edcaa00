"""Presence, place and photos: only by choice, only for a time, only to whom the covenant gives it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from asgiref.sync import sync_to_async
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from audit.journal.models import Entry
from foundation import clock
from foundation.errors import Invalid
from realtime.channels.commands import members
from realtime.place import commands
from realtime.place.models import Share, ShareTold, StreetPhoto
from tests.cases.desk import changing, hat_of, page
from tests.invariants.world import World
from tests.realtime.stage import Phone, Street, street, with_phones

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
QUAY = {"lat": 51.9001, "lon": 4.4802, "accuracy": 12.0}


@pytest.fixture
def stage(world: World, monkeypatch: pytest.MonkeyPatch) -> Street:
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)
    monkeypatch.setattr("realtime.live.hub.BEAT", 0.05)
    return street(world)


@pytest.fixture
def with_prosecutor(stage: Street) -> Street:
    """The prosecution takes part, but article 14 gives it nothing of the street."""
    from agreements.models import Agency
    from cases.models import Participation

    with changing():
        Participation.objects.create(
            case=stage.case, agency=Agency.objects.get(code="OM-MD"), mode="live", reason="proef", urgency_rank=2,
            starts=clock.now() - timedelta(days=1),
        )  # fmt: skip
    members.invite(stage.by("anouk"), stage.channel.uid, membership=hat_of(stage.world, "margot").pk)
    return stage


def shared(stage: Street, key: str = "esra", minutes: int = 30) -> Share:
    share = commands.start(stage.by(key), stage.fresh(), stage.member(key), minutes=minutes)
    commands.move(stage.fresh(), stage.member(key), **QUAY)
    return share


def test_a_place_is_told_to_the_channel_and_once_in_the_journal(stage: Street) -> None:
    since = Entry.objects.order_by("-id").first().id

    @with_phones(stage, "esra", "farid")
    async def story(esra: Phone, farid: Phone) -> None:
        await esra.send({"type": "share", "minutes": 30})
        assert (await esra.frame("sharing"))["until"]
        await esra.send({"type": "move", **QUAY})
        while not (found := await farid.frame("places"))["places"] or not found["places"][0]["position"]:
            pass
        assert found["places"][0]["position"] == {"lat": 51.9001, "lon": 4.4802, "accuracy": 12}
        await esra.send({"type": "share", "minutes": 0})
        while (await farid.frame("places"))["places"]:
            pass

    told = Entry.objects.filter(id__gt=since, event_type="place.told")
    assert {one.actor_ref for one in told} == {f"professional:{stage.world.people['farid'].uuid}"}
    assert told.count() == 1
    assert not Share.objects.filter(member__channel=stage.channel).exists()


def test_to_whom_the_covenant_gives_no_place_there_is_no_share(with_prosecutor: Street) -> None:
    shared(with_prosecutor)

    @with_phones(with_prosecutor, "farid", "margot")
    async def story(farid: Phone, margot: Phone) -> None:
        assert (await farid.frame("places"))["places"]
        assert (await margot.frame("places"))["places"] == []

    assert not ShareTold.objects.filter(member=with_prosecutor.member("margot")).exists()


def test_a_share_ends_by_itself_and_nothing_of_it_stays(stage: Street) -> None:
    shared(stage, minutes=15)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        assert commands.move(stage.fresh(), stage.member("esra"), **QUAY) is False
        assert commands.erase_past(at=clock.now()) >= 1
    assert not Share.objects.exists()


def test_who_leaves_takes_the_place_along(stage: Street) -> None:
    shared(stage)
    members.leave(stage.by("esra"), stage.channel.uid)
    commands.erase_past(at=clock.now())
    assert not Share.objects.exists()


@pytest.mark.parametrize("minutes", [1, 481, -5])
def test_a_share_is_for_a_time_from_the_list(stage: Street, minutes: int) -> None:
    with pytest.raises(Invalid):
        commands.start(stage.by("esra"), stage.fresh(), stage.member("esra"), minutes=minutes)


@pytest.mark.parametrize("wrong", [{"lat": 91.0}, {"lon": 181.0}, {"lat": float("nan")}, {"accuracy": -1.0}])
def test_what_is_no_place_on_earth_is_refused(stage: Street, wrong: dict[str, float]) -> None:
    with pytest.raises(Invalid):
        commands.move(stage.fresh(), stage.member("esra"), **(QUAY | wrong))


def test_presence_says_who_is_out_and_who_cannot_be_reached(stage: Street) -> None:
    @with_phones(stage, "esra", "farid")
    async def story(esra: Phone, farid: Phone) -> None:
        await esra.send({"type": "presence", "state": "out"})
        mine = str((await sync_to_async(stage.member)("esra")).uid)
        while True:
            rows = {one["member"]: one for one in (await farid.frame("presence"))["members"]}
            if rows[mine]["state"] == "out":
                break
        joost = str((await sync_to_async(stage.member)("joost")).uid)
        assert (rows[mine]["reachable"], rows[joost]["reachable"]) == (True, False)


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "JPEG")
    return made.getvalue()


def send_photo(stage: Street, key: str, *, client: str = "", data: bytes | None = None):
    file = SimpleUploadedFile("brug.jpg", picture() if data is None else data, content_type="image/jpeg")
    body = {"photo": file, "caption": "De brug", "client": client or str(uuid4())}
    return page(stage.world, key).post(f"/straat/{stage.channel.uid}/foto/", body)


def test_a_photo_is_stored_once_and_shown_to_who_may_know_its_message(with_prosecutor: Street) -> None:
    client = str(uuid4())
    made = send_photo(with_prosecutor, "esra", client=client)
    again = send_photo(with_prosecutor, "esra", client=client)
    assert (made.status_code, again.json()) == (201, made.json())
    assert StreetPhoto.objects.count() == 1
    path = f"/straat/{with_prosecutor.channel.uid}/foto/{made.json()['event']}/"
    shown = page(with_prosecutor.world, "farid").get(path)
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (
        200, "image/jpeg", "private, no-store",
    )  # fmt: skip
    assert Image.open(BytesIO(shown.content)).size == (40, 30)
    for key in ("margot", "hanneke"):
        assert page(with_prosecutor.world, key).get(path).status_code == 404
    assert picture() not in bytes(StreetPhoto.objects.get().locked)


def test_what_is_no_photo_is_refused_at_its_field_and_nothing_is_said(stage: Street) -> None:
    head = stage.fresh().head
    refused = send_photo(stage, "esra", data=b"<script>alert(1)</script>")
    assert refused.status_code == 422
    assert stage.fresh().head == head
