"""Addresses of covenants as people read them, and of looking into versions and drafts."""

from django.urls import path

from agreements.insight import covenant_views, views

urlpatterns = [
    path("convenanten/", covenant_views.covenant_list, name="covenant_list"),
    path("convenanten/bekijk/<str:key>/matrix/", views.matrix, name="insight_matrix"),
    path("convenanten/bekijk/<str:key>/wie-ziet-wat/", views.trying, name="insight_try"),
    path("convenanten/bekijk/<str:key>/verschil/", views.difference, name="insight_diff"),
    path("convenanten/<str:code>/", covenant_views.covenant, name="covenant"),
    path("convenanten/<str:code>/artikel/<str:article>/", covenant_views.covenant_article, name="covenant_article"),
]
