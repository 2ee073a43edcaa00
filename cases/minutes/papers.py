"""The PDF of minutes for a recipient: ordered, made by a task (tasks.py), kept sealed for a day, and fetched."""

import hashlib
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.models import Membership
from agreements.parties.reader import current_memberships
from audit.journal.apart import append_apart, keep
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from cases.casework import purpose as purposes
from cases.disclosure.reading import Reading, article_texts, legal_bases
from cases.disclosure.visibility import CASE_ROLES
from cases.meetings.models import Attendance
from cases.minutes import printing
from cases.minutes.events import EXPORTED, ORDERED, REFUSED
from cases.minutes.lines import BatchLine, batch_of
from cases.minutes.models import Minutes, Paper
from cases.minutes.printing import Content, content_of
from cases.minutes.queries import Shelf, what_was_said
from cases.minutes.rights import Taken, leads, minutes_for, refuse, refuse_act
from cases.papers.keeping import opened
from cases.papers.leaving import Fetched, Mark, NoCopy, NothingToPrint, marked
from cases.papers.lines import NO_COPY, NOTHING, is_gone, unfinished, words_for
from cases.papers.making import ordered_by
from cases.papers.models import PaperState
from foundation import clock
from foundation.errors import NotFound


def order(reading: Reading, uid: UUID, session: purposes.Session | None, *, language: str) -> Paper:
    """Have the paper of these minutes made for the reader; one that is being made already is given back.

    Raises NotYourMinutes, JournalUnavailable.
    """
    taken = minutes_for(reading, uid)
    visit = reading.visit
    with transaction.atomic():
        # Two who press at once wait for each other here.
        Minutes.objects.select_for_update().get(pk=taken.minutes.pk)
        mine = Paper.objects.filter(minutes=taken.minutes, membership=visit.membership_id)
        busy = mine.filter(unfinished(reading.at)).first()
        if busy is not None:
            return busy
        mine.delete()
        paper = Paper.objects.create(minutes=taken.minutes, **ordered_by(reading, session, language=language))
        _queue(reading, taken.minutes, [paper])
    paper.refresh_from_db()
    return paper


def order_for_all(reading: Reading, uid: UUID) -> BatchLine:
    """Have papers made for everybody who was there, in one go: who sees the same gets the same print.

    Each can be fetched by its own recipient alone: the chair sees only how far they are.
    Raises NotYourMinutes, MinutesRefused, JournalUnavailable.
    """
    taken = minutes_for(reading, uid)
    if not leads(reading, taken.minutes):
        refuse_act(
            reading, taken.minutes, _("Alleen de voorzitter laat verslagen voor iedereen klaarzetten."),
            remedy=_("Uw eigen PDF kunt u zelf laten maken."),
        )  # fmt: skip
    batch = uuid4()
    with transaction.atomic():
        Minutes.objects.select_for_update().get(pk=taken.minutes.pk)
        busy = Paper.objects.filter(unfinished(reading.at), minutes=taken.minutes)
        waiting = set(busy.values_list("membership", flat=True))
        people = [row for row in recipients(taken.minutes) if row.pk not in waiting]
        Paper.objects.filter(minutes=taken.minutes, membership__in=[row.pk for row in people]).delete()
        papers = [
            Paper.objects.create(
                minutes=taken.minutes, agency=row.agency, asked_by_id=reading.visit.professional_id,
                membership=row.pk, batch=batch, language=row.professional.language or "nl", asked_at=reading.at,
            )
            for row in people
        ]  # fmt: skip
        if papers:
            _queue(reading, taken.minutes, papers)
    return batch_of(reading, taken.minutes) or BatchLine(total=0, done=0)


def recipients(minutes: Minutes) -> list[Membership]:
    """Who was there, as members of the agency for which they came, in force now."""
    sat = Attendance.objects.filter(item__meeting_id=minutes.meeting_id).exclude(professional=None)
    pairs = set(sat.values_list("agency_id", "professional_id"))
    found = current_memberships().filter(professional_id__in={person for _agency, person in pairs})
    return [row for row in found if (row.agency_id, row.professional_id) in pairs and CASE_ROLES & frozenset(row.roles)]


def _queue(reading: Reading, minutes: Minutes, papers: list[Paper]) -> None:
    from cases.minutes.tasks import make_papers

    detail: dict[str, str | int] = {"minutes": str(minutes.uid), "papers": len(papers)}
    append([reading.entry(event=ORDERED, action=Action.EXECUTE, detail=detail)])
    # In this transaction: a paper without its task would wait for ever, a task without its paper finds nothing.
    make_papers.enqueue([str(paper.uid) for paper in papers])


