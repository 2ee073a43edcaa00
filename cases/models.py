"""Re-exports only: the tables of cases live in cases.records."""

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
    "Participation",
    "ParticipationMember",
    "PhaseChange",
    "Subject",
]
