"""Addresses of the board."""

from django.urls import path

from programmes.giveback import views, views_writing

urlpatterns = [
    path("teruggave/", views.board, name="giveback"),
    path("teruggave/nieuw/", views_writing.project_new, name="giveback_new"),
    path("teruggave/beslag/", views.seizures, name="giveback_seizures"),
    path("teruggave/beslag/nieuw/", views_writing.seizure_new, name="giveback_seizure_new"),
    path("teruggave/beslag/<uuid:uid>/stap/", views_writing.seizure_move, name="giveback_seizure_move"),
    path("teruggave/aanbod/nieuw/", views_writing.offer_new, name="giveback_offer_new"),
    path("teruggave/aanbod/<uuid:uid>/stand/", views_writing.offer_move, name="giveback_offer_move"),
    path("teruggave/<uuid:uid>/", views.project, name="giveback_project"),
    path("teruggave/<uuid:uid>/foto/<slug:when>/", views.picture, name="giveback_picture"),
    path("teruggave/<uuid:uid>/keuze/", views_writing.vote, name="giveback_vote"),
    path("teruggave/<uuid:uid>/betaal/", views_writing.fund, name="giveback_fund"),
    path("teruggave/<uuid:uid>/laat-zien/", views_writing.show, name="giveback_show"),
    path("teruggave/<uuid:uid>/klaar/", views.finish, name="giveback_finish"),
]
