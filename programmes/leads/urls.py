"""Addresses about who leads."""

from django.urls import path

from programmes.leads import views

_AT = "wijkprogrammas/<slug:code>/trekker/"
urlpatterns = [
    path(_AT, views.lead, name="programme_lead"),
    path(f"{_AT}nieuw/", views.lead_propose, name="lead_propose"),
    path(f"{_AT}<uuid:uid>/antwoord/", views.lead_answer, name="lead_answer"),
    path(f"{_AT}<uuid:uid>/intrekken/", views.lead_withdraw, name="lead_withdraw"),
]
