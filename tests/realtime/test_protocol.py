"""The written protocol: its schemas are those of the code, and every close code is in it."""

import importlib.util
from pathlib import Path

from realtime.live.protocol import CODES

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_schemas_are_current() -> None:
    spec = importlib.util.spec_from_file_location("street_schemas", DOCS / "street_schemas.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)

    for name, text in made.schemas().items():
        assert (DOCS / "schemas" / "street" / name).read_text() == text, "run docs/street_schemas.py"


def test_the_page_names_every_close_code() -> None:
    page = (DOCS / "kanalen-protocol.md").read_text()

    assert [code for code, name in CODES.items() if f"| {code} | `{name}` |" not in page] == []
