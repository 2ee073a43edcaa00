"""All addresses. Faces live in their rooms; this file only joins them."""

from django.urls import include, path

from deploy.api import api
from deploy.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    path("", include("agreements.parties.urls")),
    # Before those of covenants: "concepten" is no covenant's code.
    path("", include("agreements.drafting.urls")),
    path("", include("agreements.insight.urls")),
    path("", include("agreements.signing.urls")),
    path("", include("agreements.joining.urls")),
    path("", include("agreements.registers.urls")),
    path("", include("cases.impact.urls")),
    path("", include("agreements.covenants.urls")),
    path("", include("audit.journal.urls")),
    path("", include("audit.oversight.urls")),
    path("", include("audit.reviews.urls")),
    path("", include("audit.breach.urls")),
    path("", include("audit.exports.urls")),
    path("", include("audit.integrity.urls")),
    path("", include("cases.search.urls")),
    path("", include("cases.inbox.urls")),
    path("", include("cases.numbers.urls")),
    path("", include("cases.retention.urls")),
    path("", include("cases.subject_requests.urls")),
    path("", include("cases.notices.urls")),
    path("", include("cases.minutes.urls")),
    path("", include("cases.meetings.urls")),
    path("", include("cases.plans.urls")),
    path("", include("cases.extracts.urls")),
    path("", include("cases.requests.urls")),
    path("", include("cases.triage.urls")),
    path("", include("cases.intake.urls")),
    path("", include("cases.relations.urls")),
    path("", include("cases.attachments.urls")),
    path("", include("cases.breakglass.urls")),
    path("", include("cases.casework.urls")),
    path("", include("programmes.agents.urls")),
    path("", include("programmes.areas.urls")),
    path("", include("programmes.giveback.urls")),
    path("", include("programmes.justice.urls")),
    path("", include("programmes.mediation.urls")),
    path("", include("programmes.pacts.urls")),
    path("", include("programmes.leads.urls")),
    path("", include("programmes.learning.urls")),
    path("", include("programmes.pulse.urls")),
    path("", include("programmes.patterns.urls")),
    path("", include("programmes.reports.urls")),
    path("", include("programmes.plans.urls")),
    path("", include("programmes.urgency.urls")),
    path("", include("realtime.board.urls")),
    path("", include("realtime.report.urls")),
    path("", include("realtime.alarms.urls")),
    path("", include("realtime.push.urls")),
    path("", include("realtime.place.urls")),
    path("", include("realtime.channels.urls")),
    path("", include("realtime.phone.urls")),
]

handler400 = "deploy.errors.bad_request"
handler403 = "deploy.errors.forbidden"
handler404 = "deploy.errors.not_found"
handler500 = "deploy.errors.broken"
