"""A persona at a browser, on the pages of drafts: what they read, and the forms that they fill in and send."""

import html
import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from agreements.models import Professional
from tests.invariants import crawl

LIST = "/convenanten/concepten/"


class Page:
    """One answer: its status, its words, its forms."""

    def __init__(self, answer: Any) -> None:
        self.status: int = answer.status_code
        self.where: str = answer.request["PATH_INFO"]
        self.html: str = answer.content.decode()
        main = re.search(r"<main.*</main>", self.html, re.S)
        self.text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main.group() if main else self.html)).split())

    @property
    def fields(self) -> dict[str, Any]:
        """What the forms of the page would send as they stand; boxes of one name as a list."""
        reader = _Fields()
        reader.feed(self.html)
        return reader.found

    def links(self) -> set[str]:
        return set(re.findall(r'href="([^"]+)"', self.html))


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "textarea":
            self._area = name
            self.found[name] = ""
        elif tag == "select":
            self._select = name
            self.found[name] = ""
        elif tag == "option" and "selected" in given:
            self.found[self._select] = given.get("value") or ""
        elif tag == "input" and name:
            self._input(name, given)

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind, value = given.get("type"), given.get("value") or ""
        if kind == "checkbox":
            boxes = self.found.setdefault(name, [])
            boxes += [value] if "checked" in given else []
        elif kind == "radio":
            self.found.setdefault(name, "")
            self.found[name] = value if "checked" in given else self.found[name]
        elif kind not in ("file", "submit"):
            self.found[name] = value

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[self._area] = self.found[self._area].removeprefix("\n").removeprefix("\r\n")
            self._area = ""


class Desk:
    """A persona with a browser."""

    def __init__(self, key: str) -> None:
        self.client: Client = crawl.sign_in(Professional.objects.get(demo_key=key))

    def read(self, path: str) -> Page:
        return Page(self.client.get(path))

    def send(self, path: str, *, hx: bool = False, **fields: Any) -> Page:
        """Post as a plain form would, and follow to where it leads."""
        sent = {name: value for name, value in fields.items() if value is not None}
        headers = {"HX-Request": "true"} if hx else {}
        return Page(self.client.post(path, sent, follow=True, headers=headers))

    def fill_in(self, path: str, **changes: Any) -> Page:
        """Open a form, change some of it, and send all of it."""
        return self.send(path, **{**self.read(path).fields, **changes})
