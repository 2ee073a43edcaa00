"""Each read of intake. Words come back as an Answer from disclosure, never as a model."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models.fields.tuple_lookups import Tuple as Columns
from django.db.models.fields.tuple_lookups import TupleLessThan
from django.utils.translation import gettext as _

from audit.journal.apart import keep
from cases.casework import purpose as purposes
from cases.casework import queries as casework
from cases.casework.queries import Opened
from cases.disclosure.answer import Answer, Source
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import as_column
from cases.disclosure.rows import WORDS_RELATIONS, Row, words_rows
from cases.disclosure.visibility import live_participations
from cases.intake.access import handles, signal_for, visible_signals
from cases.intake.commands.handling import may_reply
from cases.intake.models import OPEN, Report, Signal, SignalState
from cases.intake.photos import Photos, photos_with
from cases.intake.reported import reports_of, reports_shown, signals_of
from cases.records.models import Case
from foundation.errors import Invalid, Refused

PAGE_SIZE = 50
SHOWN: dict[str, tuple[str, ...]] = {
    "open": OPEN,
    "busy": (SignalState.IN_TRIAGE, SignalState.LINKED),
    "done": (SignalState.DISMISSED, SignalState.MERGED),
    "all": tuple(SignalState.values),
}
"""Which states a tab of the list holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalLine:
    """A signal without its words. about: person or area; mine: the reader's agency must act on it."""

    number: str
    about: str
    kind: str
    urgency: str
    state: str
    channel: str
    received_at: datetime
    handler: Source
    reporter: Source | None
    mine: bool
    reply: str = ""
    destroy_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalPage:
    """A page of the list and the cursor of the next one ("" at the end)."""

    lines: tuple[SignalLine, ...]
    cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """Something that was done with a signal; `other` is named only when it exists for the reader."""

    kind: str
    at: datetime
    by: Source
    to: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSignal:
    """A signal with what this reader may know of it. sorts: uid of words → what they are; photos: uid of words →
    the photos that came with them.

    may: what this reader can do with it. case: number of the case it became or belongs to, if the reader takes part.
    """

    line: SignalLine
    answer: Answer
    sorts: dict[str, str]
    steps: tuple[StepLine, ...]
    may: frozenset[str]
    case: str
    photos: Photos


def signal_of_case(case: Case) -> Signal | None:
    """The signal whose own file `case` is; None for a case that began otherwise."""
    return Signal.objects.filter(file=case).select_related("handler", "reported_by").first()


def report_rows(case: Case) -> tuple[Row, ...]:
    """What was reported in the file `case`, with the signals merged into it, as rows for disclosure.

    Never how to reach a reporter, nor why another signal was dismissed.
    """
    signal = signal_of_case(case)
    return () if signal is None else words_rows(reports_of([signal]))


def signal_list(
    reading: Reading, *, show: str = "open", kind: str = "", after: str = "", size: int = PAGE_SIZE
) -> SignalPage:
    """The signals that exist for this reader, newest first, without a word of them; every one listed is journalled.

    show: a key of SHOWN; kind: a choice code of signal_domain. Raises Invalid for a cursor that is not ours.
    """
    found = visible_signals(reading).filter(state__in=SHOWN.get(show, OPEN))
    if kind:
        found = found.filter(kind=kind.replace("\0", ""))
    if after:
        found = found.filter(TupleLessThan(_SORT_KEY, _position(after)))
    found = found.select_related("file", "handler", "reported_by").order_by("-received_at", "-id")
    taken = list(found[: size + 1])
    keep([reading.entry(case_ref=signal.file.ref) for signal in taken[:size]] or [reading.entry()])
    return SignalPage(
        lines=tuple(line_of(reading, signal) for signal in taken[:size]),
        cursor=_cursor(taken[size - 1]) if len(taken) > size else "",
    )


def open_signal(reading: Reading, number: str, session: purposes.Session | None) -> OpenedSignal:
    """One signal as this reader may know it. A dismissed one is shielded: only why it was dismissed is left.

    Raises NotYourSignal (journalled).
    """
    signal = signal_for(reading, number)
    reports = list(reports_shown(signal))
    purpose = purposes.declared(reading, signal.file, session)
    answer = disclose(reading, [Opening(case=signal.file, purpose=purpose, rows=words_rows(reports))])[0]
    return OpenedSignal(
        line=line_of(reading, signal),
        answer=answer,
        sorts={str(report.uid): report.sort for report in reports},
        steps=_steps(reading, signal),
        may=steps_for(reading, signal),
        case=case_number(reading, signal),
        photos=photos_with(reading, signal.file, purpose, reports),
    )


