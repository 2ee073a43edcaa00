"""Addresses of this room."""

from django.urls import path

from cases.plans.views import effects, plan, steps

urlpatterns = [
    path("acties/", plan.my_actions, name="my_actions"),
    path("acties/<uuid:uid>/afronden/", plan.action_settle, name="action_settle"),
    path("doelen/<uuid:uid>/", plan.plan_goal, name="plan_goal"),
    path("casus/<str:number>/plan/", plan.case_plan, name="case_plan"),
    path("casus/<str:number>/plan/actie/", plan.plan_action_add, name="plan_action_add"),
    path("casus/<str:number>/plan/doel/", plan.plan_goal_add, name="plan_goal_add"),
    path("casus/<str:number>/plan/evaluatie/<uuid:uid>/", effects.plan_review, name="plan_review"),
    path("casus/<str:number>/plan/meting/", effects.plan_measure, name="plan_measure"),
    path("casus/<str:number>/plan/fase/", steps.plan_phase, name="plan_phase"),
    path("casus/<str:number>/plan/afsluiten/", steps.plan_close, name="plan_close"),
    path("casussen/gesloten/", steps.closed_cases, name="closed_cases"),
    path("casussen/gesloten/<str:number>/", steps.case_reopen, name="case_reopen"),
]
