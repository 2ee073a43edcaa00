"""Makes the values that the templates of meetings take, from what queries answer. No table, no decision here."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.covenants import labels
from cases.casework.fact_rows import monogram, partner
from cases.casework.pages import case_title, relative_day
from cases.disclosure.answer import Answer
from cases.meetings.models import Answer as Reply
from cases.meetings.models import ItemState, MeetingState
from cases.meetings.queries import Guest, MeetingLine, waits_for_answer
from cases.meetings.queries_agenda import ItemLine, MeetingPage, Proposal
from cases.plans.models import ActionState
from foundation import clock

SHORT_NAME = 3
"""Words of a name shorter than this are not looked for in a title."""


def link_to(name: str, *args: Any) -> str:
    """The address of a page that another part of the house brings; "" while it is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def day_of(at: datetime) -> str:
    """The day as people say it."""
    day = at.astimezone(clock.AMSTERDAM).date()
    days = (day - clock.today()).days
    return relative_day(day) if days in (0, 1) else date_format(day, "l j F")


def span(starts: datetime, ends: datetime) -> str:
    """From when until when, in the Netherlands."""
    return f"{_time(starts)}\N{EN DASH}{_time(ends)}"


def _time(at: datetime) -> str:
    return time_format(at.astimezone(clock.AMSTERDAM), "H:i")


def meeting(line: MeetingLine) -> dict[str, Any]:
    """A meeting for a list or the head of its page."""
    coming = [guest for guest in line.guests if guest.answer in (Reply.ROOM, Reply.LINK)]
    url = reverse("meeting", args=[line.uid])
    return {
        "uid": line.uid,
        "title": line.title,
        "url": url,
        "day": day_of(line.starts),
        "date": date_format(line.starts.astimezone(clock.AMSTERDAM).date()),
        "time": _time(line.starts),
        "span": span(line.starts, line.ends),
        "place": line.place,
        "link": line.link,
        "state": line.state,
        "state_label": MeetingState(line.state).label,
        "lead": monogram(line.lead),
        "chair": line.chair,
        "leads": line.leads,
        "n_cases": ngettext("%(n)d casus", "%(n)d casussen", line.n_cases) % {"n": line.n_cases}
        if line.n_cases
        else "",
        "minutes": ngettext("%(n)d minuut", "%(n)d minuten", line.minutes) % {"n": line.minutes},
        "coming": _once(coming),
        "absent": _once([guest for guest in line.guests if guest.answer == Reply.NO], but=coming),
        "waiting": _once([guest for guest in line.guests if guest.answer == Reply.NONE], but=coming),
        "asks_me": waits_for_answer(line),
        "my_answer": line.my_answer,
        "my_answer_label": Reply(line.my_answer).label if line.my_answer else "",
        "answer_url": reverse("meeting_answer", args=[line.uid]),
        "room_url": _room(line),
        "minutes_url": link_to("minutes", line.uid) if line.state == "ended" and line.has_minutes else "",
        "secrecy": line.secrecy,
    }


def _room(line: MeetingLine) -> str:
    """Where the meeting runs: who leads it starts it there, others go along once it runs."""
    if line.leads:
        return link_to("meeting_room", line.uid) if line.state in ("planned", "running") else ""
    return link_to("meeting_along", line.uid) if line.state == "running" else ""


def _once(guests: list[Guest], but: list[Guest] | None = None) -> list[dict[str, str]]:
    """Each agency once; not those of whom somebody else is named already."""
    named = {guest.agency.code for guest in but or ()}
    return list({g.agency.code: monogram(g.agency) for g in guests if g.agency.code not in named}.values())


def guests(line: MeetingLine) -> list[dict[str, Any]]:
    """Who was invited, by agency, with what they answered."""
    found: dict[str, dict[str, Any]] = {}
    for guest in line.guests:
        group = found.setdefault(guest.agency.code, {"agency": monogram(guest.agency), "people": []})
        group["people"].append(
            {
                "id": guest.id,
                "name": guest.people or _("wie de organisatie stuurt"),
                "answer": guest.answer,
                "answer_label": Reply(guest.answer).label,
            }
        )
    return list(found.values())


def items(page: MeetingPage) -> list[dict[str, Any]]:
    """The reader's items of the agenda."""
    return [_item(found) for found in page.items]


