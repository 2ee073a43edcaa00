"""Addresses of this room."""

from django.urls import path

from cases.numbers import views

urlpatterns = [path("cijfers/", views.numbers, name="numbers")]
