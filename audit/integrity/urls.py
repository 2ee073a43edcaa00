"""Addresses of the page Integrity, to be mounted at the root."""

from django.urls import path

from audit.integrity import views

urlpatterns = [
    path("privacy/integriteit/", views.integrity, name="integrity"),
    path("privacy/integriteit/stand/", views.live, name="integrity_live"),
    path("privacy/integriteit/verifier.py", views.verifier, name="integrity_verifier"),
    path("privacy/integriteit/controle/", views.verified, name="integrity_verified"),
    path("privacy/integriteit/bundel/", views.order, name="integrity_bundle_order"),
    path("privacy/integriteit/bundel/<uuid:uid>/", views.bundle, name="integrity_bundle"),
    path("privacy/integriteit/opschonen/", views.propose, name="prune_propose"),
    path("privacy/integriteit/opschonen/<uuid:uid>/akkoord/", views.approve, name="prune_approve"),
]
