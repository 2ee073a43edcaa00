"""The API: one ninja application, the rooms' routers, and problems as RFC 9457 documents."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from agreements.covenants.api import router as covenants
from agreements.drafting.api import router as drafting
from agreements.insight.api import router as insight
from agreements.joining.api import router as joining
from agreements.parties.api import bearer
from agreements.parties.api import router as parties
from agreements.registers.api import router as registers
from agreements.signing.api import router as signing
from audit.breach.api import router as breach
from audit.exports.api import router as exports
from audit.integrity.api import router as integrity
from audit.journal.api import router as journal
from audit.oversight.api import router as oversight
from audit.oversight.api_looks import router as oversight_looks
from audit.oversight.api_own import router as own_reads
from audit.reviews.api import router as reviews
from cases.attachments.api import router as attachments
from cases.breakglass.api import router as breakglass
from cases.casework.api import router as casework
from cases.extracts.api import router as extracts
from cases.impact.api import router as impact
from cases.inbox.api import router as inbox
from cases.intake.api import router as intake
from cases.meetings.api import router as meetings
from cases.minutes.api import router as minutes
from cases.notices.api import router as notices
from cases.numbers.api import router as numbers
from cases.plans.api import router as plans
from cases.relations.api import router as relations
from cases.requests.api import router as requests
from cases.retention.api import router as retention
from cases.search.api import router as search
from cases.subject_requests.api import router as subject_requests
from cases.triage.api import router as triage
from foundation.answers import as_json
from foundation.errors import Invalid, NotFound, Problem
from programmes.agents.api import router as agents
from programmes.areas.api import router as areas
from programmes.giveback.api import router as giveback
from programmes.justice.api import router as justice
from programmes.leads.api import router as leads
from programmes.learning.api import router as learning
from programmes.mediation.api import router as mediation
from programmes.pacts.api import router as pacts
from programmes.patterns.api import router as patterns
from programmes.plans.api import router as programmes
from programmes.pulse.api import router as pulse
from programmes.reports.api import router as half_years
from programmes.urgency.api import router as urgency
from realtime.alarms.api import router as alarms
from realtime.alarms.call_api import router as alarm_calls
from realtime.channels.api import router as channels
from realtime.phone.api import router as phone
from realtime.report.api import router as street_reports


class Malformed(Problem):
    """The body is not what its content type says."""

    code = "malformed"
    status = 400


api = NinjaAPI(
    title=settings.API_TITLE,
    version="1",
    description=(
        "What the pages offer, under the same path of disclosure. Every answer names source and article; "
        "every read is journalled. Sign in with a bearer token (ES256)."
    ),
    urls_namespace="api",
    docs_url="/docs",
)
api.add_router("", parties)
for work in (
    areas, programmes, urgency, pacts, justice, half_years, giveback, mediation, pulse, learning, patterns, agents,
    leads, channels, phone, street_reports, alarms, alarm_calls, search, inbox, numbers, retention, subject_requests,
    notices, minutes, meetings, plans, extracts, requests, triage, intake, relations, attachments, breakglass, casework,
):  # fmt: skip
    api.add_router("", work)
# Before covenants: "/covenants/{code}" would take their addresses.
for rooms in (drafting, insight, signing, joining, registers, impact):
    api.add_router("", rooms)
api.add_router("", covenants)
# The ground floor knows no tokens, so the door is hung here.
api.add_router("", journal, auth=bearer)
api.add_router("", oversight, auth=bearer)
api.add_router("", oversight_looks, auth=bearer)
api.add_router("", own_reads, auth=bearer)
api.add_router("", reviews, auth=bearer)
api.add_router("", breach, auth=bearer)
api.add_router("", exports, auth=bearer)
api.add_router("", integrity, auth=bearer)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A domain error as a problem document."""
    return as_json(problem)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input of the wrong shape: every place with what is wrong there; what was sent is not echoed."""
    found: list[tuple[str, str]] = [(_place(item), str(item.get("msg", ""))) for item in error.errors]
    return as_json(
        Invalid(
            "De invoer heeft niet de vorm die het schema vraagt.",
            errors=tuple(found),
            field=found[0][0] if found else "",
            remedy="Zie het schema onder /api/v1/openapi.json.",
        )
    )


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja itself refuses, such as a body that is no JSON."""
    if error.status_code == 404:
        return as_json(NotFound("Dit adres bestaat niet.", remedy="Zie /api/v1/docs."))
    return as_json(Malformed("Dit verzoek is niet te lezen.", remedy="Stuur geldige JSON; zie /api/v1/openapi.json."))


def _place(item: dict[str, Any]) -> str:
    """Where in the input: `body.observed_on`; ninja names the parameter as well as its origin."""
    parts = [str(part) for part in item.get("loc", ())]
    if len(parts) > 2 and parts[0] == parts[1] == "body":
        parts = parts[1:]
    return ".".join(parts)
