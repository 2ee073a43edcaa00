"""Addresses of the reviews of break-glass."""

from django.urls import path

from audit.reviews import views

urlpatterns = [
    path("privacy/noodtoegang/", views.reviews, name="reviews"),
    path("privacy/noodtoegang/<uuid:uid>/", views.review, name="review"),
]
