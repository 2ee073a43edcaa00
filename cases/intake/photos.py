"""Photos that came with a signal: they open as the words do that they came with, and their bytes only after that."""

from collections.abc import Iterable
from uuid import UUID

from cases.attachments.commands import not_there
from cases.attachments.models import Attachment
from cases.attachments.queries import Content, bytes_of
from cases.casework.purpose import Session, declared
from cases.disclosure.answer import Answer, Fact
from cases.disclosure.disclose import disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.disclosure.refusals import case_for
from cases.disclosure.rows import WORDS_RELATIONS, words_rows
from cases.intake.access import signal_for
from cases.intake.models import Report, SignalPhoto
from cases.intake.reported import reports_of, reports_shown, signals_of
from cases.records.models import Case

Photos = dict[str, tuple[Fact, ...]]
"""Uid of words of a signal → the photos that came with them, as far as the reader may see them."""


def photos_with(reading: Reading, case: Case, purpose: str, reports: Iterable[Report]) -> Photos:
    """The photos of these reports, under the rules of `case`; journalled when there are any."""
    linked = SignalPhoto.objects.filter(report__in=list(reports))
    owners = {str(uid): str(report) for uid, report in linked.values_list("attachment__uid", "report__uid")}
    if not owners:
        return {}
    files = Attachment.objects.filter(uid__in=owners).select_related(*WORDS_RELATIONS).order_by("id")
    found: dict[str, tuple[Fact, ...]] = {}
    for fact in _facts(_opened(reading, case, purpose, files)):
        report = owners[fact.contribution]
        found[report] = (*found.get(report, ()), fact)
    return found


def photo_of_signal(reading: Reading, number: str, uid: UUID, session: Session | None) -> Content:
    """The bytes of a photo on the page of a signal.

    Raises NotYourSignal (journalled); NotFound for a photo that is not there, or not for this reader.
    """
    signal = signal_for(reading, number)
    purpose = declared(reading, signal.file, session)
    return _content(reading, signal.file, purpose, uid, reports_shown(signal))


def photo_of_case(reading: Reading, number: str, uid: UUID, session: Session | None) -> Content:
    """The bytes of a photo of a signal that belongs to a case, under the rules of that case. Raises as above."""
    case = case_for(reading, number).case
    return _content(reading, case, declared(reading, case, session), uid, reports_of(signals_of(case.pk)))


def _content(reading: Reading, case: Case, purpose: str, uid: UUID, reports: Iterable[Report]) -> Content:
    linked = SignalPhoto.objects.filter(report__in=list(reports), attachment__uid=uid)
    files = Attachment.objects.filter(pk__in=linked.values("attachment")).select_related(*WORDS_RELATIONS)
    for fact in _facts(_opened(reading, case, purpose, files)):
        return Content(name=str(fact.value["name"]), type=str(fact.value["type"]), data=bytes_of(fact))
    raise not_there()


def _opened(reading: Reading, case: Case, purpose: str, files: Iterable[Attachment]) -> Answer:
    # Only what they are for: that a photo exists is told by no announcement.
    return disclose(reading, [Opening(case=case, purpose=purpose, rows=words_rows(files))], named=0)[0]


def _facts(answer: Answer) -> list[Fact]:
    return [fact for person in answer.disclosures for fact in person.facts]
