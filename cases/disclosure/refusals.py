"""A case that a reader asked for and may not open: the same answer whether it exists or not, and an entry."""

from django.utils.translation import gettext as _

from audit.journal.appender import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations, with_last_visit
from cases.records.models import Case, Participation
from foundation.errors import NotFound


class NotYourCase(NotFound):
    """The case does not exist for this reader. Says nothing about whether it exists for others."""

    code = "not_your_case"


def case_for(reading: Reading, number: str) -> Participation:
    """The participation by which this reader reads case `number`, with its case and `seen`.

    Raises NotYourCase after writing a refusal to the journal.
    """
    found = (
        with_last_visit(live_participations(reading.visit, at=reading.at), reading.visit)
        .select_related("case")
        .filter(case__number=number)
        .first()
    )
    if found is None:
        refuse(reading, number)
    return found


def refuse(reading: Reading, number: str) -> None:
    """Journal the refusal and raise. One look-up and one insert on both branches: no timing class apart."""
    case = Case.objects.filter(number=number).only("uid").first()
    append_apart(
        [
            reading.entry(
                event="case.refused",
                outcome=Outcome.REFUSED,
                case_ref=case.ref if case else "",
                detail={"asked": "known" if case else "unknown"},
            )
        ]
    )
    raise NotYourCase(
        _("U mag deze casus in deze fase niet openen, of hij bestaat niet."),
        remedy=_(
            "Denkt u dat u hoort mee te doen? Vraag de procesregisseur om uw organisatie te laten deelnemen."
        ),
    )
