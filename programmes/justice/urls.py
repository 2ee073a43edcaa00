"""Addresses of prosecution in a programme."""

from django.urls import path

from programmes.justice import views

_AT = "wijkprogrammas/<slug:code>/vervolging/"
urlpatterns = [
    path(_AT, views.justice, name="programme_justice"),
    path(f"{_AT}voorrang/", views.priority_add, name="programme_priority_add"),
    path(f"{_AT}voorrang/<uuid:uid>/beeindig/", views.priority_end, name="programme_priority_end"),
    path(f"{_AT}norm/", views.norm_agree, name="programme_norm_agree"),
    path(f"{_AT}doorlooptijden/", views.throughput_load, name="programme_throughput_load"),
    path(f"{_AT}afspraak/", views.follow_up_add, name="programme_follow_up_add"),
    path(f"{_AT}afspraak/<uuid:uid>/meting/", views.follow_up_measure, name="programme_follow_up_measure"),
]
