"""The fields of a contribution that have a permission each: what the product's catalogue holds."""

import json
from pathlib import Path

CODES: tuple[str, ...] = tuple(
    json.loads((Path(__file__).resolve().parents[2] / "agreements" / "policy" / "bits.json").read_text())
)
PERMISSIONS = tuple((f"view_{code}", f"Can view {code}") for code in CODES)
