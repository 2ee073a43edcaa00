"""The tables of cases, one subject a file."""

from cases.records.models.break_glass import BreakGlass
from cases.records.models.case import Case, CaseCovenant, CaseVisit, PhaseChange
from cases.records.models.circumstance import Circumstance
from cases.records.models.contribution import Contribution
from cases.records.models.counter import Counter
from cases.records.models.extract import Extract
from cases.records.models.participation import Participation, ParticipationMember
from cases.records.models.subject import CaseSubject, Subject
from cases.records.models.words import SealedWords

__all__ = [
    "BreakGlass",
    "Case",
    "CaseCovenant",
    "CaseSubject",
    "CaseVisit",
    "Circumstance",
    "Contribution",
    "Counter",
    "Extract",
    "Participation",
    "ParticipationMember",
    "PhaseChange",
    "SealedWords",
    "Subject",
]
