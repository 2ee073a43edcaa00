"""A case that a reader asked for and may not open: the same answer whether it exists or not, and an entry."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from django.utils.translation import gettext as _

from agreements.policy.fold import numbers
from agreements.policy.index import Version
from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.disclosure.reasons import with_tie
from cases.disclosure.visibility import live_participations, partner_participations, with_last_visit
from cases.records.models import Case, Participation
from foundation.errors import NotFound, Reason


class NotYourCase(NotFound):
    """The case does not exist for this reader. Says nothing about whether it exists for others."""

    code = "not_your_case"
    is_recorded = True
    page = "errors/refused.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A case that the reader takes part in, by which participation, and when they last began reading it."""

    case: Case
    seen: datetime | None
    by: Participation


def case_for(reading: Reading, number: str) -> Taking:
    """The case `number` for a reader who takes part in it.

    Raises NotYourCase after writing a refusal to the journal.
    """
    taking = live_participations(reading.visit, at=reading.at).select_related("case")
    taking = taking.filter(case__number=as_column(number))
    found = with_tie(with_last_visit(taking, reading.visit), reading.visit, at=reading.at).first()
    if found is None:
        refuse(reading, number)
    return Taking(case=found.case, seen=found.seen, by=found)


def partner_for(reading: Reading, number: str) -> Case | None:
    """The case `number`, with its lead, for a third party that takes part in it; None for everybody else."""
    found = partner_participations(reading.visit, at=reading.at).select_related("case__lead")
    taking = found.filter(case__number=as_column(number)).first()
    return taking.case if taking else None


def as_column(number: str) -> str:
    """What was asked for, as a column can be compared with. PostgreSQL knows no NUL: such a number is no case's."""
    return number.replace("\0", "\ufffd")


def refuse(reading: Reading, number: str) -> NoReturn:
    """Journal the refusal and raise. One look-up and one insert on both branches: no timing class apart."""
    case = Case.objects.filter(number=as_column(number)).only("uid").first()
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
    as_third: list[Reason] = []
    as_party: list[Reason] = []
    for version in _in_force(reading):
        here = reading.policy.slice_at(frozenset({version.covenant}), reading.at)
        party, third, _gives = here.member(reading.agency)
        if third & version.rows and not version.third_party_live:
            as_third.append(_third(reading, version))
        elif party & version.rows:
            as_party += _absent(reading, version)
    return (*as_third, *as_party) or (
        Reason(passed=False, sentence=_("Uw organisatie is nu bij geen convenant partij.")),
    )


def _in_force(reading: Reading) -> Iterator[Version]:
    for _code, versions in sorted(reading.policy.index.versions.items()):
        yield from (version for version in versions if version.interval.contains(reading.at))


def _third(reading: Reading, version: Version) -> Reason:
    """A third party reads only what is pushed to it (WGS art. 2.31(9))."""
    sentence = _("Uw organisatie is derde: zij leest niet mee, en krijgt wat haar taak vraagt als verstrekking.")
    ref = _article(reading, version, delivery="extract")
    return Reason(passed=False, sentence=sentence, article_ref=f"{ref}; Wgs art. 2.31 lid 9")


def _absent(reading: Reading, version: Version) -> tuple[Reason, Reason]:
    """A party reads the cases it takes part in."""
    ref = _article(reading, version, delivery="live")
    party = _("Uw organisatie is partij bij dit convenant.")
    absent = _("U neemt niet deel aan deze casus: alleen wie deelneemt, leest.")
    name = f"{version.covenant} v{version.number}"
    return Reason(passed=True, sentence=party, article_ref=name), Reason(passed=False, sentence=absent, article_ref=ref)


def _article(reading: Reading, version: Version, *, delivery: str) -> str:
    """The first article of this version by which something reaches the reader's agency at all."""
    index = reading.policy.index
    rows = version.rows & index.gives & index.to(reading.agency) & index.deliveries.get(delivery, 0)
    name = f"{version.covenant} v{version.number}"
    first = next(numbers(rows), None)
    return name if first is None else f"{name} {_('art. %(nr)s') % {'nr': index.rows[first].ref.article}}"
