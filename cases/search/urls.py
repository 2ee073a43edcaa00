"""Addresses of search."""

from django.urls import URLPattern, path

from cases.search import views

urlpatterns: list[URLPattern] = [path("zoeken/", views.search, name="search")]