def fetch(reading: Reading, uid: UUID, paper_uid: UUID, session: purposes.Session | None, *, language: str) -> Fetched:
    """The paper, for its recipient alone, as it may be now.

    The minutes are disclosed again at this moment. What was printed serves if it would be printed just so now; else
    it is printed anew. Then the recipient is marked on every page, and the export is journalled.
    Raises NotYourMinutes, NotFound (not made, not yours, or kept too long), NothingToPrint, NoCopy.
    """
    taken = minutes_for(reading, uid)
    paper = Paper.objects.filter(uid=paper_uid, minutes=taken.minutes, membership=reading.visit.membership_id).first()
    if paper is None or paper.state != PaperState.DONE or is_gone(paper, at=reading.at):
        if paper is None:
            refuse(reading, known=Paper.objects.filter(uid=paper_uid).exists())
        raise NotFound(_("Deze PDF is er niet (meer)."), remedy=_("Maak hem opnieuw bij het verslag."))
    content = content_now(reading, taken, session, language=language)
    if why := problem_of(content):
        append_apart([refusal(reading, taken.minutes, content)])
        sentence, remedy = words_for(why)
        if why == NO_COPY:
            raise NoCopy(sentence, remedy=remedy, article=", ".join(content.barred))
        raise NothingToPrint(sentence, remedy=remedy)
    serves = content.hash == paper.view and paper.content is not None
    pdf = opened(paper) if serves else printing.printed(content)
    visit = reading.visit
    mark = Mark(
        name=visit.name, agency=visit.agency.name, at=reading.at, language=str(content.body["language"]),
        articles=content.articles, across=content.has_watermark,
    )  # fmt: skip
    data = marked(pdf, mark)
    _journal_export(reading, paper, content, data)
    day = reading.at.astimezone(clock.AMSTERDAM).date().isoformat()
    return Fetched(data=data, name=f"verslag-{day}-{visit.agency.code}.pdf")


def content_now(
    reading: Reading, taken: Taken, session: purposes.Session | None, *, language: str, shelf: Shelf | None = None
) -> Content:
    """What may be on paper for this reader now; its facts are journalled under reading.event.

    shelf: see queries.what_was_said.
    """
    return content_of(reading, what_was_said(reading, taken, session, shelf), language=language)


def problem_of(content: Content) -> str:
    """Why there is no paper of this content; "" when there can be one."""
    if not content.is_empty:
        return ""
    return NO_COPY if content.barred else NOTHING


def refusal(reading: Reading, minutes: Minutes, content: Content | None) -> Entry:
    """The entry for a paper that is not made."""
    detail = {"minutes": str(minutes.uid), "why": problem_of(content) if content else NOTHING}
    articles = content.barred if content else ()
    return reading.entry(event=REFUSED, outcome=Outcome.REFUSED, articles=articles, detail=detail)


def _journal_export(reading: Reading, paper: Paper, content: Content, data: bytes) -> None:
    """One entry per case and person with exactly the fields that leave; before they do."""
    entries = []
    told = {"paper": str(paper.uid), "sha256": hashlib.sha256(data).hexdigest()}
    for item, facts in content.facts:
        if item.answer is None:
            continue
        kept = {(fact.contribution, fact.code) for fact in facts}
        for person in item.answer.disclosures:
            shown = [fact for fact in person.facts if (fact.contribution, fact.code) in kept]
            if shown:
                articles = {fact.article for fact in shown}
                entries.append(
                    reading.entry(
                        event=EXPORTED, action=Action.EXECUTE, case_ref=f"case:{item.answer.head.uid}",
                        purpose=item.answer.purpose,
                        subject_ref=f"subject:{person.subject}" if person.subject else "",
                        fields=_mask(fact.bit for fact in shown), articles=article_texts(articles),
                        legal_basis=legal_bases(reading.policy, articles), detail=told,
                    )
                )  # fmt: skip
    if not entries:
        entries.append(reading.entry(event=EXPORTED, action=Action.EXECUTE, detail=told))
    keep(entries)


def _mask(bits: object) -> int:
    mask = 0
    for bit in bits:  # type: ignore[attr-defined]
        mask |= 1 << bit
    return mask
