"""Which signals exist for a reader, and who handles them. Nothing here reads words."""

from typing import NoReturn

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import as_column
from cases.intake.models import Signal
from cases.records.models import Participation, ParticipationMember
from foundation.errors import NotFound, Refused

HANDLING = frozenset({"professional", "case_director"})
"""Roles that act on the signals of their agency."""

REPORTING = HANDLING | {"street", "team_lead"}
"""Roles that report; who only reports, sees what they reported themselves."""


class NotYourSignal(NotFound):
    """The signal does not exist for this reader. Says nothing about whether it exists for others."""

    code = "not_your_signal"
    is_recorded = True


def visible_signals(reading: Reading) -> QuerySet[Signal]:
    """The signals that exist for this reader: their agency takes part in the signal's own file, now.

    Included if, and only if, an open participation of the reader's agency stands there, and
    - the whole team takes part and the reader handles signals, or
    - the reader is named in it (they reported it), in a role that reports;
    and an access token pinned to one case names that file.
    """
    visit = reading.visit
    if not visit.roles & REPORTING:
        return Signal.objects.none()
    named = ParticipationMember.objects.filter(
        participation__case=OuterRef("file"), professional_id=visit.professional_id,
        participation__agency_id=visit.agency.id, participation__is_open=True,
    )  # fmt: skip
    taking = Participation.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=reading.at),
        case=OuterRef("file"), agency_id=visit.agency.id, is_open=True, starts__lte=reading.at,
    )  # fmt: skip
    team = Exists(taking.filter(everyone=True)) if visit.roles & HANDLING else Q(pk=None)
    found = Signal.objects.filter(Q(team) | Q(Exists(named)) & Q(Exists(taking)))
    return found.filter(file__number=visit.case_pinned) if visit.case_pinned else found


def signal_for(reading: Reading, number: str) -> Signal:
    """The signal `number` with its file, for a reader for whom it exists.

    Raises NotYourSignal after writing a refusal to the journal.
    """
    found = visible_signals(reading).filter(number=as_column(number))
    signal = found.select_related("file", "handler", "reported_by", "linked_case", "merged_into").first()
    if signal is None:
        refuse(reading, number)
    return signal


def held(signal: Signal) -> Signal:
    """The same signal as it stands now, held for a change until the transaction ends."""
    return Signal.objects.select_for_update(of=("self",)).select_related("file", "handler").get(pk=signal.pk)


def refuse(reading: Reading, number: str) -> NoReturn:
    """Journal the refusal and raise: one look-up and one insert, whether it exists or not."""
    signal = Signal.objects.filter(number=as_column(number)).select_related("file").first()
    entry = reading.entry(
        event="signal.refused", outcome=Outcome.REFUSED, case_ref=signal.file.ref if signal else "",
        detail={"asked": "known" if signal else "unknown"},
    )  # fmt: skip
    append_apart([entry])
    raise NotYourSignal(
        _("Dit signaal bestaat niet, of niet voor u."),
        remedy=_("U ziet wat u zelf meldde, en wat aan uw organisatie is gestuurd."),
    )


def reports(reading: Reading) -> bool:
    """Whether this reader reports signals at all; the bureau runs the process and gives no facts (domain 2)."""
    return bool(reading.visit.roles & REPORTING) and reading.visit.agency.type != "ZVH"


def may_report(reading: Reading) -> None:
    """Raises Refused when none of the reader's roles reports signals."""
    if not reading.visit.roles & REPORTING:
        raise Refused(_("Uw rol meldt geen signalen."), remedy=_("Vraag een professional van uw organisatie."))


def handles(reading: Reading, signal: Signal) -> bool:
    """Whether this reader acts on this signal: their agency handles it, and they work on signals."""
    return signal.handler_id == reading.visit.agency.id and bool(reading.visit.roles & HANDLING)


def check_handler(reading: Reading, signal: Signal) -> None:
    """Raises Refused for who does not handle the signal, or when it no longer waits for its handler."""
    if not handles(reading, signal):
        raise Refused(
            _("Dit signaal is bij een andere organisatie in behandeling."),
            remedy=_("Bel de organisatie die het behandelt."),
        )
    if not signal.is_open:
        raise Refused(
            _("Iemand heeft dit signaal al behandeld: %(state)s.") % {"state": signal.get_state_display()},
            remedy=_("Laad de pagina opnieuw."),
        )
