"""Addresses of this room."""

from django.urls import path

from cases.breakglass import views

urlpatterns = [
    path("casus/<str:number>/noodtoegang/", views.case_break_glass, name="case_break_glass"),
    path("casus/<str:number>/noodtoegang/<uuid:uid>/beeindig/", views.break_glass_end, name="break_glass_end"),
]
