"""Addresses of retention."""

from django.urls import path

from cases.retention import views

urlpatterns = [
    path("bewaren/", views.calendar, name="retention_calendar"),
    path("bewaren/verklaring/<uuid:uid>/", views.certificate, name="destruction_certificate"),
    path("bewaren/<str:number>/voorstel/", views.propose, name="destruction_propose"),
    path("bewaren/<str:number>/uitstel/", views.hold, name="retention_hold"),
    path("bewaren/<str:number>/uitstel/op/", views.lift, name="retention_lift"),
    path("bewaren/<str:number>/verlengen/", views.renew, name="renewal_ask"),
    path("bewaren/verlenging/<uuid:uid>/antwoord/", views.answer, name="renewal_answer"),
    path("bewaren/vernietiging/<uuid:uid>/akkoord/", views.approve, name="destruction_approve"),
    path("bewaren/vernietiging/<uuid:uid>/stop/", views.stop, name="destruction_stop"),
]
