"""The pages of who leads: opening a channel, its members, its term and its end."""

import re
from datetime import timedelta

import pytest

from audit.journal.models import Entry
from foundation import clock
from realtime.channels.models import Channel
from tests.cases.desk import hat_of, make_case, page
from tests.invariants.world import World
from tests.realtime.stage import Street, street

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(world: World) -> Street:
    return street(world)


def _local(hours: int) -> str:
    return (clock.now() + timedelta(hours=hours)).astimezone(clock.AMSTERDAM).strftime("%Y-%m-%dT%H:%M")


def test_a_leader_opens_a_channel_from_the_list(stage: Street) -> None:
    anouk = page(stage.world, "anouk")
    assert "/casus/ST-1/kanaal/" in anouk.get("/straat/").content.decode()
    form = {"title": "Ronde", "scope": "operation", "under": "HAV-GEBIED", "ends_at": _local(3)}

    answer = anouk.post("/casus/ST-1/kanaal/", form | {"members": [hat_of(stage.world, "esra").pk]}, follow=True)

    assert answer.status_code == 200
    assert Channel.objects.get(title="Ronde").members.filter(left_at=None).count() == 2


def test_a_leader_of_many_cases_is_offered_a_few_and_opens_a_channel_from_the_page_of_any(stage: Street) -> None:
    refs = {
        case.ref: case.number
        for number in range(15)
        if (case := make_case(f"VEEL-{number:02}", live=("GEM-MD",), urgency="acute" if number == 9 else "normal"))
    }
    anouk, before = page(stage.world, "anouk"), Entry.objects.order_by("-id").first().id

    text = anouk.get("/straat/").content.decode()

    offered = re.findall(r'href="/casus/([^/]+)/kanaal/"', text)
    assert len(offered) == 12
    # Areas first, then the most urgent.
    assert offered.index("ST-1") < offered.index("VEEL-09") < 4
    told = Entry.objects.filter(id__gt=before, event_type="channel.list", case_ref__in=refs)
    assert sorted(refs[entry.case_ref] for entry in told) == sorted(set(offered) & set(refs.values()))
    assert "In een andere casus" in text
    assert 'href="/casus/VEEL-14/kanaal/"' in anouk.get("/casus/VEEL-14/", follow=True).content.decode()


def test_who_leads_no_team_is_not_offered_to_open_a_channel(stage: Street) -> None:
    for url in ("/straat/", f"/casus/{stage.case.number}/"):
        assert "/kanaal/" not in page(stage.world, "esra").get(url, follow=True).content.decode()


@pytest.mark.parametrize(("field", "value"), [("title", " "), ("ends_at", "gisteren"), ("scope", "x"), ("under", "x")])
def test_what_was_typed_stays_and_the_error_stands_at_its_field(stage: Street, field: str, value: str) -> None:
    form = {"title": "Ronde", "scope": "operation", "under": "HAV-GEBIED", "ends_at": _local(3)} | {field: value}
    esra = hat_of(stage.world, "esra").pk

    answer = page(stage.world, "anouk").post("/casus/ST-1/kanaal/", form | {"members": [esra]})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{field}_error"' in text
    assert re.search(rf'value="{esra}" checked', text)
    assert field == "title" or 'value="Ronde"' in text
    assert not Channel.objects.filter(title="Ronde").exists()


def test_a_leader_puts_somebody_out_lets_somebody_in_and_closes(stage: Street) -> None:
    anouk, url = page(stage.world, "anouk"), f"/straat/{stage.channel.uid}/"
    anouk.post(f"{url}leden/{stage.member('esra').uid}/eruit/")
    assert not stage.channel.members.filter(membership=hat_of(stage.world, "esra"), left_at=None).exists()

    anouk.post(f"{url}leden/erbij/", {"membership": hat_of(stage.world, "esra").pk})
    assert stage.member("esra")

    anouk.post(f"{url}sluit/")
    assert stage.fresh().closed_at is not None


def test_a_term_that_cannot_be_is_said_at_the_field(stage: Street) -> None:
    answer = page(stage.world, "anouk").post(f"/straat/{stage.channel.uid}/verleng/", {"ends_at": _local(-3)})

    assert answer.status_code == 422
    assert 'id="ends_at_error"' in answer.content.decode()
    assert _local(-3) in answer.content.decode()
