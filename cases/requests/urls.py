"""Addresses of this room."""

from django.urls import path

from cases.requests import views

urlpatterns = [
    path("casus/<str:number>/vragen/", views.case_requests, name="case_requests"),
    path("casus/<str:number>/vragen/nieuw/", views.request_add, name="request_add"),
    path("casus/<str:number>/vragen/<uuid:uid>/", views.request_answer, name="request_answer"),
    path("casus/<str:number>/vragen/<uuid:uid>/trek-in/", views.request_withdraw, name="request_withdraw"),
    path("casus/<str:number>/notities/", views.note_add, name="note_add"),
    path("casus/<str:number>/notities/<uuid:uid>/trek-in/", views.note_withdraw, name="note_withdraw"),
]
