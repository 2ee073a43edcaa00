"""How long a case and the facts in it may be kept, by the covenants it runs under. Counts nothing, erases nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from agreements.covenants.in_force import document_of
from agreements.covenants.models import CovenantVersion, State
from agreements.joining.notice import later

DEFAULTS = {"not_admitted": "P14D", "closed_case": "P1Y", "max_from_first_processing": "P5Y", "renewal": "P2Y"}
"""Where no covenant of a case says anything. Source: BGS art. 1.16(1), WGS art. 1.8(7), domain 8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term: which (a key of DEFAULTS), how long (ISO 8601 duration), and the article that sets it."""

    kind: str
    duration: str
    article: str

    def after(self, day: date) -> date:
        """The day on which what began at `day` must be gone."""
        return later(day, self.duration)


def terms_of(codes: Iterable[str], *, at: datetime, kinds: Mapping[str, str] = DEFAULTS) -> dict[str, Term]:
    """Per kind the shortest term among these covenants as they were agreed last before `at`.

    kinds: which, and how long each lasts where no covenant says anything.
    A covenant that ended keeps its terms: what was shared under it must still go in time.
    """
    law = {"not_admitted": "BGS art. 1.16"}
    found = {
        kind: Term(kind=kind, duration=duration, article=law.get(kind, "Wgs art. 1.8 lid 7"))
        for kind, duration in kinds.items()
    }
    stated: dict[str, list[Term]] = {}
    for code in codes:
        version = (
            CovenantVersion.objects.filter(covenant__code=code, state=State.AGREED, starts__lte=at)
            .order_by("-number")
            .first()
        )
        for article in document_of(version).articles if version else ():
            for kind in kinds:
                duration = getattr(article.retention, kind, None) if article.retention else None
                if duration:
                    ref = f"{code} v{version.number} art. {article.article}" if version else ""
                    stated.setdefault(kind, []).append(Term(kind=kind, duration=duration, article=ref))
    today = at.date()
    return found | {kind: min(terms, key=lambda term: term.after(today)) for kind, terms in stated.items()}
