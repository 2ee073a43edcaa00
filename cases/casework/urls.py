"""Addresses of casework."""

from django.urls import path

from cases.casework.views import case, contribution, partner_case, rules

urlpatterns = [
    path("verstrekkingen/<str:number>/", partner_case.partner_case, name="partner_case"),
    path("casus/<str:number>/", case.case, name="case"),
    path("casus/<str:number>/tijdlijn/", case.timeline, name="case_timeline"),
    path("casus/<str:number>/deelnemers/", case.participants, name="case_participants"),
    path("casus/<str:number>/regels/", rules.case_rules, name="case_rules"),
    path("casus/<str:number>/waarom/", rules.case_why, name="case_why"),
    path("casus/<str:number>/doel/", rules.case_purpose, name="case_purpose"),
    path("casus/<str:number>/bijdrage/", contribution.add, name="contribution_add"),
    path("casus/<str:number>/bijdrage/<uuid:uid>/versies/", case.versions, name="case_versions"),
    path("casus/<str:number>/bijdrage/<uuid:uid>/corrigeer/", contribution.correct, name="contribution_correct"),
    path("casus/<str:number>/bijdrage/<uuid:uid>/trek-in/", contribution.withdraw, name="contribution_withdraw"),
]
