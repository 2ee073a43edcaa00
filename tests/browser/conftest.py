"""What the browser tests share: one installation, one Chromium, and visitors whose pages may not complain."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser.installation import Installation, browser_path, chromium, prepared_once, serving
from tests.stores.template import template_file


@dataclass
class Visitor:
    """One person at one browser. Everything that goes wrong on their pages is noted; `end` judges it."""

    context: BrowserContext
    page: Page
    base: str
    notes: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def open(self, path: str) -> Response:
        answer = self.page.goto(self.base + path)
        assert answer is not None
        return answer

    def expect_trouble(self, *patterns: str) -> None:
        """Notes that fit one of these regular expressions are part of the story."""
        self.expected.extend(patterns)

    def watch(self) -> None:
        self.context.on("request", self._request)
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._response)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self._note(f"script: {error.error}"))

    def end(self) -> None:
        unexpected = [note for note in self.notes if not any(re.search(known, note) for known in self.expected)]
        assert unexpected == []

    def _note(self, text: str) -> None:
        self.notes.append(text.replace(self.base, ""))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self._note(f"left the machine: {request.url}")

    def _failed(self, request: Request) -> None:
        # Aborted: the visitor went on, or a script sent a form and did not follow the redirect itself.
        if request.failure != "net::ERR_ABORTED":
            self._note(f"failed: {request.method} {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"{response.status}: {response.request.method} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"console: {message.text}")


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """new_folder(): a folder of its own with a prepared installation in it, demo and all, that nobody serves yet."""
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the browser tests always drive the embedded installation; they ran with SQLite")
    if not browser_path() and os.environ.get("CI") != "true":
        pytest.skip("there is no Chromium on this machine: make test installs it")
    own = tmp_path_factory.getbasetemp()
    beforehand = os.environ.get("VERBOND_PREPARED", "")
    if beforehand and Path(beforehand).exists():
        prepared = Path(beforehand)
    else:
        beside = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
        prepared = prepared_once(beside, migrated=template_file())
    return lambda: Path(shutil.copytree(prepared, tmp_path_factory.mktemp("verbond"), dirs_exist_ok=True))


@contextmanager
def flawless(folder: Path) -> Iterator[Installation]:
    """The installation in this folder, served; its log must be free of failures at the end."""
    with serving(folder) as running:
        yield running
        assert "Traceback" not in running.log
        assert '"level": "ERROR"' not in running.log


@pytest.fixture(scope="session")
def installation(new_folder: Callable[[], Path]) -> Iterator[Installation]:
    """The server of `make run`, in a folder of its own."""
    with flawless(new_folder()) as running:
        yield running


@pytest.fixture(scope="module")
def browser(installation: Installation) -> Iterator[Browser]:
    """Module-wide: Playwright's event loop must be gone before another module uses the database."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def cookies(installation: Installation) -> Callable[[str], Any]:
    """The session of a persona as a browser keeps it, signed in once a module by the form of the front door."""
    known: dict[str, Any] = {}

    def of(key: str) -> Any:
        if key not in known:
            known[key] = {"cookies": _signed_in(installation.url, key), "origins": []}
        return known[key]

    return of


def _signed_in(base: str, key: str) -> list[dict[str, Any]]:
    with httpx.Client(base_url=base, timeout=60) as client:
        door = client.get("/inloggen/")
        form = re.search(r'<form[^>]*action="([^"]*)"(?:(?!</form>).)*name="persona"', door.text, re.DOTALL)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', door.text)
        assert form, door.text
        assert token, door.text
        answer = client.post(
            form[1], data={"csrfmiddlewaretoken": token[1], "persona": key}, headers={"Referer": f"{base}/inloggen/"}
        )
        assert (answer.status_code, answer.headers.get("location")) == (302, "/"), key
        return [
            {
                "name": one.name, "value": one.value, "domain": "127.0.0.1", "path": "/", "expires": -1,
                "httpOnly": one.has_nonstandard_attr("HttpOnly"), "secure": False, "sameSite": "Lax",
            }
            for one in client.cookies.jar
        ]  # fmt: skip


def sign_in(page: Page, base: str, key: str) -> None:
    """Through the front door, by one click."""
    page.goto(f"{base}/inloggen/")
    page.click(f"button[name=persona][value={key}]")
    page.wait_for_url(f"{base}/")


@pytest.fixture
def visit(
    installation: Installation, browser: Browser, cookies: Callable[[str], Any]
) -> Iterator[Callable[..., Visitor]]:
    """visit("nadia"): a page of that persona. fresh: a session of its own, for tests that change it."""
    visitors: list[Visitor] = []

    def come(key: str = "", *, fresh: bool = False, size: tuple[int, int] = (1440, 900), **options: Any) -> Visitor:
        state = cookies(key) if key and not fresh else None
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="nl-NL",
            reduced_motion="reduce",
            storage_state=state,
            **options,
        )
        context.set_default_timeout(30_000)
        visitor = Visitor(context=context, page=context.new_page(), base=installation.url)
        visitor.watch()
        visitors.append(visitor)
        if key and fresh:
            sign_in(visitor.page, installation.url, key)
        return visitor

    yield come
    for visitor in visitors:
        visitor.page.wait_for_load_state()
        visitor.context.close()
    for visitor in visitors:
        visitor.end()
