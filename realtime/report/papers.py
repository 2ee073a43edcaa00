"""The report of a channel on paper: ordered, made by a task (tasks.py), kept sealed for a day, and fetched."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from audit.journal.apart import append_apart, keep
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from cases.disclosure.reading import Reading, article_texts, legal_bases
from cases.papers.keeping import opened as opened_paper
from cases.papers.leaving import Fetched, Mark, NoCopy, NothingToPrint, marked
from cases.papers.lines import NO_COPY, NOTHING, PaperLine, is_gone, keeps_for, line_of, unfinished, words_for
from cases.papers.making import ordered_by
from cases.papers.models import PaperState
from foundation import clock
from foundation.errors import NotFound
from foundation.paper import to_pdf
from realtime.channels.models import Channel
from realtime.channels.queries import Opened, opened
from realtime.channels.reasons import of_member
from realtime.place.photos import pictures
from realtime.report.content import Content, content_of
from realtime.report.events import EXPORTED, ORDERED, REFUSED
from realtime.report.models import ChannelPaper

Session = Mapping[str, Any]


def report(reading: Reading, here: Opened, *, language: str) -> Content:
    """The report to read on the screen. Raises NoCopy, NothingToPrint (journalled), JournalUnavailable."""
    content = content_of(reading, here, language=language)
    detail = {"channel": str(here.channel.uid)}
    append_apart([reading.entry(case_ref=here.channel.case.ref, because=of_member(here.member.uid), detail=detail)])
    check(reading, here, content)
    return content


def order(reading: Reading, uid: UUID, session: Session | None, *, language: str) -> ChannelPaper:
    """Have the paper of this channel made for the reader; one that is being made already is given back.

    Raises NotYourChannel, JournalUnavailable.
    """
    here = opened(reading, uid, session=session, afterwards=True)
    channel = here.channel
    with transaction.atomic():
        # Two who press at once wait for each other here.
        Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
        mine = ChannelPaper.objects.filter(channel=channel, membership=reading.visit.membership_id)
        busy = mine.filter(unfinished(reading.at)).first()
        if busy is not None:
            return busy
        mine.delete()
        paper = ChannelPaper.objects.create(channel=channel, **ordered_by(reading, session, language=language))
        _queue(reading, here, paper)
    paper.refresh_from_db()
    return paper


def _queue(reading: Reading, here: Opened, paper: ChannelPaper) -> None:
    from realtime.report.tasks import make_report

    detail: dict[str, str | int] = {"channel": str(here.channel.uid), "paper": str(paper.uid)}
    because = of_member(here.member.uid)
    append(
        [
            reading.entry(
                event=ORDERED, action=Action.EXECUTE, case_ref=here.channel.case.ref, because=because, detail=detail
            )
        ]
    )
    # In this transaction: a paper without its task would wait for ever, a task without its paper finds nothing.
    make_report.enqueue(str(paper.uid))


def status(reading: Reading, here: Opened) -> PaperLine | None:
    """How far the reader's paper is, if it is still kept. Opens nothing."""
    kept = ChannelPaper.objects.filter(
        channel=here.channel, membership=reading.visit.membership_id, asked_at__gt=reading.at - keeps_for()
    )
    found = kept.first()
    return line_of(found) if found else None


def fetch(reading: Reading, uid: UUID, paper_uid: UUID, session: Session | None, *, language: str) -> Fetched:
    """The paper, for its recipient alone, as it may be now.

    The log is told again at this moment. What was printed serves if it would be printed just so now; else it is printed
    anew. Then the recipient is marked on every page, and the export is journalled.
    Raises NotYourChannel, NotFound (not made, not yours, or kept too long), NothingToPrint, NoCopy.
    """
    here = opened(reading, uid, session=session, afterwards=True)
    visit = reading.visit
    mine = ChannelPaper.objects.filter(uid=paper_uid, channel=here.channel, membership=visit.membership_id)
    paper = mine.first()
    if paper is None or paper.state != PaperState.DONE or is_gone(paper, at=reading.at):
        append_apart([refusal(reading, here.channel, None)])
        raise NotFound(_("Deze PDF is er niet (meer)."), remedy=_("Maak hem opnieuw bij het verslag."))
    content = content_of(reading, here, language=language)
    check(reading, here, content)
    serves = content.hash == paper.view and paper.content is not None
    mark = Mark(
        name=visit.name, agency=visit.agency.name, at=reading.at, language=language, articles=content.articles,
        across=content.has_watermark,
    )  # fmt: skip
    data = marked(opened_paper(paper) if serves else printed(content), mark)
    _journal_export(reading, here, content, paper, data)
    day = reading.at.astimezone(clock.AMSTERDAM).date().isoformat()
    return Fetched(data=data, name=f"straatverslag-{day}-{visit.agency.code}.pdf")


def check(reading: Reading, here: Opened, content: Content) -> None:
    """Raises NoCopy or NothingToPrint, after journalling, where the covenant lets the reader take nothing along."""
    if not (why := problem_of(content)):
        return
    append_apart([refusal(reading, here.channel, content)])
    sentence, remedy = words_for(why)
    if why == NO_COPY:
        raise NoCopy(
            sentence, remedy=_("U leest het in het logboek van het kanaal."), article=", ".join(content.barred)
        )
    raise NothingToPrint(sentence, remedy=remedy)


def problem_of(content: Content) -> str:
    """Why there is no report of this content; "" when there is one."""
    if not content.is_empty:
        return ""
    return NO_COPY if content.barred else NOTHING


def refusal(reading: Reading, channel: Channel, content: Content | None) -> Entry:
    """The entry for a report that is not made or not given."""
    detail = {"channel": str(channel.uid), "why": problem_of(content) if content else NOTHING}
    articles = content.barred if content else ()
    return reading.entry(
        event=REFUSED, outcome=Outcome.REFUSED, case_ref=channel.case.ref, articles=articles, detail=detail
    )


def printed(content: Content) -> bytes:
    """The report as PDF/UA-1, without the mark of a recipient."""
    with translation.override(str(content.body["language"])):
        html = render_to_string("realtime/report/print.html", {"report": content.body})
        css = render_to_string("cases/papers/print.css") + render_to_string("realtime/report/print.css")
        images = {str(uid): picture for uid, picture in pictures(content.told).items()}
        return to_pdf(html, css=css, variant="pdf/ua-1", images=images)


def _journal_export(reading: Reading, here: Opened, content: Content, paper: ChannelPaper, data: bytes) -> None:
    """One entry per person with exactly the fields that leave, one for all that is about nobody; before they do."""
    catalogue = reading.policy.catalogue
    told = {"channel": str(here.channel.uid), "paper": str(paper.uid), "sha256": hashlib.sha256(data).hexdigest()}
    by_person: dict[str, list[Any]] = {"": []}
    for one in content.told:
        by_person.setdefault(one.subject, []).extend(piece for piece in one.pieces if piece.text is not None)
    entries = [
        reading.entry(
            event=EXPORTED, action=Action.EXECUTE, case_ref=here.channel.case.ref, purpose=here.hearer.purpose,
            subject_ref=f"subject:{person}" if person else "", fields=catalogue.mask({piece.code for piece in pieces}),
            articles=article_texts({piece.ref for piece in pieces}), because=of_member(here.member.uid),
            legal_basis=legal_bases(reading.policy, {piece.ref for piece in pieces}), detail=told,
        )
        for person, pieces in by_person.items()
    ]  # fmt: skip
    keep(entries)
