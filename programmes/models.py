"""The tables of this floor, so that Django finds them."""

from programmes.agents.models import AgentCount, AgentPerson, ChangeAgent, Experiment, SocialSupervisor
from programmes.areas.models import Area, Edition, Indicator, Measurement
from programmes.giveback.models import GiveBack, Intervention, Seizure
from programmes.justice.models import FollowUp, FollowUpMeasured, Norm, Priority, Throughput
from programmes.leads.models import LeadParty, LeadVoice
from programmes.learning.models import Lesson
from programmes.mediation.models import MediationAction, MediationParty, MediationRound
from programmes.pacts.models import Pledge, Progress, Release
from programmes.patterns.models import SignalCell, SignalCluster, SignalQuarter
from programmes.plans.models import Goal, Milestone, PillarReport, Plan, Programme, ProgrammePillar, Project
from programmes.pulse.models import AgendaPoint, PulseCount, PulseVoice, PulseWords
from programmes.reports.models import HalfYearReport
from programmes.urgency.models import Figure, Support, Tranche, UrgencyCase

__all__ = [
    "AgendaPoint",
    "AgentCount",
    "AgentPerson",
    "Area",
    "ChangeAgent",
    "Edition",
    "Experiment",
    "Figure",
    "FollowUp",
    "FollowUpMeasured",
    "GiveBack",
    "Goal",
    "HalfYearReport",
    "Indicator",
    "Intervention",
    "LeadParty",
    "LeadVoice",
    "Lesson",
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
    "PulseCount",
    "PulseVoice",
    "PulseWords",
    "Release",
    "Seizure",
    "SignalCell",
    "SignalCluster",
    "SignalQuarter",
    "SocialSupervisor",
    "Support",
    "Throughput",
    "Tranche",
    "UrgencyCase",
]
