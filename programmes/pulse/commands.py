"""Answers a pulse, puts what scored low on the agenda, and settles it. What was answered is in no journal entry."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agreements.covenants.rules import Author
from agreements.models import Agency
from agreements.parties.reader import Visit
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound
from programmes.plans.acting import denied, journal, words
from programmes.plans.models import Programme
from programmes.plans.rights import is_partner, led_by, pact_in_force, programme_for
from programmes.plans.rules import GOING_STATES
from programmes.pulse import events
from programmes.pulse.models import HIGHEST, LOWEST, AgendaPoint, Criterion, PulseCount, PulseVoice, PulseWords
from programmes.pulse.queries import low_criteria
from programmes.pulse.rules import NONE, Quarter, quarter_of

MOST_WORDS = 400


def partner_in(visit: Visit, code: str, *, event: str) -> Programme:
    """The programme, for who is of one of its partners. Raises NotFound; Refused, journalled under `event`."""
    found = programme_for(visit, code)
    if not is_partner(visit, found, pact_in_force(found)):
        denied(
            visit, event, _("De peiling is van de partners van dit programma."),
            remedy=_("Vraag de trekker wie partner is."), programme=code,
        )  # fmt: skip
    return found


def answer(visit: Visit, code: str, *, scores: Mapping[str, int], text: str = "") -> Quarter:
    """Answer this quarter's pulse, once. scores: one of 1–5 for each criterion.

    Raises NotFound, Refused; Invalid: answered before, a criterion without a score, or a programme that does not run.
    """
    programme = partner_in(visit, code, event=events.ANSWERED)
    if programme.state not in GOING_STATES:
        raise Invalid(_("Dit programma loopt niet."), remedy=_("Er is nu geen peiling."))
    for criterion in Criterion.values:
        if scores.get(criterion) not in range(LOWEST, HIGHEST + 1):
            raise Invalid(
                _("Kies een cijfer van 1 tot en met 5."), remedy=_("Geef elk punt een cijfer."), field=criterion
            )
    said = words(text, field="text", empty="", most=MOST_WORDS) if text.strip() else ""
    period = quarter_of(clock.today())
    agency = Agency.objects.get(pk=visit.agency.id)
    try:
        with transaction.atomic(), write_scope(reason=events.ANSWERED):
            PulseVoice.objects.create(
                programme=programme, year=period.year, quarter=period.number, actor_ref=visit.actor_ref
            )
            _count(programme, agency, period, [scores])
            if said:
                _keep_words(programme, period, [said])
            journal(visit, events.ANSWERED, action=Action.CREATE, programme=code, quarter=period.code)
    except IntegrityError as twice:
        raise Invalid(
            _("U hebt dit kwartaal al geantwoord."), remedy=_("Het volgende kwartaal kunt u weer antwoorden.")
        ) from twice
    return period


def count_paper(
    programme: Programme, agency: Agency, period: Quarter, *, answers: Iterable[Mapping[str, int]], texts: list[str],
    by: Author,
) -> None:  # fmt: skip
    """Count answers that were given on paper in a quarter. by: the operator."""
    with transaction.atomic(), write_scope(reason=events.COUNTED):
        n = _count(programme, agency, period, answers)
        if texts:
            _keep_words(programme, period, texts)
        _tell(events.COUNTED, by, programme=programme.code, quarter=period.code, agency=agency.code, n=n)


def raise_points(*, by: Author) -> int:
    """Put what scored low in the quarter before this one on the agenda of each programme; how many points are new.

    Safe to repeat; run it daily.
    """
    period, n_new = quarter_of(clock.today()).before, 0
    for programme in Programme.objects.filter(state__in=GOING_STATES):
        for criterion, where in low_criteria(programme, period).items():
            with transaction.atomic(), write_scope(reason=events.RAISED):
                new = AgendaPoint.objects.get_or_create(
                    programme=programme, year=period.year, quarter=period.number, criterion=criterion,
                    defaults={"where": where, "raised_on": clock.today()},
                )[1]  # fmt: skip
                if new:
                    _tell(events.RAISED, by, programme=programme.code, quarter=period.code, criterion=criterion)
                    n_new += 1
    return n_new


def own_point(visit: Visit, code: str, uid: UUID, *, owner: str) -> AgendaPoint:
    """Say who answers for a point. Raises NotFound, Refused; Invalid: no name, or a point that is settled."""
    programme = led_by(visit, code, event=events.OWNED)
    name = words(owner, field="owner", empty=_("Noem wie dit punt oppakt."), most=120)
    with transaction.atomic(), write_scope(reason=events.OWNED):
        point = _open_point(programme, uid)
        point.owner = name
        point.save(update_fields=["owner"])
        journal(visit, events.OWNED, programme=code, point=str(uid))
    return point


def settle_point(visit: Visit, code: str, uid: UUID, *, how: str) -> AgendaPoint:
    """Say how a point was settled. Raises NotFound, Refused; Invalid: no words, no owner yet, or settled before."""
    programme = led_by(visit, code, event=events.SETTLED)
    said = words(how, field="how", empty=_("Schrijf wat er is afgesproken of gedaan."))
    with transaction.atomic(), write_scope(reason=events.SETTLED):
        point = _open_point(programme, uid)
        if not point.owner:
            raise Invalid(_("Dit punt heeft nog geen eigenaar."), remedy=_("Noem eerst wie het oppakt."))
        point.how, point.settled_on = said, clock.today()
        point.save(update_fields=["how", "settled_on"])
        journal(visit, events.SETTLED, programme=code, point=str(uid))
    return point


def _open_point(programme: Programme, uid: UUID) -> AgendaPoint:
    point = AgendaPoint.objects.select_for_update().filter(programme=programme, uid=uid).first()
    if point is None:
        raise NotFound(_("Dit agendapunt bestaat niet."), remedy=_("Kies er een uit de lijst."))
    if point.settled_on is not None:
        raise Invalid(_("Dit punt is al afgehandeld."), remedy=_("U hoeft niets te doen."))
    return point


def _count(programme: Programme, agency: Agency, period: Quarter, answers: Iterable[Mapping[str, int]]) -> int:
    """Add answers to the one row of a partner in a quarter, in a write scope; how many there were."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    row, _new = PulseCount.objects.get_or_create(
        programme=programme, agency=agency, year=period.year, quarter=period.number
    )
    counts = {criterion: list(row.counts.get(criterion, NONE)) for criterion in Criterion.values}
    n = 0
    for n, scores in enumerate(answers, start=1):  # noqa: B007 - n is how many there were
        for criterion in Criterion.values:
            counts[criterion][scores[criterion] - 1] += 1
    row.counts = counts
    row.save(update_fields=["counts"])
    return n


def _keep_words(programme: Programme, period: Quarter, texts: list[str]) -> None:
    row, _new = PulseWords.objects.get_or_create(programme=programme, year=period.year, quarter=period.number)
    row.texts = sorted([*row.texts, *texts])
    row.save(update_fields=["texts"])


def _tell(event: str, by: Author, **detail: str | int) -> None:
    append(
        [
            Entry(
                event_type=event, action=Action.CREATE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                agency_ref=by.agency_ref, detail=detail,
            )
        ]
    )  # fmt: skip
