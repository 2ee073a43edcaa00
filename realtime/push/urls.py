"""Addresses of waking phones."""

from django.urls import path

from realtime.push import views

urlpatterns = [
    path("straat/push/", views.push_key, name="push_key"),
    path("straat/push/aan/", views.push_on, name="push_on"),
    path("straat/push/uit/", views.push_off, name="push_off"),
]
