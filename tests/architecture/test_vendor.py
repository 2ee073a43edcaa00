"""The copied front-end files are the pinned ones, with their licences, and nothing proprietary came along.

What is copied and from where is in `deploy/vendor/vendor.py`; how templates use it is in test_templates.py.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "deploy" / "vendor"
CHECKSUMS = dict(
    reversed(line.split("  ", 1)) for line in (VENDOR / "checksums.sha256").read_text().splitlines() if line
)
LICENCES = {
    "EUPL-1.2-design-system-css.md": "EUROPEAN UNION PUBLIC LICENCE",
    "OFL-1.1-source-sans-3.txt": "SIL OPEN FONT LICENSE",
    "MIT-tabler-icons.txt": "MIT License",
    "0BSD-htmx.txt": "Zero-Clause BSD",
    "MPL-2.0-axe-core.txt": "Mozilla Public License",
}


@pytest.mark.parametrize("name", sorted(CHECKSUMS))
def test_a_copied_file_is_byte_for_byte_the_one_that_was_fetched(name: str) -> None:
    assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == CHECKSUMS[name]


def test_every_served_third_party_file_is_listed() -> None:
    assert {
        "deploy/static/css/ams.css",
        "deploy/static/icons/sprite.svg",
        "deploy/static/js/htmx.min.js",
        "tests/browser/vendor/axe.min.js",
    } <= set(CHECKSUMS)


@pytest.mark.parametrize(("name", "words"), LICENCES.items())
def test_each_package_comes_with_its_licence_text(name: str, words: str) -> None:
    assert words.lower() in (VENDOR / "licences" / name).read_text().lower()


def test_the_component_css_carries_the_eupl_notice() -> None:
    head = (ROOT / "deploy/static/css/ams.css").read_text()[:400]

    assert "EUPL-1.2" in head
    assert "Gemeente Amsterdam" in head


def test_versions_are_pinned_and_the_lock_agrees() -> None:
    wanted = json.loads((VENDOR / "package.json").read_text())["dependencies"]
    locked = json.loads((VENDOR / "package-lock.json").read_text())["packages"]

    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert locked[f"node_modules/{name}"]["version"] == version
        assert locked[f"node_modules/{name}"]["integrity"].startswith("sha512-")


def test_the_proprietary_tokens_and_assets_are_not_installed() -> None:
    locked = json.loads((VENDOR / "package-lock.json").read_text())["packages"]

    assert not [name for name in locked if name.endswith(("design-system-tokens", "design-system-assets"))]


def test_every_variable_of_the_components_has_a_value_of_our_own() -> None:
    css = (ROOT / "deploy/static/css/ams.css").read_text()
    values = (ROOT / "deploy/static/css/ams-values.css").read_text()
    given = set(re.findall(r"(--ams-[a-z0-9-]+)\s*:", values + css))

    # A variable with a value needs no fallback; steps within steps are not used by any page.
    needed = set(re.findall(r"var\((--ams-[a-z0-9-]+)", re.sub(r"(var\(--ams-[a-z0-9-]+),[^;}]*", r"\1", css)))

    assert {name for name in needed - given if "-substeps-" not in name} == set()


def test_no_style_sheet_fetches_anything_from_elsewhere() -> None:
    for sheet in (ROOT / "deploy/static/css").glob("*.css"):
        assert not re.findall(r"url\(\s*['\"]?(?:https?:|//|data:)", sheet.read_text()), sheet.name
