"""The tables of this floor, so that Django finds them."""

from programmes.areas.models import Area, Edition, Indicator, Measurement
from programmes.justice.models import FollowUp, FollowUpMeasured, Norm, Priority, Throughput
from programmes.learning.models import Lesson
from programmes.pacts.models import Pledge, Progress, Release
from programmes.plans.models import Goal, Milestone, PillarReport, Plan, Programme, ProgrammePillar, Project
from programmes.pulse.models import AgendaPoint, PulseCount, PulseVoice, PulseWords
from programmes.reports.models import HalfYearReport
from programmes.urgency.models import Figure, Support, Tranche, UrgencyCase

__all__ = [
    "AgendaPoint",
    "Area",
    "Edition",
    "Figure",
    "FollowUp",
    "FollowUpMeasured",
    "Goal",
    "HalfYearReport",
    "Indicator",
    "Lesson",
    "Measurement",
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
    "PulseCount",
    "PulseVoice",
    "PulseWords",
    "Release",
    "Support",
    "Throughput",
    "Tranche",
    "UrgencyCase",
]
