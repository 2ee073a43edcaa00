"""Addresses of change agents, social supervisors and experiments."""

from django.urls import path

from programmes.agents import views, views_experiments

_AT = "wijkprogrammas/<slug:code>/sleutelfiguren/"
_AGENT = "sleutelfiguren/<uuid:uid>/"
_EXPERIMENT = "experimenten/<uuid:uid>/"
urlpatterns = [
    path(_AT, views.agents, name="programme_agents"),
    path(f"{_AT}nieuw/", views.agent_new, name="agent_new"),
    path(f"{_AT}regisseur/", views.supervisor_new, name="supervisor_new"),
    path(f"{_AT}experiment/", views_experiments.experiment_new, name="experiment_new"),
    path(_AGENT, views.agent, name="agent"),
    path(f"{_AGENT}wijzig/", views.agent_edit, name="agent_edit"),
    path(f"{_AGENT}stap/", views.agent_step, name="agent_step"),
    path(f"{_AGENT}contactpersoon/", views.agent_officer, name="agent_officer"),
    path(f"{_AGENT}toestemming-ingetrokken/", views.agent_withdraw, name="agent_withdraw"),
    path("sociaal-regisseurs/<uuid:uid>/stop/", views.supervisor_end, name="supervisor_end"),
    path(_EXPERIMENT, views_experiments.experiment, name="experiment"),
    path(f"{_EXPERIMENT}afronden/", views_experiments.experiment_end, name="experiment_end"),
    path(f"{_EXPERIMENT}leerkaart/", views_experiments.experiment_lesson, name="experiment_lesson"),
]
