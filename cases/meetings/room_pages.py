"""Makes the values that the screens of a running meeting take, from what queries answered. No table, no decision."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.covenants import labels
from agreements.covenants.standing import covenant_lines
from agreements.models import Agency
from agreements.policy.catalogue import Catalogue
from cases.casework.fact_rows import fact_row, language, monogram
from cases.casework.pages import case_title, person_label, relative_day
from cases.disclosure.answer import Answer, Disclosure, Fact, Source, Withheld
from cases.disclosure.reading import Reading
from cases.meetings.domains import life_domains
from cases.meetings.models import ItemState, Stance
from cases.meetings.presence import Present
from cases.meetings.room_answers import AgendaLine, Stage, Stand, View, Words
from cases.meetings.room_seats import Chair, Sitting
from cases.plans.rules import ZRM
from foundation import clock

IN_TITLE = frozenset({"full_name", "date_of_birth"})
WALL, CHAIR, ALONG = "scherm", "voorzitter", "mee"
ADDRESSES = {WALL: "meeting_screen", CHAIR: "meeting_room", ALONG: "meeting_along"}


def frame(reading: Reading, stage: Stage, *, kind: str) -> dict[str, Any]:
    """What every screen takes: the meeting, the item that is on, the agenda, the clock, the addresses."""
    meeting, item = stage.meeting, stage.item
    page = reverse(ADDRESSES[kind], args=[meeting.uid])
    starts = (meeting.started_at or meeting.starts_at).astimezone(clock.AMSTERDAM)
    left = starts + timedelta(minutes=meeting.minutes) - reading.at
    agenda = [_agenda_line(line, reading) for line in stage.agenda]
    return {
        "meeting": {
            "uid": str(meeting.uid), "title": meeting.title, "date": date_format(starts, "l j F Y"),
            "chair": meeting.chair.name, "state": meeting.state, "revision": meeting.revision,
            "time": date_format(reading.at.astimezone(clock.AMSTERDAM), "H:i"),
            "left": max(0, int(left.total_seconds() // 60)), "url": reverse("meeting", args=[meeting.uid]),
        },
        "kind": kind,
        "page_url": page,
        "part_urls": {part: f"{page}?deel={part}" for part in ("kop", "feiten", "woorden")},
        "socket": f"/ws/overleg/{meeting.uid}/{kind}/",
        "state_url": reverse("meeting_state", args=[meeting.uid]),
        "run_url": reverse("meeting_run", args=[meeting.uid]),
        "screen_url": reverse("meeting_screen", args=[meeting.uid]),
        "room_url": reverse("meeting_room", args=[meeting.uid]),
        "along_url": reverse("meeting_along", args=[meeting.uid]),
        "leads": stage.leads, "sits": stage.sits, "agenda": agenda,
        "now": next((line for line in agenda if line["is_now"]), None),
        "item": _item(item) if item is not None else None,
        "waits": any(line.state == ItemState.WAITING for line in stage.agenda),
        "all_take_part": stage.all_take_part,
    }  # fmt: skip


def _item(item: Any) -> dict[str, Any]:
    urls = {
        name: reverse(f"meeting_{name}", args=[item.uid])
        for name in ("attendance", "line", "line_read", "joint_view", "views", "position", "park")
    }
    return {
        "uid": str(item.uid), "title": item.title, "has_case": item.case_id is not None, "urls": urls,
        "case_url": reverse("case", args=[item.case.number]) if item.case else "",
    }  # fmt: skip


def _agenda_line(line: AgendaLine, reading: Reading) -> dict[str, Any]:
    running = (reading.at - line.running_since).total_seconds() if line.running_since else 0
    used = line.seconds_used + max(0, int(running))
    return {
        "uid": str(line.uid), "place": line.place, "title": line.title or line.number or _("Casus"),
        "is_case": not line.title, "minutes": line.minutes, "seconds": used, "most": line.minutes * 60,
        "used": f"{used // 60}:{used % 60:02d}", "used_minutes": round(used / 60),
        "is_running": line.running_since is not None, "is_now": line.is_current,
        "is_done": line.state == ItemState.DONE, "is_moved": line.state == ItemState.MOVED,
        "is_over": used > line.minutes * 60,
    }  # fmt: skip


def present(stage: Stage, reading: Reading) -> dict[str, Any]:
    """Who counts, and the sentence about it. The agency that leads looks along whether it is on the list or not."""
    codes = {of.code for of in stage.present} | {reading.visit.agency.code}
    n = len(codes)
    said = ngettext(
        "Dit scherm toont wat u mag zien. Er is nog geen partner aangemeld.",
        "Dit scherm toont alleen wat alle %(n)d aanwezige partners mogen zien.", n,
    )  # fmt: skip
    return {"agencies": [_present(of) for of in stage.present], "n": n, "said": said % {"n": n} if n > 1 else said}


def _present(of: Present) -> dict[str, Any]:
    return {
        "agency": monogram(Source(code=of.code, type=of.type, name=of.name)),
        "people": [name for _ref, name in of.people],
        "waits": of.waits_for_release,
    }


def sitting(found: Iterable[Sitting]) -> list[dict[str, Any]]:
    """The list of attendance with what can be done about each."""
    return [
        {
            "row": one.row, "agency": chip(one.agency), "code": one.agency.code, "name": one.name,
            "is_mine": one.is_mine, "by_link": one.by_link, "waits": one.waits, "takes_part": one.takes_part,
            "accepted": one.accepted, "short": labels.label("agency_type", one.agency.type),
        }
        for one in found
    ]  # fmt: skip


def chairs(found: Iterable[Chair]) -> list[dict[str, Any]]:
    """Who could come in."""
    return [
        {
            "agency": chip(one.agency), "code": one.agency.code, "third": one.third, "people": one.people,
            "guests": one.guests, "only": one.people[0] if len(one.people) == 1 and not one.guests else None,
        }
        for one in found
    ]  # fmt: skip


def chip(agency: Agency) -> dict[str, str]:
    """An agency as a monogram takes it."""
    return {"monogram": agency.monogram or agency.type, "name": agency.name, "type": agency.type}


def facts(reading: Reading, answer: Answer | None, *, wall: bool) -> dict[str, Any]:
    """The title of the case and its facts in the order of the catalogue; those in the title are not said twice."""
    if answer is None:
        return {"title": "", "facts": [], "n_announced": 0, "purpose": "", "phase": "", "lines": []}
    catalogue, number = reading.policy.catalogue, answer.head.number
    rows = [
        _fact(reading, fact, person, place, number=number)
        for place, person in enumerate(answer.disclosures, 1)
        for fact in person.facts
        # On one's own device the list is whole; on the wall what the title says is not said twice.
        if not (wall and fact in _in_a_name(person))
    ]
    order = {known.bit: place for place, known in enumerate(catalogue.fields)}
    lines = covenant_lines(reading.policy, codes=answer.head.covenants, purpose=answer.purpose, at=reading.at)
    return {
        "title": case_title(answer), "number": number, "n_announced": answer.n_announced,
        "facts": sorted(rows, key=lambda row: (row["group"], order[row["bit"]])),
        "purpose": labels.label("purpose", answer.purpose) if answer.purpose else "",
        "phase": labels.label("phase", answer.head.phase),
        # On the wall until when it lasts is no matter.
        "lines": [line.partition(" · ")[0] for line in lines] if wall else lines,
    }  # fmt: skip


def _in_a_name(person: Disclosure) -> list[Fact]:
    """The facts that are said by the name and age of a person: in the title, or beside their other facts."""
    if person.subject is None:
        return []
    first = {fact.code: fact for fact in reversed(person.facts) if fact.code in IN_TITLE}
    if person.role != "subject":
        # The name is a line of its own there, with the age in it.
        return [first["date_of_birth"]] if len(first) == 2 else []
    return list(first.values())


def _fact(reading: Reading, fact: Fact, person: Disclosure, place: int, *, number: str) -> dict[str, Any]:
    """One fact; a person beside the one the case is about is named once, with the age that is known."""
    row = fact_row(fact, reading.policy.catalogue, number=number, person=person.subject)
    who = person_label(person, place) if person.subject is not None and person.role != "subject" else ""
    named = who and fact == next((one for one in person.facts if one.code == "full_name"), None)
    if named:
        row = replace(row, label=_("Directe kring"), value=who)
    return {"row": row, "bit": fact.bit, "group": who, "who": "" if named else who}


def words(reading: Reading, found: Words, stage: Stage) -> dict[str, Any]:
    """Views by life domain, decisions, actions and parked points of the item."""
    named = life_domains(reading.policy.catalogue, english=language() == "en")
    present = [of for of in stage.present if of.code != stage.meeting.lead.code]
    names = {of.code: of.name for of in stage.present}
    joint = {view.domain: view for view in found.views if view.joint}
    own = reading.visit.agency.code
    return {
        "joint": [
            _joint(joint[code], label, present, names, own) for code, label in named.items() if code in joint
        ],
        "views": [
            {
                "label": label,
                "views": [_own_view(view) for view in found.views if not view.joint and view.domain == code],
            }
            for code, label in named.items()
            if any(not view.joint and view.domain == code for view in found.views)
        ],
        "decisions": [
            {
                "uid": str(one.uid), "number": one.number, "text": str(one.fact.value), "article": article(one.fact),
                **stands(one.positions, present, own),
            }
            for one in found.decisions
        ],
        "tasks": [
            {
                "number": one.number, "text": str(one.fact.value), "owner": chip(one.owner),
                "owner_name": one.owner_name.split()[0] if one.owner_name else "",
                "due": date_format(one.due_on, "D j b"), "due_label": relative_day(one.due_on),
            }
            for one in found.tasks
        ],
        "parked": [
            {"uid": str(one.uid), "text": str(one.fact.value), "source": monogram(one.fact.source)}
            for one in found.parked
        ],
        "domains": [{"code": code, "label": label} for code, label in named.items()],
        "stances": [(value, label) for value, label in Stance.choices],
    }  # fmt: skip


def article(fact: Any) -> str:
    """Under which article words are known; one's own need none."""
    return _("art. %(nr)s") % {"nr": fact.article.article} if fact.article.covenant else ""


