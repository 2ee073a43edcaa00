"""Addresses of signal patterns."""

from django.urls import path

from programmes.patterns import views

urlpatterns = [
    path("signaalpatronen/", views.patterns, name="patterns"),
    path("signaalpatronen/aantallen.csv", views.as_csv, name="patterns_csv"),
    path("signaalpatronen/cluster/<uuid:uid>/", views.decide, name="pattern_decide"),
    path("signaalpatronen/wijk/<str:code>/", views.area, name="pattern_area"),
]
