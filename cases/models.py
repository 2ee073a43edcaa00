"""Re-exports only: the tables of cases live in its rooms."""

from cases.attachments import models as _attachments  # noqa: F401
from cases.extracts import models as _extracts  # noqa: F401
from cases.impact.models import ImpactRun
from cases.inbox import models as _inbox  # noqa: F401
from cases.intake import models as _intake  # noqa: F401
from cases.meetings import models as _meetings  # noqa: F401
from cases.minutes import models as _minutes  # noqa: F401
from cases.notices import models as _notices  # noqa: F401
from cases.numbers import models as _numbers  # noqa: F401
from cases.plans import models as _plans  # noqa: F401
from cases.records.models import (
    BreakGlass,
    Case,
    CaseCovenant,
    CaseSubject,
    CaseVisit,
    Circumstance,
    Contribution,
    Counter,
    Extract,
    Participation,
    ParticipationMember,
    PhaseChange,
    Subject,
)
from cases.relations import models as _relations  # noqa: F401
from cases.requests import models as _requests  # noqa: F401
from cases.retention import models as _retention  # noqa: F401
from cases.search import models as _search  # noqa: F401
from cases.subject_requests import models as _subject_requests  # noqa: F401
from cases.triage import models as _triage  # noqa: F401

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
    "ImpactRun",
    "Participation",
    "ParticipationMember",
    "PhaseChange",
    "Subject",
]
