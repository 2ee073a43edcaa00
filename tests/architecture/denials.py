"""For every route: who is the wrong reader, and how they are refused. Or why anybody may come there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from agreements.models import Membership
from agreements.parties.doors import ALLAUTH_ROUTES
from agreements.parties.tokens import issue_token
from audit.journal.models import Entry
from cases.models import Contribution
from tests.invariants.world import World

Url = Callable[[World], str]
REFUSED = frozenset({302, 401, 403, 404})


@dataclass(frozen=True)
class Denial:
    """One wrong reader at one route. `wrong` is a persona, or None for somebody who is not signed in."""

    route: str
    url: Url
    wrong: str | None = None
    method: str = "GET"
    body: str = ""
    content_type: str = "application/json"
    headers: Callable[[World], dict[str, str]] | None = None
    refusals: frozenset[int] = field(default=REFUSED)


def _fixed(path: str) -> Url:
    return lambda world: path


def _contribution(path: str) -> Url:
    def url(world: World) -> str:
        uid = Contribution.objects.filter(case__number="MW-2", source__code="POL-MD").first().uid
        return path.format(uid=uid)

    return url


def _entry(world: World) -> str:
    return f"/privacy/logboek/{Entry.objects.order_by('-id').first().uid}/"


def _bearer(key: str, purpose: str) -> Callable[[World], dict[str, str]]:
    """A token of somebody who takes no part in the case that is asked for."""

    def headers(world: World) -> dict[str, str]:
        membership = Membership.objects.filter(professional=world.people[key]).select_related("agency").first()
        token = issue_token(membership, purpose=purpose)
        return {"Authorization": f"Bearer {getattr(token, 'token', token)}"}

    return headers


_STRANGER = "hanneke"  # a school that takes part in none of the cases
_GIVEN = '{"values": {"visit_risk": "low"}, "observed_on": "2026-01-01"}'
_REASONED = '{"values": {"visit_risk": "low"}, "observed_on": "2026-01-01", "reason": "niet van mij"}'

_PAGES_OF_A_CASE = {
    "case": "/casus/MW-2/",
    "case_timeline": "/casus/MW-2/tijdlijn/",
    "case_participants": "/casus/MW-2/deelnemers/",
    "case_rules": "/casus/MW-2/regels/",
    "case_why": "/casus/MW-2/waarom/?veld=full_name&bron=POL-MD",
    "case_purpose": "/casus/MW-2/doel/",
    "contribution_add": "/casus/MW-2/bijdrage/",
    "partner_case": "/verstrekkingen/MW-1/",
}
_OF_A_CONTRIBUTION = {
    "case_versions": "/casus/MW-2/bijdrage/{uid}/versies/",
    "contribution_correct": "/casus/MW-2/bijdrage/{uid}/corrigeer/",
    "contribution_withdraw": "/casus/MW-2/bijdrage/{uid}/trek-in/",
}
_OF_THE_API = {
    "api:case_detail": ("GET", "/api/v1/cases/MW-2", ""),
    "api:case_why": ("GET", "/api/v1/cases/MW-2/why?field=full_name&source=POL-MD", ""),
    "api:case_rules": ("GET", "/api/v1/cases/MW-2/rules", ""),
    "api:extract_detail": ("GET", "/api/v1/extracts/MW-1", ""),
    "api:contribution_add": ("POST", "/api/v1/cases/MW-2/contributions", _GIVEN),
    "api:contribution_versions": ("GET", "/api/v1/cases/MW-2/contributions/{uid}", ""),
    "api:contribution_correct": ("PUT", "/api/v1/cases/MW-2/contributions/{uid}", _REASONED),
    "api:contribution_withdraw": (
        "POST", "/api/v1/cases/MW-2/contributions/{uid}/withdrawal", '{"reason": "niet van mij"}',
    ),
}  # fmt: skip

_SIGNED_IN_ONLY: dict[str, str] = {"worklist": "/", "account": "/account/", "hat": "/account/organisatie/"}


def _denials() -> list[Denial]:
    found = [Denial(route=name, url=_fixed(url)) for name, url in _SIGNED_IN_ONLY.items()]
    for name, url in _PAGES_OF_A_CASE.items():
        found += [Denial(route=name, url=_fixed(url)), Denial(route=name, url=_fixed(url), wrong=_STRANGER)]
        found.append(Denial(route=name, url=_fixed(url), wrong="ineke"))
    for name, url in _OF_A_CONTRIBUTION.items():
        found += [Denial(route=name, url=_contribution(url)), Denial(route=name, url=_contribution(url), wrong=_STRANGER)]
    for name, (method, url, body) in _OF_THE_API.items():
        found.append(Denial(route=name, url=_contribution(url), method=method, body=body))
        found.append(
            Denial(route=name, url=_contribution(url), method=method, body=body, headers=_bearer(_STRANGER, "pga_youth"))
        )
    return found


DENIALS: list[Denial] = [
    *_denials(),
    Denial(route="api:case_list", url=_fixed("/api/v1/cases")),
    # Facts of another agency are not one's own to correct or withdraw, participant or not.
    Denial(route="contribution_correct", url=_contribution(_OF_A_CONTRIBUTION["contribution_correct"]), wrong="sanne"),
    Denial(
        route="contribution_withdraw", url=_contribution(_OF_A_CONTRIBUTION["contribution_withdraw"]), wrong="sanne",
        method="POST", body="reason=niet+van+mij", content_type="application/x-www-form-urlencoded",
    ),
    Denial(route="journal", url=_fixed("/privacy/logboek/")),
    Denial(route="journal", url=_fixed("/privacy/logboek/"), wrong="ruben"),
    Denial(route="journal", url=_fixed("/privacy/logboek/"), wrong="nadia"),
    Denial(route="journal_entry", url=_entry),
    Denial(route="journal_entry", url=_entry, wrong="ruben"),
]  # fmt: skip

PUBLIC: dict[str, str] = {
    "healthz": "says only whether the installation is fit",
    "sign_in": "the door",
    "sign_in_demo": "personas, in demo and from this machine only (tests/agreements/parties)",
    "set_language": "a cookie",
    "api:exchange_assertion": "signed by a registered key (tests/agreements/parties)",
}
