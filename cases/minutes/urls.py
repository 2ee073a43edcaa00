"""Addresses of this room: `uid` is that of the meeting."""

from django.urls import path

from cases.minutes import views

_MINUTES = "overleg/<uuid:uid>/verslag/"

urlpatterns = [
    path(_MINUTES, views.minutes, name="minutes"),
    path(f"{_MINUTES}akkoord/", views.approve, name="minutes_approve"),
    path(f"{_MINUTES}punt/<uuid:item>/correctie/", views.addendum, name="minutes_addendum"),
    path(f"{_MINUTES}pdf/", views.paper, name="minutes_paper"),
    path(f"{_MINUTES}pdf/maak/", views.order, name="minutes_order"),
    path(f"{_MINUTES}pdf/maak-voor-allen/", views.order_all, name="minutes_order_all"),
    path(f"{_MINUTES}pdf/<uuid:paper>/", views.fetch, name="minutes_fetch"),
]
