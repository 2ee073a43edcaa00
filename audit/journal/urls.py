"""Addresses of the journal's pages, to be mounted at the root."""

from django.urls import path

from audit.journal import views

urlpatterns = [
    path("privacy/logboek/", views.journal, name="journal"),
    path("privacy/logboek/<str:uid>/", views.journal_entry, name="journal_entry"),
]
