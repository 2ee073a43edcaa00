"""A case that a reader asked for and may not open: the same answer whether it exists or not, and an entry."""

from typing import NoReturn

from django.utils.translation import gettext as _

from agreements.policy.index import Version
from audit.journal.appender import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.disclosure.visibility import live_participations, with_last_visit
from cases.records.models import Case, Participation
from foundation.errors import NotFound, Reason


class NotYourCase(NotFound):
    """The case does not exist for this reader. Says nothing about whether it exists for others."""

    code = "not_your_case"
    page = "errors/refused.html"


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
    return found  # type: ignore[no-any-return]


def refuse(reading: Reading, number: str) -> NoReturn:
    """Journal the refusal and raise. One look-up and one insert on both branches: no timing class apart."""
    case = Case.objects.filter(number=number).only("uid").first()
    entry = reading.entry(
        event="case.refused",
        outcome=Outcome.REFUSED,
        case_ref=case.ref if case else "",
        detail={"asked": "known" if case else "unknown"},
    )
    append_apart([entry])
    steps = _standing(reading)
    raise NotYourCase(
        _("U mag deze casus in deze fase niet openen, of hij bestaat niet."),
        remedy=_("Denkt u dat u hoort mee te doen? Vraag de procesregisseur om uw organisatie te laten deelnemen."),
        article=next((step.article_ref for step in steps if not step.passed), ""),
        steps=steps,
    )


def _standing(reading: Reading) -> tuple[Reason, ...]:
    """Where this reader stands by the rules alone: the same chain for every number, existing or not."""
    steps: list[Reason] = []
    for version in (v for code in sorted(reading.policy.index.versions) for v in reading.policy.index.versions[code]):
        if not version.interval.contains(reading.at):
            continue
        here = reading.policy.slice_at(frozenset({version.covenant}), reading.at)
        party, third = here.member(reading.agency)
        if party & version.rows:
            steps += _links(version, is_third=bool(third & version.rows) and not version.third_party_live)
    if not steps:
        return (Reason(passed=False, sentence=_("Uw organisatie is nu bij geen convenant partij.")),)
    return tuple(steps)


def _links(version: Version, *, is_third: bool) -> list[Reason]:
    ref = f"{version.covenant} v{version.number}"
    if is_third:
        sentence = _("Uw organisatie is derde: zij leest niet mee, en krijgt wat haar taak vraagt als verstrekking.")
        return [Reason(passed=False, sentence=sentence, article_ref=f"{ref}; Wgs art. 2.31 lid 9")]
    party = Reason(passed=True, sentence=_("Uw organisatie is partij bij dit convenant."), article_ref=ref)
    absent = _("U neemt niet deel aan deze casus: alleen wie deelneemt, leest.")
    return [party, Reason(passed=False, sentence=absent, article_ref=ref)]
