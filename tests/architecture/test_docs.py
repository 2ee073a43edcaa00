"""The documentation tells the truth: pictures, links, rooms and commands that it names are there.

What the documentation should say is up to people; what it points at is checked here.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "img"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "agreements").rglob("*.md")])
PICTURE = re.compile(
    r'!\[(?P<alt>[^\]]*)\]\((?P<md>[^)]+\.png)\)|<img src="(?P<html>[^"]+)"[^>]*?alt="(?P<words>[^"]*)"'
)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!https?:|mailto:|#)([^)#]+)")
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
TARGET = re.compile(r"(?:^|`|PORT=\d+ )make ([a-z]+)", re.M)
DJANGOS_OWN = {"makemessages", "migrate", "collectstatic", "makemigrations", "check", "shell"}


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _pictures(page: Path) -> list[tuple[Path, str]]:
    """The pictures on a page: the file, and the words for who cannot see it."""
    found = PICTURE.finditer(page.read_text(encoding="utf-8"))
    return [((page.parent / (m["md"] or m["html"])).resolve(), m["alt"] or m["words"] or "") for m in found]


def test_every_picture_is_used_and_every_used_one_is_there() -> None:
    used = {file for page in PAGES for file, _words in _pictures(page)}

    assert used == set(IMAGES.glob("*.png"))


def test_every_picture_is_made_by_the_script() -> None:
    made = set(re.findall(r'Shot\(name="([a-z-]+)"', (ROOT / "docs" / "screenshots.py").read_text()))

    assert made == {file.stem for file in IMAGES.glob("*.png")}


def test_every_picture_is_described_in_words() -> None:
    assert [file.name for page in PAGES for file, words in _pictures(page) if len(words) < 20] == []


@pytest.mark.parametrize("file", sorted(IMAGES.glob("*.png")), ids=lambda file: file.stem)
def test_a_picture_is_small(file: Path) -> None:
    assert file.stat().st_size < 150_000


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_of_a_page_leads_to_something(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_rooms_of_the_architecture_are_the_rooms_of_the_tree() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `((?:agreements|audit|cases|programmes|realtime)/[a-z_]+)` \|", text, re.M))
    aside = {"management", "migrations", "__pycache__"}
    there = {
        f"{app}/{room.name}"
        for app in ("agreements", "audit", "cases", "programmes", "realtime")
        for room in (ROOT / app).iterdir()
        if room.is_dir() and room.name not in aside
    }

    assert told == there


def test_every_path_that_the_architecture_names_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:agreements|audit|cases|programmes|realtime|deploy|foundation|tests)/[\w./]+)`", text)
    named += re.findall(r"\s((?:agreements|audit|cases|programmes|realtime)/[\w/]+\.py)", text)

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = {file.stem for file in ROOT.glob("*/management/commands/*.py")} | DJANGOS_OWN
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))

    assert set(COMMAND.findall(text)) <= commands
    assert set(TARGET.findall(text)) <= targets


def test_the_readme_gives_the_two_commands_in_its_first_thirty_lines() -> None:
    head = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:30])

    assert "make run" in head
    assert "make test" in head
