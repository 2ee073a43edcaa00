"""What holds for every template: nothing inline that a strict content policy would block, icons that exist,
components that name their arguments. Whether a page leaks facts is tested in tests/invariants.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
SPRITE = set(re.findall(r'id="i-([a-z0-9-]+)"', (ROOT / "deploy/static/icons/sprite.svg").read_text()))
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son[a-z]+=[\"']|javascript:|<style\b", re.I)
# The drawing of a QR code, made by the sign-in library itself from numbers, never from what people typed.
DRAWN_BY_LIBRARY = {"mfa/totp/activate_form.html"}
ICON = re.compile(r'components/icon\.html" with name="([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"')
NAMED = re.compile(r'"([a-z_]+(?:/[a-z_0-9]+)+\.(?:html|css|txt|ics))"')
"""A template by its name, in code or in another template."""


def name_of(path: Path) -> str:
    """The template's name as `{% include %}` writes it."""
    return path.relative_to(ROOT / "templates").as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_has_no_inline_script_style_or_handler(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_draws_only_icons_that_are_in_the_sprite(path: Path) -> None:
    drawn = {first or second for first, second in ICON.findall(path.read_text())}

    assert drawn <= SPRITE


@pytest.mark.parametrize("path", COMPONENTS, ids=name_of)
def test_a_component_begins_by_naming_its_arguments(path: Path) -> None:
    assert re.match(r"\{# .+ #\}", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_never_marks_text_as_safe(path: Path) -> None:
    if name_of(path) in DRAWN_BY_LIBRARY:
        return
    assert not re.search(r"\|\s*safe\b|\{%\s*autoescape\s+off", path.read_text())


def test_a_part_with_a_form_is_given_the_token_of_its_page() -> None:
    """`include … only` drops csrf_token, and then every form in the part answers 403."""
    forms = {name_of(path) for path in TEMPLATES if "csrf_token" in path.read_text()}
    found = [
        f"{name_of(path)}: {part}"
        for path in TEMPLATES
        for tag, part in re.findall(r'({% include "([^"]+)"[^%]*%})', path.read_text())
        if part in forms and " only" in tag and "csrf_token=" not in tag
    ]
    assert found == []


def test_every_template_that_is_named_is_there() -> None:
    floors = ("foundation", "audit", "agreements", "cases", "programmes", "realtime", "deploy")
    sources = [*(path for floor in floors for path in (ROOT / floor).rglob("*.py")), *TEMPLATES]
    missing = {
        f"{name} in {path.relative_to(ROOT)}"
        for path in sources
        for name in NAMED.findall(path.read_text())
        # Those of a library, under its own folder.
        if not name.startswith(("mfa/", "deploy/")) and not (ROOT / "templates" / name).exists()
    }

    assert missing == set()