def contact_of(reading: Reading, number: str) -> Answer:
    """How to reach the resident who reported, for who took the report over; nobody else, and in no case.

    Raises NotYourSignal, Refused.
    """
    signal = signal_for(reading, number)
    if not may_reply(reading, signal):
        raise Refused(
            _("Alleen wie de melding van de bewoner aannam, leest hoe de melder te bereiken is."),
            remedy=_("Vraag de organisatie die de melding aannam."),
        )
    rows = words_rows(signal.reports.filter(sort=Report.Sort.CONTACT).select_related(*WORDS_RELATIONS))
    return disclose(reading, [Opening(case=signal.file, purpose=signal.file.purpose, rows=rows)])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSignals:
    """What the signals of a case say to this reader: the title, the words, and which signal each is of."""

    opened: Opened
    answer: Answer | None
    signals: dict[str, str]
    sorts: dict[str, str]
    reachable: frozenset[str]
    photos: Photos = field(default_factory=dict)


def case_signals(reading: Reading, number: str, session: purposes.Session | None) -> CaseSignals:
    """The reports of the signal a case began with and of those linked to it, read under that case's own rules.

    Raises NotYourCase (journalled).
    """
    opened = casework.open_head(reading, number, session)
    if not opened.answer.purpose:
        return CaseSignals(opened=opened, answer=None, signals={}, sorts={}, reachable=frozenset())
    case = opened.case
    signals = list(signals_of(case.pk))
    reports = list(reports_of(signals))
    opening = Opening(case=case, purpose=opened.answer.purpose, rows=words_rows(reports))
    numbers = [signal.number for signal in signals]
    return CaseSignals(
        opened=opened,
        answer=disclose(reading, [opening])[0],
        signals={str(report.uid): report.signal.number for report in reports},
        sorts={str(report.uid): report.sort for report in reports},
        reachable=frozenset(visible_signals(reading).filter(number__in=numbers).values_list("number", flat=True)),
        photos=photos_with(reading, case, opened.answer.purpose, reports),
    )


def exists(reading: Reading, number: str) -> bool:
    """Whether the signal exists for this reader; nothing is journalled."""
    return visible_signals(reading).filter(number=as_column(number)).exists()


def line_of(reading: Reading, signal: Signal) -> SignalLine:
    """A signal as the list shows it. Load it with its file, handler and reporting agency."""
    return SignalLine(
        number=signal.number, about="area" if signal.file.kind == "area" else "person", kind=signal.kind,
        urgency=signal.urgency, state=signal.state, channel=signal.channel, received_at=signal.received_at,
        handler=_source(signal.handler), reporter=_source(signal.reported_by) if signal.reported_by else None,
        mine=handles(reading, signal), reply=signal.reply,
        destroy_on=signal.destroy_on.isoformat() if signal.destroy_on else "",
    )  # fmt: skip


def _steps(reading: Reading, signal: Signal) -> tuple[StepLine, ...]:
    found = list(signal.steps.select_related("by", "to", "other"))
    others = {step.other_id for step in found if step.other_id}
    known = set(visible_signals(reading).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    return tuple(
        StepLine(
            kind=step.kind, at=step.at, by=_source(step.by), to=step.to.name if step.to else "",
            other=step.other.number if step.other and step.other_id in known else "",
        )
        for step in found
    )  # fmt: skip


def steps_for(reading: Reading, signal: Signal) -> frozenset[str]:
    """What this reader can do with this signal, as codes of the steps."""
    found = set()
    if handles(reading, signal) and signal.is_open:
        found |= {"forward", "merge", "link", "dismiss"}
        if "case_director" in reading.visit.roles:
            found.add("triage")
    if signal.state not in (SignalState.DISMISSED, SignalState.MERGED) and reading.visit.agency.type != "ZVH":
        found.add("add")
    if may_reply(reading, signal):
        found |= {"reply", "contact"}
    return frozenset(found)


def case_number(reading: Reading, signal: Signal) -> str:
    """The case this signal became or belongs to, for who takes part in it."""
    number = signal.linked_case.number if signal.linked_case else signal.file.number
    taking = live_participations(reading.visit, at=reading.at).filter(case__number=number)
    return number if taking.exists() else ""


def _source(agency: object) -> Source:
    return Source(code=agency.code, type=agency.type, name=agency.name)  # type: ignore[attr-defined]


_SORT_KEY = Columns("received_at", "id")
_CURSOR = re.compile(r"(\d{1,17})\.(\d{1,18})", re.ASCII)


def _cursor(signal: Signal) -> str:
    return f"{int(signal.received_at.timestamp() * 1_000_000)}.{signal.pk}"


def _position(cursor: str) -> tuple[datetime, int]:
    try:
        micros, pk = (int(part) for part in _CURSOR.fullmatch(cursor).groups())  # type: ignore[union-attr]
        seconds, rest = divmod(micros, 1_000_000)
        return datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=rest), pk
    except (AttributeError, ValueError, OverflowError):
        raise Invalid(
            _("Deze verwijzing naar een volgende bladzijde klopt niet."), field="after",
            remedy=_("Begin weer bij de eerste bladzijde."),
        ) from None  # fmt: skip
