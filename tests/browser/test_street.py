"""Two phones on one channel, on a bad network: nothing is lost or doubled, and who is put out keeps nothing."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.installation import Installation
from tests.browser.street_stage import Leader, leading

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
PHONE = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2, "size": (390, 844)}
KEPT = """async (text) => {
  const names = (await indexedDB.databases()).map(one => one.name);
  const found = [];
  for (const name of names) {
    const db = await new Promise(done => {
      const open = indexedDB.open(name);
      open.onsuccess = () => done(open.result);
    });
    for (const store of db.objectStoreNames) {
      const rows = await new Promise(done => {
        const all = db.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => done(all.result);
      });
      found.push(JSON.stringify(rows));
    }
    db.close();
  }
  return found.some(rows => rows.includes(text));
}"""


@pytest.fixture(scope="module")
def lead(installation: Installation) -> Iterator[Leader]:
    with leading(installation.env) as leader:
        yield leader


@pytest.fixture
def channel(lead: Leader) -> str:
    return lead.open("esra", "maarten", "farid")


def at(visit: Visit, key: str, channel: str, **options: object) -> Visitor:
    """Somebody's phone in the channel, connected."""
    visitor = visit(key, **(PHONE | options))
    # What the network does to a phone is the story here.
    visitor.expect_trouble(r"ERR_INTERNET_DISCONNECTED", r"failed: ", r"WebSocket", r"Failed to fetch")
    visitor.open(f"/straat/{channel}/")
    live(visitor.page)
    return visitor


def live(page: Page) -> None:
    expect(page.locator("[data-live-text]")).to_have_text("Live", timeout=30_000)


def send(page: Page, text: str) -> None:
    page.fill("#tekst", text)
    page.click(".vb-st__send")


def texts(page: Page) -> list[str]:
    """The messages on the screen, in order."""
    return page.locator("#berichten article p").all_inner_texts()


def test_what_is_sent_without_a_network_arrives_once_and_in_order(visit: Visit, channel: str) -> None:
    farid, esra = at(visit, "farid", channel), at(visit, "esra", channel)
    send(farid.page, "Ik praat met ze.")
    expect(esra.page.get_by_text("Ik praat met ze.")).to_be_visible()

    esra.context.set_offline(True)
    expect(esra.page.locator(".vb-st__off")).to_be_visible(timeout=30_000)
    for text in ("Ik loop met hem mee.", "Tot de brug.", "Daarna terug."):
        send(esra.page, text)
    expect(esra.page.get_by_text("Wacht op verzending").first).to_be_visible()
    send(farid.page, "Ik blijf hier.")
    esra.context.set_offline(False)
    live(esra.page)

    for page in (farid.page, esra.page):
        expect(page.get_by_text("Daarna terug.")).to_be_visible(timeout=30_000)
        shown = [text for text in texts(page) if text in ("Ik loop met hem mee.", "Tot de brug.", "Daarna terug.")]
        assert shown == ["Ik loop met hem mee.", "Tot de brug.", "Daarna terug."]
        expect(page.get_by_text("Ik blijf hier.")).to_have_count(1)
    expect(esra.page.get_by_text("Wacht op verzending")).to_have_count(0)


def test_what_was_typed_survives_closing_the_app(visit: Visit, channel: str) -> None:
    esra = at(visit, "esra", channel)
    esra.context.set_offline(True)
    expect(esra.page.locator(".vb-st__off")).to_be_visible(timeout=30_000)
    send(esra.page, "Nog niet verstuurd.")
    expect(esra.page.get_by_text("Wacht op verzending")).to_be_visible()
    esra.context.set_offline(False)
    esra.page.goto("about:blank")
    esra.open(f"/straat/{channel}/")
    live(esra.page)
    expect(esra.page.get_by_text("Nog niet verstuurd.")).to_have_count(1)
    expect(esra.page.get_by_text("Wacht op verzending")).to_have_count(0, timeout=30_000)


def test_who_is_put_out_keeps_nothing_on_the_phone(visit: Visit, lead: Leader, channel: str) -> None:
    farid = at(visit, "farid", channel)
    lead.say(channel, "esra", "Groep van twaalf bij de fietsenstalling.")
    expect(farid.page.get_by_text("Groep van twaalf bij de fietsenstalling.")).to_be_visible()
    farid.page.wait_for_function(KEPT, arg="fietsenstalling")
    farid.expect_trouble("404")

    lead.out(channel, "farid")

    expect(farid.page.get_by_text("Groep van twaalf bij de fietsenstalling.")).to_have_count(0, timeout=15_000)
    expect(farid.page.get_by_text("Wat op dit toestel stond, is gewist.")).to_be_visible()
    assert not farid.page.evaluate(KEPT, "fietsenstalling")


def test_a_silent_message_shows_nothing_and_an_announced_one_its_place(visit: Visit, lead: Leader) -> None:
    uid = lead.open("esra", "joost", case="MD-2026-0460")
    joost = at(visit, "joost", uid)
    lead.say(uid, "esra", "Wij staan bij de winkel.")
    lead.say(uid, "esra", "Twee man bij de achterdeur.", field="hotspot_note")
    lead.say(uid, "esra", "Wij blijven nog even.")
    expect(joost.page.get_by_text("Wij blijven nog even.")).to_be_visible()
    assert "achterdeur" not in joost.page.content()
    assert not joost.page.evaluate(KEPT, "achterdeur")


def test_an_alarm_needs_a_long_press_and_is_answered_by_name(visit: Visit, channel: str) -> None:
    farid, esra = at(visit, "farid", channel), at(visit, "esra", channel)
    button = esra.page.locator("#alarm")
    button.click()
    expect(esra.page.get_by_text("Houd langer vast om alarm te sturen")).to_be_visible()
    box = button.bounding_box()
    assert box is not None
    esra.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    esra.page.mouse.down()
    esra.page.wait_for_timeout(1800)
    esra.page.mouse.up()
    expect(esra.page.get_by_role("alertdialog")).to_contain_text("Alarm verstuurd", timeout=30_000)
    coming = farid.page.get_by_role("alertdialog")
    expect(coming).to_contain_text("Esra", timeout=30_000)
    coming.get_by_role("button", name="5 min").click()
    expect(esra.page.get_by_role("alertdialog")).to_contain_text("Farid", timeout=30_000)


def test_the_board_shows_what_is_said_as_it_is_said_and_who_is_still_there(
    visit: Visit, lead: Leader, channel: str
) -> None:
    anouk = visit("anouk", size=(1440, 900))
    anouk.expect_trouble(r"WebSocket", r"failed: ", r"404")
    anouk.open(f"/straat/{channel}/bord/")
    live(anouk.page)

    lead.say(channel, "anouk", "Kijk bij de brug.", field="street_task", kind="task")
    tasks = anouk.page.locator("[data-part=tasks]")
    expect(tasks).to_contain_text("Kijk bij de brug.")
    expect(tasks).to_contain_text("Nog niemand doet dit")

    lead.out(channel, "farid")
    expect(anouk.page.locator("[data-part=others]")).not_to_contain_text("Farid")
