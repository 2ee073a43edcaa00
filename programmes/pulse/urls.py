"""Addresses of the pulse."""

from django.urls import path

from programmes.pulse import views

_AT = "wijkprogrammas/<slug:code>/samenwerking"
urlpatterns = [
    path(f"{_AT}/", views.pulse, name="programme_pulse"),
    path(f"{_AT}/antwoord/", views.answer, name="programme_pulse_answer"),
    path(f"{_AT}/agenda/<uuid:uid>/eigenaar/", views.own, name="programme_agenda_own"),
    path(f"{_AT}/agenda/<uuid:uid>/handel-af/", views.settle, name="programme_agenda_settle"),
]
