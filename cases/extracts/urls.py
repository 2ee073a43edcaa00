"""Addresses of extracts."""

from django.urls import path

from cases.extracts import views

urlpatterns = [
    path("casus/<str:number>/verstrekkingen/", views.case_extracts, name="case_extracts"),
    path("casus/<str:number>/verstrekkingen/nieuw/", views.propose, name="extract_propose"),
    path("casus/<str:number>/verstrekkingen/<uuid:uid>/besluit/", views.decide, name="extract_decide"),
    path("casus/<str:number>/verstrekkingen/<uuid:uid>/terug/", views.withdraw, name="extract_withdraw"),
    path("casus/<str:number>/verstrekkingen/<uuid:uid>/intrekken/", views.revoke, name="extract_revoke"),
    path("verstrekkingen/<str:number>/geheimhouding/", views.secrecy, name="extract_secrecy"),
]
