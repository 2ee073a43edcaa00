"""Addresses of mediation."""

from django.urls import path

from programmes.mediation import views

_AT = "wijkprogrammas/<slug:code>/bemiddeling/"
_ROUND = "bemiddeling/<uuid:uid>/"
urlpatterns = [
    path(_AT, views.mediation, name="programme_mediation"),
    path(f"{_AT}nieuw/", views.mediation_new, name="programme_mediation_new"),
    path(_ROUND, views.round_page, name="mediation_round"),
    path(f"{_ROUND}standpunt/<int:party>/", views.position, name="mediation_position"),
    path(f"{_ROUND}diagnose/", views.diagnosis, name="mediation_diagnosis"),
    path(f"{_ROUND}actie/", views.action, name="mediation_action"),
    path(f"{_ROUND}actie/<int:action>/gedaan/", views.action_done, name="mediation_action_done"),
    path(f"{_ROUND}afspreken/", views.agree, name="mediation_agree"),
    path(f"{_ROUND}evaluatie/", views.evaluation, name="mediation_evaluation"),
    path(f"{_ROUND}openbaar/<int:party>/", views.consent, name="mediation_consent"),
]
