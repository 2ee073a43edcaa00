"""Addresses of parties and terms of covenants."""

from django.urls import path

from agreements.joining import step_views, views

_PARTIES = "convenanten/<str:code>/partijen"
_MOTION = f"{_PARTIES}/vraag/<uuid:uid>"

urlpatterns = [
    path(f"{_PARTIES}/", views.parties, name="joining"),
    path("convenanten/<str:code>/toetreden/", step_views.accede, name="joining_accede"),
    path(f"{_PARTIES}/opzeggen/", step_views.withdraw, name="joining_withdraw"),
    path(f"{_PARTIES}/opzegging-intrekken/", step_views.revoke, name="joining_revoke"),
    path(f"{_PARTIES}/opschorten/", step_views.suspend, name="joining_suspend"),
    path(f"{_PARTIES}/hervatten/", step_views.resume, name="joining_resume"),
    path(f"{_PARTIES}/beeindigen/", step_views.propose_ending, name="joining_end"),
    path(f"{_MOTION}/", views.motion, name="joining_motion"),
    path(f"{_MOTION}/intrekken/", views.take_back, name="joining_take_back"),
    path(f"{_MOTION}/uitvoeren/", views.carry_out, name="joining_carry_out"),
    path(f"{_MOTION}/herinner/", views.remind_motion, name="joining_remind_motion"),
    path("convenanten/<str:code>/versie/<int:number>/herinner/", views.remind_signers, name="joining_remind_version"),
]
