"""Addresses of pacts."""

from django.urls import path

from programmes.pacts import views

_AT = "wijkprogrammas/<slug:code>/pact/"
urlpatterns = [
    path(_AT, views.pact, name="programme_pact"),
    path(f"{_AT}kies/", views.link, name="programme_pact_link"),
    path(f"{_AT}vrijgeven/", views.release, name="programme_pact_release"),
    path(f"{_AT}partij/<str:agency>/", views.party, name="programme_pact_party"),
    path(f"{_AT}toezegging/", views.pledge_add, name="programme_pledge_add"),
    path(f"{_AT}toezegging/<uuid:uid>/voortgang/", views.progress, name="programme_pledge_progress"),
    path(f"{_AT}toezegging/<uuid:uid>/sluit-af/", views.settle, name="programme_pledge_settle"),
]
