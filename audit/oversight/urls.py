"""Addresses of the workbench and of one's own look-ups, to be mounted at the root."""

from django.urls import path

from audit.oversight import views

urlpatterns = [
    path("privacy/toezicht/", views.bench, name="oversight"),
    path("privacy/toezicht/lezer/<str:agency>/<str:actor>/", views.reader, name="oversight_reader"),
    path("privacy/toezicht/bevinding/<str:uid>/", views.finding, name="oversight_finding"),
    path("privacy/toezicht/bevinding/<str:uid>/stap/", views.step, name="oversight_step"),
    path("mijn-inzages/", views.own, name="own_lookups"),
]
