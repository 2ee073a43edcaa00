"""What a phone keeps of a channel, read back from all its stores: only what its owner may know now."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.installation import Installation
from tests.browser.street_stage import Leader, leading
from tests.browser.test_street import PHONE, at

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]

STORES = """async () => {
  const found = {};
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done, wrong) => {
      const open = indexedDB.open(name);
      open.onsuccess = () => done(open.result);
      open.onerror = () => wrong(open.error);
    });
    for (const store of db.objectStoreNames) {
      found[`idb ${name} ${store}`] = await new Promise(done => {
        const all = db.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => done(JSON.stringify(all.result));
      });
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const path = new URL(request.url).pathname;
      found[`cache ${path}`] = path.startsWith("/static/") ? "" : await (await cache.match(request)).text();
    }
  }
  for (const kept of [localStorage, sessionStorage]) found[`web ${found.web ? 2 : 1}`] = JSON.stringify({...kept});
  return found;
}"""
"""Text of everything: IndexedDB, Cache Storage (static files by name alone), local and session storage."""


@pytest.fixture(scope="module")
def lead(installation: Installation) -> Iterator[Leader]:
    with leading(installation.env) as leader:
        yield leader


def stores(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(STORES)
    assert any(name.startswith("cache ") for name in found), "the worker keeps nothing yet"
    return found


def holds(page: Page, text: str) -> bool:
    return any(text in kept for kept in stores(page).values())


def ready(page: Page) -> None:
    """Until the worker has stored its files."""
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_function("async () => (await caches.keys()).length > 0")


def kept(page: Page, text: str) -> None:
    """Until the phone has stored it."""
    for _try in range(60):
        if holds(page, text):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"the phone never stored {text!r}")


def test_the_stores_of_a_phone_hold_what_its_owner_may_know_and_no_word_more(visit: Visit, lead: Leader) -> None:
    channel = lead.open("esra", "joost", case="MD-2026-0460")
    joost, esra = at(visit, "joost", channel), at(visit, "esra", channel)
    ready(joost.page)
    lead.say(channel, "esra", "Twee man bij de achterdeur.", field="hotspot_note")
    lead.say(channel, "esra", "Wij staan bij de winkel.")
    for phone in (joost, esra):
        expect(phone.page.get_by_text("Wij staan bij de winkel.")).to_be_visible()
        kept(phone.page, "Wij staan bij de winkel.")
    kept(esra.page, "achterdeur")
    assert not holds(joost.page, "achterdeur")
    # The worker keeps the page of nobody: no name, title or word of this channel.
    for name, text in stores(joost.page).items():
        if name.startswith("cache "):
            for word in ("winkel", "Interventie", "Joost", "Esra", channel, "MD-2026-0460"):
                assert word not in text, f"{word} is kept in {name}"


def test_a_phone_that_was_away_while_its_owner_was_put_out_is_emptied_at_the_next_contact(
    visit: Visit, lead: Leader
) -> None:
    channel = lead.open("esra", "farid")
    farid = at(visit, "farid", channel)
    ready(farid.page)
    lead.say(channel, "esra", "Groep bij de fietsenstalling.")
    kept(farid.page, "fietsenstalling")
    farid.context.set_offline(True)
    expect(farid.page.locator(".vb-st__off")).to_be_visible(timeout=30_000)
    lead.out(channel, "farid")
    assert holds(farid.page, "fietsenstalling"), "without contact the phone cannot know yet"

    farid.expect_trouble("404")
    farid.context.set_offline(False)

    expect(farid.page.get_by_text("Wat op dit toestel stond, is gewist.")).to_be_visible(timeout=30_000)
    assert not holds(farid.page, "fietsenstalling")
    assert "fietsenstalling" not in farid.page.content()


def test_nothing_is_left_on_the_phone_of_who_signed_out(visit: Visit, lead: Leader) -> None:
    channel = lead.open("esra", "farid")
    farid = visit("farid", fresh=True, **PHONE)
    farid.expect_trouble(r"WebSocket", r"failed: ", r"ERR_")
    farid.open(f"/straat/{channel}/")
    expect(farid.page.locator("[data-live-text]")).to_have_text("Live", timeout=30_000)
    ready(farid.page)
    lead.say(channel, "esra", "Groep bij de fietsenstalling.")
    kept(farid.page, "fietsenstalling")

    farid.open("/straat/")
    farid.page.evaluate("document.querySelector('[data-signout]').requestSubmit()")
    farid.page.wait_for_url("**/inloggen/**")

    for word in ("fietsenstalling", channel, "Interventie"):
        assert not holds(farid.page, word), f"{word} is still on the phone"
