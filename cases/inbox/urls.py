"""Addresses of this room."""

from django.urls import path

from cases.inbox import views, worklist

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/nieuw/", views.fresh, name="inbox_fresh"),
    path("inbox/gelezen/", views.read_all, name="inbox_read_all"),
    path("inbox/gelezen/<str:number>/", views.read, name="inbox_read"),
    path("opschalingen/<uuid:uid>/", views.escalation, name="escalation"),
    path("casus/<str:number>/opschalen/", views.escalate, name="escalate"),
]
