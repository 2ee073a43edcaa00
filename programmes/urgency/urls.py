"""Addresses of urgency."""

from django.urls import path

from programmes.urgency import views

urlpatterns = [
    path("urgentie/", views.tranches, name="urgency_tranches"),
    path("urgentie/nieuw/", views.open_tranche, name="urgency_open"),
    path("urgentie/wijk/<uuid:uid>/", views.case, name="urgency_case"),
    path("urgentie/wijk/<uuid:uid>/steun/", views.support, name="urgency_support"),
    path("urgentie/wijk/<uuid:uid>/oordeel/", views.score, name="urgency_score"),
    path("urgentie/<slug:code>/", views.tranche, name="urgency_tranche"),
    path("urgentie/<slug:code>/indienen/", views.submit, name="urgency_submit"),
    path("urgentie/<slug:code>/sluit/", views.close, name="urgency_close"),
    path("urgentie/<slug:code>/besluit/", views.decide, name="urgency_decide"),
]
