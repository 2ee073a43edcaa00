"""Addresses of exports, to be mounted at the root."""

from django.urls import path

from audit.exports import views

urlpatterns = [
    path("privacy/exports/", views.exports, name="exports"),
    path("privacy/exports/<uuid:uid>/", views.export_file, name="export_file"),
    path("privacy/exports/<uuid:uid>/verder/", views.export_resume, name="export_resume"),
]
