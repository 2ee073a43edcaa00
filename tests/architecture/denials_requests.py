"""Who is the wrong reader at each route of cases.requests."""

from cases.requests.models import Note, Request
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.invariants.world import World

_PAGE, _API = "/casus/MW-2/{}", "/api/v1/cases/MW-2/{}"
_STRANGER = bearer("hanneke", "pga_adult")


def _asked(form: str) -> Url:
    """The question of the police to the municipality in MW-2."""

    def url(world: World) -> str:
        return form.format(Request.objects.get(case=world.cases["MW-2"], source__code="POL-MD").uid)

    return url


def _note(form: str) -> Url:
    def url(world: World) -> str:
        found = Note.objects.filter(case=world.cases["MW-2"], source__code="OM-MD", heard="")
        return form.format(found.get().uid)

    return url


DENIALS: list[Denial] = [
    Denial(route="case_requests", url=fixed(_PAGE.format("vragen/"))),
    Denial(route="case_requests", url=fixed(_PAGE.format("vragen/")), wrong="hanneke"),
    # A third party answers what it is asked; the questions of others are none of its business.
    Denial(route="case_requests", url=fixed(_PAGE.format("vragen/")), wrong="joost"),
    Denial(route="request_add", url=fixed(_PAGE.format("vragen/nieuw/"))),
    Denial(route="request_add", url=fixed(_PAGE.format("vragen/nieuw/")), wrong="hanneke"),
    Denial(route="request_answer", url=_asked(_PAGE.format("vragen/{}/"))),
    Denial(route="request_answer", url=_asked(_PAGE.format("vragen/{}/")), wrong="margot"),
    Denial(route="request_answer", url=_asked(_PAGE.format("vragen/{}/")), wrong="joost"),
    Denial(route="request_withdraw", url=_asked(_PAGE.format("vragen/{}/trek-in/")), method="POST"),
    Denial(route="request_withdraw", url=_asked(_PAGE.format("vragen/{}/trek-in/")), method="POST", wrong="sanne"),
    Denial(route="note_add", url=fixed(_PAGE.format("notities/")), method="POST"),
    Denial(route="note_add", url=fixed(_PAGE.format("notities/")), method="POST", wrong="hanneke"),
    Denial(route="note_withdraw", url=_note(_PAGE.format("notities/{}/trek-in/")), method="POST"),
    Denial(route="note_withdraw", url=_note(_PAGE.format("notities/{}/trek-in/")), method="POST", wrong="sanne"),
    Denial(route="api:request_list", url=fixed(_API.format("requests"))),
    Denial(route="api:request_list", url=fixed(_API.format("requests")), headers=_STRANGER),
    Denial(route="api:request_fields", url=fixed(_API.format("requests/fields?agency=OM-MD"))),
    Denial(route="api:request_fields", url=fixed(_API.format("requests/fields?agency=OM-MD")), headers=_STRANGER),
    Denial(route="api:request_add", url=fixed(_API.format("requests")), method="POST"),
    Denial(
        route="api:request_add", url=fixed(_API.format("requests")), method="POST", headers=_STRANGER,
        body='{"agency": "GEM-MD", "fields": ["debt_problem"], "why": "Waarom niet", "due_on": "2099-01-01"}',
    ),
    Denial(route="api:request_detail", url=_asked(_API.format("requests/{}"))),
    Denial(route="api:request_detail", url=_asked(_API.format("requests/{}")), headers=bearer("margot", "pga_adult")),
    Denial(route="api:request_settle", url=_asked(_API.format("requests/{}/settlement")), method="POST"),
    Denial(
        route="api:request_settle", url=_asked(_API.format("requests/{}/settlement")), method="POST",
        headers=bearer("ruben", "pga_adult"), body='{"ground": "secrecy"}',
    ),
    Denial(route="api:request_withdraw", url=_asked(_API.format("requests/{}/withdrawal")), method="POST"),
    Denial(
        route="api:request_withdraw", url=_asked(_API.format("requests/{}/withdrawal")), method="POST",
        headers=bearer("sanne", "pga_adult"),
    ),
    Denial(route="api:note_add", url=fixed(_API.format("notes")), method="POST"),
    Denial(
        route="api:note_add", url=fixed(_API.format("notes")), method="POST", headers=_STRANGER,
        body='{"words": "Een notitie"}',
    ),
    Denial(route="api:note_withdraw", url=_note(_API.format("notes/{}/withdrawal")), method="POST"),
    Denial(
        route="api:note_withdraw", url=_note(_API.format("notes/{}/withdrawal")), method="POST",
        headers=bearer("sanne", "pga_adult"),
    ),
]  # fmt: skip
PUBLIC: dict[str, str] = {}
