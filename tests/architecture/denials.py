"""For every route: who is the wrong reader, and how they are refused. Or why anybody may come there."""

from importlib import import_module

from django.urls import reverse

from agreements.models import Membership
from agreements.parties.doors import ALLAUTH_ROUTES
from audit.journal.models import Entry
from cases.models import Contribution
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.invariants.world import World


def _contribution(path: str) -> Url:
    def url(world: World) -> str:
        uid = Contribution.objects.filter(case__number="MW-2", source__code="POL-MD").first().uid
        return path.format(uid=uid)

    return url


def _newest() -> str:
    return Entry.objects.order_by("-id").values_list("uid", flat=True)[0]


def _entry(world: World) -> str:
    return f"/privacy/logboek/{_newest()}/"


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

# Where being signed in is enough: one's own account, and lists that hold only one's own.
_SIGNED_IN_ONLY: dict[str, str] = {
    "worklist": "/",
    "account": "/account/",
    "hat": "/account/organisatie/",
    "covenant_list": "/convenanten/",
    "pulse": "/hartslag/",
}
_SIGN_IN_LIBRARY = {name for name, public in ALLAUTH_ROUTES if not public}
_KWARGS: dict[str, dict[str, object]] = {"mfa_remove_webauthn": {"pk": 1}, "mfa_edit_webauthn": {"pk": 1}}


def _colleague(path: str) -> Url:
    """A colleague at another agency than that of the administrator who asks."""

    def url(world: World) -> str:
        other = Membership.objects.get(professional=world.people["peter"])
        return path.format(id=other.pk)

    return url


_OF_A_COLLEAGUE = {
    "people_roles": "/organisatie/{id}/rollen/",
    "people_end": "/organisatie/{id}/einde/",
    "people_deactivate": "/organisatie/{id}/sluiten/",
}
_OF_A_PARTY = {"covenant": "/convenanten/PGA-MD/", "covenant_article": "/convenanten/PGA-MD/artikel/6.1/"}


def _people() -> list[Denial]:
    found = []
    for name, path in {"people": "/organisatie/", "people_grant": "/organisatie/collega/"}.items():
        method = "GET" if name == "people" else "POST"
        found += [Denial(route=name, url=fixed(path), method=method, wrong=wrong) for wrong in (None, "ruben")]
    for name, path in _OF_A_COLLEAGUE.items():
        for wrong in (None, "ruben", "bas"):
            found.append(Denial(route=name, url=_colleague(path), method="POST", wrong=wrong))
    return found


_EXCHANGE = {
    "api:covenant_document": "/api/v1/covenants/JS-MD/versions/1/document",
    "api:covenant_odrl": "/api/v1/covenants/JS-MD/versions/1/odrl",
}


def _exchange() -> list[Denial]:
    """Not without a token; not by a landlord, who is no party to the youth covenant; converting is for lawyers."""
    landlord, found = bearer("joost", "prevent_eviction"), []
    for name, path in _EXCHANGE.items():
        found += [Denial(route=name, url=fixed(path), headers=headers) for headers in (None, landlord)]
    convert, body = fixed("/api/v1/covenants/odrl"), "{}"
    for headers in (None, landlord):
        found.append(Denial(route="api:covenant_from_odrl", url=convert, method="POST", body=body, headers=headers))
    return found


def _covenants() -> list[Denial]:
    found = [Denial(route=name, url=fixed(path)) for name, path in _OF_A_PARTY.items()]
    # A school is no party to the area covenant, which names it, nor the landlord to the youth covenant.
    found.append(Denial(route="covenant", url=fixed("/convenanten/JS-MD/"), wrong="joost"))
    found.append(Denial(route="covenant_article", url=fixed("/convenanten/JS-MD/artikel/6.1/"), wrong="joost"))
    found.append(Denial(route="api:covenant_list", url=fixed("/api/v1/covenants")))
    found.append(Denial(route="api:covenant_detail", url=fixed("/api/v1/covenants/JS-MD")))
    found.append(
        Denial(
            route="api:covenant_detail",
            url=fixed("/api/v1/covenants/JS-MD"),
            headers=bearer("joost", "prevent_eviction"),
        )
    )
    return found


