"""Re-exports only: the tables of cases live in cases.records and cases.impact."""

from cases.impact.models import ImpactRun
from cases.records.models import (
    Case,
    CaseCovenant,
    CaseSubject,
    CaseVisit,
    Circumstance,
    Contribution,
    Extract,
    Participation,
    ParticipationMember,
    PhaseChange,
    Subject,
)

__all__ = [
    "Case",
    "CaseCovenant",
    "CaseSubject",
    "CaseVisit",
    "Circumstance",
    "Contribution",
    "Extract",
    "ImpactRun",
    "Participation",
    "ParticipationMember",
    "PhaseChange",
    "Subject",
]
