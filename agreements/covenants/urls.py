"""Addresses of covenants."""

from django.urls import path

from agreements.covenants import pulse_views, views

urlpatterns = [
    path("hartslag/", pulse_views.pulse, name="pulse"),
    path("convenanten/", views.covenant_list, name="covenant_list"),
    path("convenanten/<str:code>/", views.covenant, name="covenant"),
    path("convenanten/<str:code>/artikel/<str:article>/", views.covenant_article, name="covenant_article"),
]
