"""Writes the JSON Schemas of the frames of a channel's socket to docs/schemas/street. Run it after a change of them.

Usage: DJANGO_SETTINGS_MODULE=deploy.settings.test python docs/street_schemas.py
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "schemas" / "street"


def schemas() -> dict[str, str]:
    """File name → text, for both directions. Django must be set up."""
    from realtime.live.protocol import CLIENT
    from realtime.live.protocol_server import SERVER

    found = {}
    for name, adapter, said in (
        ("client", CLIENT, "Frames from a client, verbond.street.1"),
        ("server", SERVER, "Frames from the server, verbond.street.1"),
    ):
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": said} | adapter.json_schema()
        found[f"{name}.json"] = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
    return found


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file, text in schemas().items():
        (FOLDER / file).write_text(text)
