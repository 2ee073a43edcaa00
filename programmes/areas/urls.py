"""Addresses of areas."""

from django.urls import path

from programmes.areas import views

urlpatterns = [
    path("wijken/", views.areas, name="areas"),
    path("wijken/open-data.csv", views.area_open_csv, name="area_open_csv"),
    path("wijken/open-data.json", views.area_open_json, name="area_open_json"),
    path("wijken/<str:code>/", views.area, name="area"),
]
