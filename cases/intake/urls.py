"""Addresses of this room."""

from django.urls import URLPattern, path

from cases.intake.views import answers, reporting, resident, signals

urlpatterns: list[URLPattern] = [
    path("melden/", resident.report, name="resident_report"),
    path("melden/volgen/", resident.follow, name="resident_follow"),
    path("signalen/", signals.signal_list, name="signal_list"),
    path("signalen/nieuw/", reporting.new, name="signal_new"),
    path("signalen/<str:number>/", signals.signal, name="signal"),
    path("signalen/<str:number>/antwoord/", answers.answer, name="signal_answer"),
    path("signalen/<str:number>/melder/", signals.contact, name="signal_contact"),
    path("signalen/<str:number>/foto/<uuid:uid>/", signals.photo, name="signal_photo"),
    path("signalen/<str:number>/stap/<slug:code>/", reporting.step, name="signal_step"),
    path("casus/<str:number>/signalen/", signals.case_signals, name="case_signals"),
    path("casus/<str:number>/signalen/foto/<uuid:uid>/", signals.case_photo, name="case_signal_photo"),
]
