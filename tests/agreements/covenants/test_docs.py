"""The operator's page names every finding that loading can give, and no other."""

import re
from pathlib import Path

from agreements.covenants.events import EVENT_TYPES

ROOT = Path(__file__).resolve().parents[3]
SOURCES = [ROOT / "agreements" / "covenants" / name for name in ("drawing_up.py", "schemas.py")]
CODE = re.compile(r'(?:signature_finding|_version)\(\s*"([a-z_]+)"')


def test_every_finding_of_loading_is_explained_to_the_operator() -> None:
    given = {code for path in SOURCES for code in CODE.findall(path.read_text())}
    page = (ROOT / "docs" / "convenant-laden.md").read_text()

    assert set(re.findall(r"^\| `([a-z_]+)`", page, re.M)) - {"pga"} == given


def test_every_event_that_a_command_journals_has_a_name_and_no_other() -> None:
    writing = [*(ROOT / "agreements" / "covenants" / "commands").glob("*.py")]
    writing.append(ROOT / "agreements" / "migrations" / "0005_vouch_for_covenants.py")
    texts = [path.read_text() for path in writing]
    written = {code for text in texts for code in re.findall(r'"((?:covenant|party)\.[a-z_]+)"', text)}

    assert set(EVENT_TYPES) == written
