"""Addresses of the pages for a data breach, to be mounted at the root."""

from django.urls import path

from audit.breach import views

urlpatterns = [
    path("privacy/datalek/", views.breach, name="breach"),
    path("privacy/datalek/lijst.<str:form>", views.breach_file, name="breach_file"),
]
