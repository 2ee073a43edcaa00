"""What somebody decides about a cluster: report it for an area case, put it on an agenda, or lay it aside.

None of these opens a signal: who decides has seen numbers, and sees numbers.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.intake.access import may_report
from cases.intake.commands import Reported, report_signal
from cases.intake.commands.reporting import check, chosen
from cases.intake.screening import warnings
from cases.intake.ways import ways_in
from cases.meetings.commands.agenda import add_point
from cases.meetings.commands.shared import led
from foundation import clock
from foundation.errors import Invalid, NotFound
from programmes.patterns.events import DECIDED
from programmes.patterns.models import ClusterState, SignalCluster
from programmes.patterns.rights import check_decides, covenant_for
from programmes.plans.acting import words

MOST_WORDS = 200
"""As long as what a signal says about a place may be (field hotspot_note)."""


def propose_case(reading: Reading, uid: UUID, *, reason: str) -> None:
    """Report the cluster as a signal about the neighbourhood: what becomes an area case begins as one (domain 3).

    The reporter's agency gives it, in its own words; triage decides. Once for each cluster.
    Raises NotFound, NoCounts, Refused (role, or no covenant by which this agency reports a place), Invalid.
    """
    cluster, said = _deciding(reading, uid, reason)
    may_report(reading)
    reported = Reported(
        about="area", kind=cluster.cell.kind, seen=said, place=cluster.cell.area.name, reliability="several",
        neighbourhood=cluster.cell.area.code, submission=cluster.mark,
    )  # fmt: skip
    check(reading.policy.catalogue, reported)
    chosen(ways_in(reading), reported)
    with transaction.atomic(), write_scope(reason=DECIDED):
        _decide(reading, cluster, ClusterState.CASE, said)
        report_signal(reading, reported)


def put_on_agenda(reading: Reading, uid: UUID, *, reason: str, meeting: UUID) -> None:
    """Put the cluster on the agenda of a meeting that the reader leads, as a point without a case.

    The point carries the cluster's number only: everybody who is invited reads it, and not everybody is party to the
    covenant. Raises NotFound, NoCounts, NotYourMeeting, Refused, Invalid.
    """
    cluster, said = _deciding(reading, uid, reason)
    led(reading, meeting)
    with transaction.atomic(), write_scope(reason=DECIDED):
        _decide(reading, cluster, ClusterState.AGENDA, said)
        add_point(reading, meeting, title=_("Signaalpatroon %(number)s") % {"number": cluster.number})


def set_aside(reading: Reading, uid: UUID, *, reason: str) -> None:
    """Nothing follows on the cluster, for this reason. Raises NotFound, NoCounts, Refused, Invalid."""
    cluster, said = _deciding(reading, uid, reason)
    with transaction.atomic(), write_scope(reason=DECIDED):
        _decide(reading, cluster, ClusterState.ASIDE, said)


def cluster_for(reading: Reading, uid: UUID) -> SignalCluster:
    """A cluster under a covenant that gives this reader numbers. Raises NotFound; NoCounts, journalled."""
    _first, _article, covenants = covenant_for(reading)
    found = SignalCluster.objects.select_related("cell__quarter", "cell__area").defer("cell__area__geometry")
    cluster = found.filter(uid=uid, cell__quarter__covenant__in=covenants).first()
    if cluster is None:
        raise NotFound(_("Dit cluster bestaat niet."), remedy=_("Kies er een uit de lijst."))
    return cluster


def _deciding(reading: Reading, uid: UUID, reason: str) -> tuple[SignalCluster, str]:
    cluster = cluster_for(reading, uid)
    check_decides(reading)
    said = words(reason, field="reason", empty=_("Schrijf waarom."), most=MOST_WORDS)
    if seen := warnings(said):
        raise Invalid(seen[0], remedy=_("Alle partijen lezen dit: haal het weg."), field="reason")
    _check_open(cluster)
    return cluster, said


def _decide(reading: Reading, cluster: SignalCluster, state: ClusterState, said: str) -> None:
    held = SignalCluster.objects.select_for_update().get(pk=cluster.pk)
    _check_open(held)
    held.state, held.reason, held.decided_on = state, said, clock.today()
    held.decided_by_id = reading.visit.agency.id
    held.save(update_fields=["state", "reason", "decided_on", "decided_by"])
    append(
        [
            reading.entry(
                event=DECIDED, action=Action.UPDATE,
                detail={"cluster": cluster.number, "covenant": cluster.cell.quarter.covenant, "to": state.value},
            )
        ]
    )  # fmt: skip


def _check_open(cluster: SignalCluster) -> None:
    if cluster.state != ClusterState.PROPOSED:
        raise Invalid(
            _("Over dit cluster is al besloten: %(state)s.") % {"state": str(cluster.get_state_display()).lower()},
            remedy=_("Laad de pagina opnieuw."),
        )