def _joint(view: View, label: str, present: list[Present], names: dict[str, str], own: str) -> dict[str, Any]:
    return {
        "uid": str(view.uid), "domain": view.domain, "label": label, "text": str(view.fact.value),
        "version": view.version, "article": article(view.fact), **stands(view.positions, present, own),
        "unheard": [names.get(code, code) for code in view.unheard],
    }  # fmt: skip


def _own_view(view: View) -> dict[str, Any]:
    return {
        "source": monogram(view.fact.source), "text": str(view.fact.value), "score": view.score,
        "article": article(view.fact), "is_own": view.fact.is_own,
    }  # fmt: skip


def stands(found: Iterable[Stand], present: list[Present], own: str) -> dict[str, Any]:
    """Who endorses, who dissents and why, and who of those present did not say yet."""
    all_of = list(found)
    said = {stand.agency.code for stand in all_of}
    return {
        "agree": [chip(stand.agency) for stand in all_of if stand.stance == Stance.AGREES],
        "dissent": [
            {"agency": chip(stand.agency), "reason": stand.reason}
            for stand in all_of
            if stand.stance == Stance.DISSENTS
        ],
        "abstain": [chip(stand.agency) for stand in all_of if stand.stance == Stance.ABSTAINS],
        "silent": [monogram(Source(code=of.code, type=of.type, name=of.name)) for of in present if of.code not in said],
        "mine": next((stand.stance for stand in all_of if stand.agency.code == own), ""),
    }


def withheld(found: Iterable[Withheld], stage: Stage) -> list[str]:
    """For who leads: "2 omdat Onderwijs aanwezig is", "7 om meer dan één partner"."""
    names = {of.code: labels.label("agency_type", of.type) for of in stage.present}
    return [
        _("%(n)d omdat %(agency)s aanwezig is") % {"n": one.facts, "agency": names.get(one.agency, one.agency)}
        if one.agency
        else _("%(n)d om meer dan één partner") % {"n": one.facts}
        for one in found
    ]


def own_forms(catalogue: Catalogue, found: Words, *, own: str) -> list[dict[str, Any]]:
    """A form for each life domain with what one's own agency said there."""
    mine = {view.domain: view for view in found.views if not view.joint and view.fact.source.code == own}
    return [
        {
            "code": code, "label": label, "text": str(mine[code].fact.value) if code in mine else "",
            "score": mine[code].score if code in mine else None, "scores": ZRM,
        }
        for code, label in life_domains(catalogue, english=language() == "en").items()
    ]  # fmt: skip
