"""All addresses. Faces live in their rooms; this file only joins them."""

from django.urls import include, path

from deploy.api import api
from deploy.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    path("", include("agreements.parties.urls")),
    path("", include("agreements.covenants.urls")),
    path("", include("audit.journal.urls")),
    path("", include("cases.casework.urls")),
]

handler400 = "deploy.errors.bad_request"
handler403 = "deploy.errors.forbidden"
handler404 = "deploy.errors.not_found"
handler500 = "deploy.errors.broken"