def _item(found: ItemLine) -> dict[str, Any]:
    reads = found.answer is not None
    views = link_to("meeting_views", found.uid) if reads and found.state == ItemState.WAITING else ""
    return {
        "uid": found.uid,
        "number": found.number,
        "time": _time(found.starts),
        "minutes": found.minutes,
        "state": found.state,
        "state_label": ItemState(found.state).label,
        "waits": found.state == ItemState.WAITING,
        "title": item_title(found),
        "case_number": found.case_number,
        "case_url": case_url(found),
        "point": found.point,
        "third": found.third,
        "closed": found.closed,
        "phase_label": labels.label("phase", found.answer.head.phase) if found.answer else "",
        "partners": [monogram(source) for source in found.partners],
        "asked_by": found.asked_by.astimezone(clock.AMSTERDAM) if found.asked_by else None,
        "asks": bool(found.asked_by and found.asked_by > clock.now() and not found.prepared),
        "prepared": found.prepared,
        "views_url": views,
        "actions": [
            {
                "text": action.text,
                "owner": monogram(action.owner),
                "person": action.person,
                "due": date_format(action.due_on),
                "due_label": relative_day(action.due_on),
                "overdue": action.state == ActionState.OPEN and action.due_on < clock.today(),
                "state": action.state,
                "state_label": ActionState(action.state).label,
            }
            for action in found.actions
        ],
    }


def item_title(found: ItemLine) -> str:
    """What the reader calls an item: who the case is about, as far as they may know; else its number."""
    if found.point:
        return found.point
    return case_title(found.answer) if found.answer else found.case_number


def case_url(found: ItemLine) -> str:
    """The page of the case, for a participant or a third party."""
    if found.answer is not None:
        return reverse("case", args=[found.case_number])
    return reverse("partner_case", args=[found.case_number]) if found.third and not found.closed else ""


def balance(page: MeetingPage) -> dict[str, Any]:
    """The minutes of the agenda beside those of the meeting, for who leads it."""
    total, planned = page.total or 0, page.planned or 0
    over = total - planned
    if over > 0:
        text = ngettext("%(n)d minuut te veel", "%(n)d minuten te veel", over) % {"n": over}
    elif over < 0:
        text = ngettext("nog %(n)d minuut vrij", "nog %(n)d minuten vrij", -over) % {"n": -over}
    else:
        text = _("precies vol")
    return {"total": total, "planned": planned, "text": text, "over": over > 0}


def candidate(answer: Answer) -> dict[str, Any]:
    """A case that can be put on the agenda."""
    head, title = answer.head, case_title(answer)
    return {
        "number": head.number,
        "title": title,
        "district": head.district,
        "urgency": head.urgency,
        "urgency_label": labels.label("urgency", head.urgency),
        "phase_label": labels.label("phase", head.phase),
        "phase_since": head.phase_since,
        "partners": [partner(type_) for type_ in head.partners],
    }


def proposal(found: Proposal) -> dict[str, Any]:
    """Somebody whom the agenda suggests to invite."""
    return {
        "value": f"{found.agency.code} {found.person_uuid}".strip(),
        "agency": monogram(found.agency),
        "person": found.person or _("wie de organisatie stuurt"),
        "cases": ", ".join(found.cases),
        "third": found.third,
    }


def named_in(texts: list[str], page: MeetingPage) -> list[str]:
    """Words of the names on this agenda, as far as its chair knows them, that stand in texts that may name nobody."""
    names = {
        word.lower()
        for found in page.items
        if found.answer is not None and not found.answer.head.label
        for person in found.answer.disclosures
        for word in re.findall(r"\w+", str(person.first("full_name") or ""))
        if len(word) > SHORT_NAME
    }
    typed = [word for text in texts for word in re.findall(r"\w+", text)]
    return [word for word in dict.fromkeys(typed) if word.lower() in names]


def default_term(starts: datetime) -> datetime:
    """The end of the working day before the meeting, until when partners usually prepare; else its beginning."""
    day = starts.astimezone(clock.AMSTERDAM) - timedelta(days=1)
    usual = day.replace(hour=17, minute=0, second=0, microsecond=0)
    return usual if usual > clock.now() else starts
