"""Who is the wrong reader at each route of cases.minutes."""

from uuid import UUID

from cases.minutes.models import Minutes
from tests.architecture.denial import Denial, Url, bearer
from tests.invariants.world import World

_NONE = UUID(int=0)
_FORM = "application/x-www-form-urlencoded"
_PAGES = {
    "minutes": ("GET", ""),
    "minutes_approve": ("POST", "akkoord/"),
    "minutes_addendum": ("POST", "punt/{item}/correctie/"),
    "minutes_paper": ("GET", "pdf/"),
    "minutes_order": ("POST", "pdf/maak/"),
    "minutes_order_all": ("POST", "pdf/maak-voor-allen/"),
    "minutes_fetch": ("GET", f"pdf/{_NONE}/"),
}
_OPERATIONS = {
    "minutes_read": ("GET", "", ""),
    "minutes_approve": ("POST", "/approval", "{}"),
    "minutes_addendum": ("POST", "/items/{item}/addenda", '{"text": "Het was dinsdag."}'),
    "minutes_paper": ("GET", "/paper", ""),
    "minutes_order": ("POST", "/paper", "{}"),
    "minutes_order_all": ("POST", "/papers", "{}"),
    "minutes_fetch": ("GET", f"/paper/{_NONE}", ""),
}


def _url(base: str, path: str) -> Url:
    """The minutes of the marker world, and the item of MW-2 in them."""

    def url(world: World) -> str:
        minutes = Minutes.objects.get(meeting__title="zqminutes")
        item = minutes.meeting.items.get(case__number="MW-2")
        return base.format(uid=minutes.meeting.uid) + path.format(item=item.uid)

    return url


def _pages() -> list[Denial]:
    found = []
    for name, (method, path) in _PAGES.items():
        url = _url("/overleg/{uid}/verslag/", path)
        # A school that takes part in none of these cases; a privacy officer; a landlord who only gets extracts.
        wrong = [None, "hanneke", "ineke"]
        found += [
            Denial(route=name, url=url, method=method, wrong=who, body="text=x", content_type=_FORM) for who in wrong
        ]
    # Somebody who reads the minutes, but did not sit at this item, or did not lead the meeting.
    correct, for_all = _PAGES["minutes_addendum"][1], _PAGES["minutes_order_all"][1]
    for name, path, who in (("minutes_addendum", correct, "wouter"), ("minutes_order_all", for_all, "sanne")):
        url = _url("/overleg/{uid}/verslag/", path)
        found.append(Denial(route=name, url=url, method="POST", wrong=who, body="text=x", content_type=_FORM))
    return found


def _operations() -> list[Denial]:
    found = []
    for name, (method, path, body) in _OPERATIONS.items():
        url = _url("/api/v1/meetings/{uid}/minutes", path)
        for headers in (None, bearer("hanneke", "pga_youth")):
            found.append(Denial(route=f"api:{name}", url=url, method=method, body=body, headers=headers))
    return found


DENIALS: list[Denial] = [*_pages(), *_operations()]
PUBLIC: dict[str, str] = {}
