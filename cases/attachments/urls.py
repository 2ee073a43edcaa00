"""Addresses of this room."""

from django.urls import path

from cases.attachments import views

_FILES = "casus/<str:number>/bijlagen/"

urlpatterns = [
    path(_FILES, views.case_attachments, name="case_attachments"),
    path(f"{_FILES}nieuw/", views.attachment_add, name="attachment_add"),
    path(f"{_FILES}<uuid:uid>/", views.attachment, name="attachment"),
    path(f"{_FILES}<uuid:uid>/blad/<int:page>/", views.attachment_page, name="attachment_page"),
    path(f"{_FILES}<uuid:uid>/bestand/", views.attachment_download, name="attachment_download"),
    path(f"{_FILES}<uuid:uid>/trek-in/", views.attachment_withdraw, name="attachment_withdraw"),
]
