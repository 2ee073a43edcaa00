"""Addresses of the workbench and of one's own look-ups, to be mounted at the root."""

from django.urls import path

from audit.oversight import asking_views, plot_views, timeline_views, views, why_views

urlpatterns = [
    path("privacy/toezicht/", views.bench, name="oversight"),
    path("privacy/toezicht/lezer/<str:agency>/<str:actor>/", views.reader, name="oversight_reader"),
    path("privacy/toezicht/bevinding/<str:uid>/", views.finding, name="oversight_finding"),
    path("privacy/toezicht/bevinding/<str:uid>/stap/", views.step, name="oversight_step"),
    path("privacy/toezicht/bevinding/<str:uid>/vraag/", views.ask, name="oversight_ask"),
    path("privacy/toezicht/tijdlijn/", timeline_views.timeline, name="oversight_timeline"),
    path("privacy/toezicht/waarom/<str:uid>/", why_views.why, name="oversight_why"),
    path("privacy/toezicht/verloop/", plot_views.plot, name="oversight_plot"),
    path("mijn-inzages/", views.own, name="own_lookups"),
    path("mijn-inzages/vraag/<str:uid>/", asking_views.question, name="own_question"),
]
