"""Addresses of programmes."""

from django.urls import path

from programmes.plans import views, views_writing

urlpatterns = [
    path("wijkprogrammas/", views.programmes, name="programmes"),
    path("wijkprogrammas/nieuw/", views_writing.programme_new, name="programme_new"),
    path("wijkprogrammas/<slug:code>/", views.programme, name="programme"),
    path("wijkprogrammas/<slug:code>/stap/", views.move, name="programme_move"),
    path("wijkprogrammas/<slug:code>/pijler/", views_writing.pillar_add, name="programme_pillar_add"),
    path("wijkprogrammas/<slug:code>/doel/", views_writing.goal_add, name="programme_goal_add"),
    path("wijkprogrammas/<slug:code>/doel/<uuid:uid>/stel-vast/", views.goal_decide, name="programme_goal_decide"),
    path(
        "wijkprogrammas/<slug:code>/doel/<uuid:uid>/project/", views_writing.project_add, name="programme_project_add"
    ),
    path("wijkprogrammas/<slug:code>/plan/", views_writing.plan_add, name="programme_plan_add"),
    path("wijkprogrammas/<slug:code>/project/<uuid:uid>/begin/", views.project_start, name="programme_project_start"),
    path(
        "wijkprogrammas/<slug:code>/project/<uuid:uid>/rond-af/",
        views_writing.project_end,
        name="programme_project_end",
    ),
    path("wijkprogrammas/<slug:code>/bericht/", views_writing.report, name="programme_report"),
]
