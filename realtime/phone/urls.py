"""Addresses of the phone app; its worker and its manifest stand at the root, since they are for the whole site."""

from django.urls import path

from realtime.phone import app, views

urlpatterns = [
    path("straat/<uuid:uid>/", views.channel, name="channel"),
    path("straat/toestel/", app.street_shell, name="street_shell"),
    path("sw.js", app.service_worker, name="service_worker"),
    path("manifest.webmanifest", app.web_manifest, name="web_manifest"),
]
