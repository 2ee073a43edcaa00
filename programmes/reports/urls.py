"""Addresses of reports and open data. Before those of programmes: "open-data.csv" is no programme."""

from django.urls import path

from programmes.reports import views

_AT = "wijkprogrammas/<slug:code>/halfjaarberichten"
urlpatterns = [
    path("wijkprogrammas/open-data.csv", views.programmes_open_csv, name="programmes_open_csv"),
    path("wijkprogrammas/open-data.json", views.programmes_open_json, name="programmes_open_json"),
    path(f"{_AT}/", views.half_years, name="programme_half_years"),
    path(f"{_AT}/nieuw/", views.half_year_new, name="programme_half_year_new"),
    path(f"{_AT}/<uuid:uid>/publiceer/", views.half_year_publish, name="programme_half_year_publish"),
    path(f"{_AT}/<uuid:uid>/pdf", views.half_year_pdf, name="programme_half_year_pdf"),
]
