"""Who is the wrong reader at each route of realtime.report: who is no member, and whom no article gives a copy."""

from tests.architecture.denial import Denial, fixed
from tests.invariants.plants.channels import CHANNELS

_NONE = "00000000-0000-4000-8000-000000000000"
_FORM = "application/x-www-form-urlencoded"
_REPORT = f"/straat/{CHANNELS['MW-3']}/verslag/"
_PAGES = {
    "street_report": ("GET", ""),
    "street_report_paper": ("GET", "pdf/"),
    "street_report_order": ("POST", "pdf/maak/"),
    "street_report_fetch": ("GET", f"pdf/{_NONE}/"),
}

# Nobody; a school that takes part in no case of the street; a privacy officer.
DENIALS = [
    Denial(route=name, url=fixed(_REPORT + path), method=method, wrong=who, content_type=_FORM)
    for name, (method, path) in _PAGES.items()
    for who in (None, "hanneke", "ineke")
]
# A member whom every article of this channel forbids a copy.
DENIALS.append(Denial(route="street_report", url=fixed(_REPORT), wrong="esra"))
PUBLIC: dict[str, str] = {}