def _library() -> list[Denial]:
    return [Denial(route=name, url=fixed(reverse(name, kwargs=_KWARGS.get(name)))) for name in sorted(_SIGN_IN_LIBRARY)]


def _journal() -> list[Denial]:
    listed, one = "/api/v1/journal/entries", lambda world: f"/api/v1/journal/entries/{_newest()}"
    found = [Denial(route="journal", url=fixed("/privacy/logboek/"), wrong=who) for who in (None, "ruben", "nadia")]
    found += [Denial(route="journal_entry", url=_entry, wrong=who) for who in (None, "ruben")]
    found += [Denial(route="api:journal_list", url=fixed(listed)), Denial(route="api:journal_entry", url=one)]
    police = bearer("ruben", "pga_youth")
    found.append(Denial(route="api:journal_list", url=fixed(listed), headers=police))
    found.append(Denial(route="api:journal_entry", url=one, headers=police))
    return found


def _casework() -> list[Denial]:
    found = [Denial(route=name, url=fixed(url)) for name, url in _SIGNED_IN_ONLY.items()]
    for name, url in _PAGES_OF_A_CASE.items():
        found += [Denial(route=name, url=fixed(url), wrong=who) for who in (None, _STRANGER, "ineke")]
    for name, url in _OF_A_CONTRIBUTION.items():
        found += [Denial(route=name, url=_contribution(url), wrong=who) for who in (None, _STRANGER)]
    for name, (method, url, body) in _OF_THE_API.items():
        stranger = bearer(_STRANGER, "pga_youth")
        found.append(Denial(route=name, url=_contribution(url), method=method, body=body))
        found.append(Denial(route=name, url=_contribution(url), method=method, body=body, headers=stranger))
    # Facts of another agency are not one's own to correct or withdraw, participant or not.
    for name, body in (("contribution_correct", ""), ("contribution_withdraw", "reason=niet+van+mij")):
        url = _contribution(_OF_A_CONTRIBUTION[name])
        found.append(Denial(route=name, url=url, wrong="sanne", method="POST", body=body, content_type=_FORM))
    return found


_FORM = "application/x-www-form-urlencoded"

ROOMS = [
    import_module(f"tests.architecture.denials_{room}")
    for room in (
        "alarms",
        "oversight",
        "integrity",
        "drafting",
        "signing",
        "joining",
        "insight",
        "registers",
        "impact",
        "attachments",
        "breach",
        "breakglass",
        "channels",
        "extracts",
        "inbox",
        "intake",
        "meetings",
        "minutes",
        "notices",
        "numbers",
        "place",
        "phone",
        "plans",
        "relations",
        "requests",
        "retention",
        "search",
        "subject_requests",
        "triage",
        "place",
        "agents",
        "areas",
        "justice",
        "mediation",
        "programmes",
        "half_years",
        "giveback",
        "board",
        "street_report",
        "pulse",
        "patterns",
        "learning",
        "leads",
    )
]

DENIALS: list[Denial] = [
    *(denial for room in ROOMS for denial in room.DENIALS),
    *_casework(),
    *_covenants(),
    *_exchange(),
    *_people(),
    *_journal(),
    *_library(),
    Denial(route="api:case_list", url=fixed("/api/v1/cases")),
    Denial(route="api:who_am_i", url=fixed("/api/v1/me")),
]

PUBLIC: dict[str, str] = (
    {
        "healthz": "says only whether the installation is fit",
        "sign_in": "the door",
        "sign_in_demo": "personas, in demo and from this machine only (tests/agreements/parties)",
        "set_language": "a cookie",
        "api:covenant_schema": "the shape of a document, the same everywhere",
        "api:exchange_assertion": "signed by a registered key (tests/agreements/parties)",
    }
    | {name: why for room in ROOMS for name, why in room.PUBLIC.items()}
    | {name: "the sign-in library's own door (doors.py)" for name, public in ALLAUTH_ROUTES if public}
)
