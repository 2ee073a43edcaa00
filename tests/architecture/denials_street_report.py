"""Who is the wrong reader at each route of realtime.report: who is no member, and whom no article gives a copy."""

from tests.architecture.denial import Denial, bearer, fixed
from tests.invariants.plants.channels import CHANNELS, IN_CHANNEL

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
_API = f"/api/v1/channels/{CHANNELS['MW-3']}"
_TAKE = f'{{"events": ["{_NONE}"]}}'
_OPERATIONS = {
    "street_report": ("GET", "/report", ""),
    "street_report_paper": ("GET", "/report/paper", ""),
    "street_report_order": ("POST", "/report/paper", "{}"),
    "street_report_fetch": ("GET", f"/report/paper/{_NONE}", ""),
    "street_take": ("POST", "/taken", _TAKE),
    "channel_kinds": ("GET", "/kinds", ""),
    "channel_receipts": ("GET", "/receipts", ""),
    "channel_seen_by": ("GET", f"/events/{IN_CHANNEL}/receipts", ""),
}
DENIALS += [
    Denial(route=f"api:{name}", url=fixed(_API + path), method=method, body=body, headers=headers)
    for name, (method, path, body) in _OPERATIONS.items()
    for headers in (None, bearer("hanneke", "youth_school"))
]
DENIALS += [
    Denial(route="street_take", url=fixed(_REPORT.replace("verslag/", "logboek/overnemen/")), method="POST", wrong=who,
           content_type=_FORM)
    for who in (None, "hanneke", "ineke")
]  # fmt: skip
# Not of what somebody else said.
DENIALS.append(
    Denial(
        route="api:channel_seen_by", url=fixed(f"{_API}/events/{IN_CHANNEL}/receipts"),
        headers=bearer("joost", "area_safety"),
    )
)  # fmt: skip
# A member whom every article of this channel forbids a copy.
DENIALS.append(Denial(route="street_report", url=fixed(_REPORT), wrong="esra"))
PUBLIC: dict[str, str] = {}
