"""Addresses of notices."""

from django.urls import path

from cases.notices import views

urlpatterns = [path("berichten/<uuid:uid>/", views.notice, name="fact_notice")]
