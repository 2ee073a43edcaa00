"""Makes the values that the templates of this room take, from queries alone. No table, no seal, no decision here."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements.policy.catalogue import Catalogue
from agreements.policy.question import Grade
from cases.casework.fact_rows import language, monogram, partner
from cases.casework.pages import relative_day
from cases.disclosure.answer import Source
from cases.requests.foresight import Foreseen
from cases.requests.models import Ground, RequestState
from cases.requests.queries import Askable, Asked, Noted, ToAnswer
from foundation import clock

TONES = {"open": "", "answered": "ok", "partly": "warn", "refused": "", "withdrawn": ""}
GRADES = {
    Grade.VISIBLE: gettext_lazy("U leest het antwoord"),
    Grade.ANNOUNCED: gettext_lazy("U ziet alleen dat het er is"),
    Grade.SILENT: gettext_lazy("U leest het antwoord niet"),
}


def request_line(found: Asked, catalogue: Catalogue, *, number: str) -> dict[str, Any]:
    """One question on the page of the case."""
    return {
        "asker": monogram(found.asker),
        "asked": monogram(found.asked),
        "by": found.by,
        "direction": _direction(found),
        "why": str(found.why.value) if found.why else "",
        "why_article": _article(found.why),
        "fields": _fields(found, catalogue),
        "state_label": _("Afgerond") if found.closed else str(RequestState(found.state).label),
        "tone": TONES.get(found.state, ""),
        "is_open": found.state == RequestState.OPEN,
        "due": relative_day(found.due_on),
        "overdue": found.overdue,
        "soon": 0 <= (found.due_on - clock.today()).days <= 1,
        "asked_at": found.asked_at.astimezone(clock.AMSTERDAM),
        "settled_at": found.settled_at.astimezone(clock.AMSTERDAM) if found.settled_at else None,
        "ground": str(Ground(found.ground).label) if found.ground else "",
        "reply": str(found.reply.value) if found.reply else "",
        "reply_article": _article(found.reply),
        "url": reverse("request_answer", args=[number, found.uid]),
        "answer_url": reverse("request_answer", args=[number, found.uid]) if found.for_me else "",
        "withdraw_url": reverse("request_withdraw", args=[number, found.uid]) if found.is_mine else "",
        "for_me": found.for_me,
        "is_mine": found.is_mine,
    }


def counts(found: tuple[Asked, ...]) -> list[str]:
    """What stands open, in words: for me, and of mine."""
    mine = sum(asked.for_me and asked.state == RequestState.OPEN for asked in found)
    waiting = sum(asked.is_mine and asked.state == RequestState.OPEN for asked in found)
    lines = []
    if mine:
        lines.append(ngettext("%(n)d vraag wacht op u", "%(n)d vragen wachten op u", mine) % {"n": mine})
    if waiting:
        lines.append(
            ngettext("%(n)d eigen vraag staat open", "%(n)d eigen vragen staan open", waiting) % {"n": waiting}
        )
    return lines


def note_line(found: Noted, *, number: str) -> dict[str, Any]:
    """One note."""
    fact = found.fact
    return {
        "text": str(fact.value),
        "source": monogram(fact.source),
        "when": fact.given_at.astimezone(clock.AMSTERDAM),
        "article": _article(fact),
        "own_only": found.own_only,
        "is_new": fact.is_new,
        "withdraw_url": reverse("note_withdraw", args=[number, fact.contribution]) if fact.is_own else "",
    }


def readers(types: tuple[str, ...]) -> list[dict[str, str]]:
    """Agencies as monograms."""
    return [partner(type_) for type_ in types]


def ask_groups(found: Askable, catalogue: Catalogue, *, chosen: frozenset[str]) -> dict[str, Any]:
    """The fields that may be asked: those whose answer one would know of by life domain, then the others."""
    mine = [item for item in found.fields if item.grade != Grade.SILENT]
    rest = [item for item in found.fields if item.grade == Grade.SILENT]
    return {
        "mine": _by_domain(mine, catalogue, chosen),
        "rest": _by_domain(rest, catalogue, chosen),
        "rest_open": any(item.field.code in chosen for item in rest),
        "n_rest": len(rest),
    }


def agency_choices(found: Askable, *, number: str, person: str) -> list[dict[str, Any]]:
    """The agencies one may ask, as links."""
    about = f"&over={person}" if person else ""
    return [
        {
            "agency": monogram(source),
            "url": f"{reverse('request_add', args=[number])}?aan={source.code}{about}",
            "active": found.chosen is not None and found.chosen.code == source.code,
        }
        for source in found.agencies
    ]


def person_choices(found: Askable, *, number: str, person: str) -> list[dict[str, Any]]:
    """The persons whom it may be about, as links; none in an area."""
    people = found.place.people
    if not people or found.chosen is None:
        return []
    present = person or people[0][0]
    return [
        {
            "label": label,
            "url": f"{reverse('request_add', args=[number])}?aan={found.chosen.code}&over={uid}",
            "active": uid == present,
        }
        for uid, label in people
    ]


def why_note(found: Askable) -> str:
    """Who will read the words of the question."""
    if found.chosen is None:
        return ""
    if found.chosen.code in found.reads_why:
        return _("%(who)s leest uw vraag. Verder ziet alleen de procesregisseur dat u dit vraagt.") % {
            "who": found.chosen.name
        }
    return _("%(who)s ziet welke gegevens u vraagt, maar leest uw woorden niet: het convenant deelt die niet.") % {
        "who": found.chosen.name
    }


def answer_page(found: ToAnswer, catalogue: Catalogue) -> dict[str, Any]:
    """One question on a page of its own."""
    number, asked = found.case.number, found.request
    line = request_line(asked, catalogue, number=number)
    missing = [code for code in asked.fields if code not in found.given_so_far]
    given = found.given_so_far or asked.given
    about = f"&persoon={asked.subject}" if asked.subject else ""
    return line | {
        "fields": _fields(asked, catalogue, given=given),
        "complete": not missing,
        "nothing": not found.given_so_far,
        "contribute_url": (
            f"{reverse('contribution_add', args=[number])}?velden={','.join(missing or asked.fields)}"
            f"&vraag={asked.uid}{about}"
        ),
        "may_answer": asked.for_me and asked.state == RequestState.OPEN,
        "may_withdraw": asked.is_mine and asked.state == RequestState.OPEN,
    }


def _direction(found: Asked) -> str:
    words: dict[str, Source | str] = {"asker": found.asker.name, "asked": found.asked.name}
    if found.for_me:
        return _("%(asker)s vraagt u") % words
    if found.is_mine:
        return _("U vroeg %(asked)s") % words
    return _("%(asker)s vroeg %(asked)s") % words


def _fields(found: Asked, catalogue: Catalogue, *, given: tuple[str, ...] | None = None) -> list[dict[str, Any]]:
    known = found.given if given is None else given
    return [
        {"label": catalogue.by_code[code].label(language()), "given": code in known, "code": code}
        for code in found.fields
    ]


def _article(fact: Any) -> str:
    if fact is None:
        return ""
    return _("eigen") if fact.is_own else _("art. %(nr)s") % {"nr": fact.article.article}


def _by_domain(items: list[Foreseen], catalogue: Catalogue, chosen: frozenset[str]) -> list[dict[str, Any]]:
    english = language() == "en"
    found = []
    for domain in catalogue.domains:
        rows = [_ask_row(item, chosen) for item in items if item.field.section in domain.sections]
        if rows:
            label = domain.label_en if english else domain.label_nl
            found.append({"code": domain.code, "label": label, "rows": rows})
    return found


def _ask_row(item: Foreseen, chosen: frozenset[str]) -> dict[str, Any]:
    article = _("art. %(nr)s") % {"nr": item.article.article} if item.article else ""
    return {
        "code": item.field.code,
        "label": item.field.label(language()),
        "checked": item.field.code in chosen,
        "grade": str(item.grade),
        "grade_label": GRADES[item.grade],
        "article": article,
        "others": readers(item.others),
    }
