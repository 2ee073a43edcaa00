"""Addresses of this room."""

from django.urls import path

from cases.triage.views import informing, known, opening, triage

urlpatterns = [
    path("signalen/<str:number>/triage/", triage.start, name="triage_start"),
    path("casus/<str:number>/triage/", triage.triage, name="case_triage"),
    path("casus/<str:number>/openen/", opening.open_case, name="case_open"),
    path("casus/<str:number>/informeren/", informing.informing, name="case_informing"),
    path("bekendheid/", known.known_checks, name="known_checks"),
    path("bekendheid/<uuid:uid>/", known.known_check, name="known_check"),
]
