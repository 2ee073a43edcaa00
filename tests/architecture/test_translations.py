"""Dutch is the source; a text without English fails here, and so does one left behind. `make messages` mends."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("foundation", "audit", "agreements", "cases", "programmes", "realtime", "deploy", "templates", "locale")


@pytest.mark.slow
def test_every_text_of_the_interface_has_english(tmp_path: Path) -> None:
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("static", "vendor", "*.mo"))
    extract = "from django.core.management import ManagementUtility as M; import sys; M(sys.argv).execute()"
    subprocess.run(
        [sys.executable, "-c", extract, "makemessages", "-l", "en", "--no-location", "--no-wrap", "-v", "0"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    text = (tmp_path / "locale/en/LC_MESSAGES/django.po").read_text()

    assert _missing(text) == []


def _missing(text: str) -> list[str]:
    """The Dutch of entries without English, or with English that was only guessed."""
    entries = [entry for entry in text.split("\n\n")[1:] if not entry.startswith("#~")]
    return [
        (re.search(r'msgid "(.*)"', entry) or ["", entry])[1]
        for entry in entries
        if re.search(r'msgstr(\[\d\])? ""(\n(?!")|$)', entry) or "#, fuzzy" in entry
    ]
