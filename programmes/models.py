"""The tables of this floor, so that Django finds them."""

from programmes.areas.models import Area, Edition, Indicator, Measurement
from programmes.giveback.models import GiveBack, Intervention, Seizure
from programmes.justice.models import FollowUp, FollowUpMeasured, Norm, Priority, Throughput
from programmes.mediation.models import MediationAction, MediationParty, MediationRound
from programmes.pacts.models import Pledge, Progress, Release
from programmes.plans.models import Goal, Milestone, PillarReport, Plan, Programme, ProgrammePillar, Project
from programmes.reports.models import HalfYearReport
from programmes.urgency.models import Figure, Support, Tranche, UrgencyCase

__all__ = [
    "Area",
    "Edition",
    "Figure",
    "FollowUp",
    "FollowUpMeasured",
    "GiveBack",
    "Goal",
    "HalfYearReport",
    "Indicator",
    "Intervention",
    "Measurement",
    "MediationAction",
    "MediationParty",
    "MediationRound",
    "Milestone",
    "Norm",
    "PillarReport",
    "Plan",
    "Pledge",
    "Priority",
    "Programme",
    "ProgrammePillar",
    "Progress",
    "Project",
    "Release",
    "Seizure",
    "Support",
    "Throughput",
    "Tranche",
    "UrgencyCase",
]
