"""The build refuses a second importer of the opener: the half of the guard that works before anything runs."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("foundation", "audit", "agreements", "cases", "programmes", "realtime", "deploy")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The house's own code, to plant something in."""
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            tmp_path / package,
            ignore=lambda _folder, names: [n for n in names if n in {"demo", "static"}],
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.slow
def test_a_second_importer_of_the_opener_breaks_the_build(copied: Path) -> None:
    thief = copied / "cases" / "casework" / "thief.py"
    thief.write_text("from cases.disclosure._opener import open_facts\n\nprint(open_facts)\n")

    found = lint(copied)

    assert found.returncode != 0
    assert "Only disclosure opens sealed facts BROKEN" in found.stdout
    assert "cases.casework.thief" in found.stdout
