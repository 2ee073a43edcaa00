"""Addresses of this room."""

from django.urls import path

from cases.relations import views

urlpatterns = [
    path("casus/<str:number>/mensen-en-plaats/", views.case_pictures, name="case_pictures"),
    path("casus/<str:number>/mensen-en-plaats/relatie/", views.relation_add, name="relation_add"),
    path(
        "casus/<str:number>/mensen-en-plaats/relatie/<uuid:uid>/trek-in/",
        views.relation_withdraw,
        name="relation_withdraw",
    ),
]
