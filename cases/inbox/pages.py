"""Makes the values that the templates of this room take, from queries alone. No table, no seal, no decision here."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agreements.covenants import labels
from cases.casework.fact_rows import monogram, partner
from cases.casework.pages import case_title, relative_day
from cases.casework.pending import Pending
from cases.inbox.changes import CaseNews, Change
from cases.inbox.models import EscalationState
from cases.inbox.queries import Escalated, Inbox
from foundation import clock
from foundation.workdays import working_days_between

GROUPS = (
    ("late", gettext_lazy("Over datum")),
    ("now", gettext_lazy("Vandaag en morgen")),
    ("week", gettext_lazy("Deze week")),
    ("later", gettext_lazy("Later")),
    ("open", gettext_lazy("Zonder datum")),
)
ICONS = {
    "request": "message-question", "request_late": "message-question", "action": "check", "invitation": "users",
    "minutes": "file-description", "signal": "bell", "triage": "list-details", "review": "eye-check",
    "escalation": "chevrons-up", "extract": "shield-lock", "view": "eye", "break_glass": "bolt",
    "explanation": "message-question", "notice": "pencil", "pledge": "check",
    "pulse": "message-question", "lead": "message-question",
}  # fmt: skip
TONES = {"asked": "", "seen": "info", "decided": "ok", "unanswered": "danger"}
WEEK = 7


def waiting_groups(found: Inbox) -> list[dict[str, Any]]:
    """What waits, in groups by day; a group without lines is not there."""
    titles = {answer.head.number: case_title(answer) for answer in found.news.looked}
    lines: dict[str, list[dict[str, Any]]] = {}
    for item in found.waiting:
        lines.setdefault(_group(item), []).append(waiting_line(item, titles))
    return [{"code": code, "label": label, "lines": lines[code]} for code, label in GROUPS if code in lines]


def _group(item: Pending) -> str:
    if item.overdue:
        return "late"
    if item.due_on is None:
        return "open"
    days = (item.due_on - clock.today()).days
    return "now" if days <= 1 else "week" if days <= WEEK else "later"


def waiting_line(item: Pending, titles: dict[str, str]) -> dict[str, Any]:
    """One thing that waits; titles: of cases by number, where the page shows who they are about."""
    title = titles.get(item.place, "")
    return {
        "what": item.what,
        "place": item.place,
        "title": title if title != item.place else "",
        "url": item.url,
        "icon": ICONS.get(item.kind, "arrow-right"),
        "due": relative_day(item.due_on),
        "overdue": item.overdue,
        "soon": bool(item.due_on and (item.due_on - clock.today()).days <= 1),
    }


def news_line(news: CaseNews) -> dict[str, Any]:
    """One case with its changes."""
    head, title = news.answer.head, case_title(news.answer)
    return {
        "title": title,
        "number": head.number,
        "shows_number": title != head.number,
        "urgency": head.urgency,
        "urgency_label": labels.label("urgency", head.urgency),
        "url": reverse("case", args=[head.number]),
        "seen": news.seen.astimezone(clock.AMSTERDAM) if news.seen else None,
        "changes": [_change(change, head.number) for change in news.changes],
        "read_url": reverse("inbox_read", args=[head.number]),
    }


def change_text(change: Change) -> str:
    """One change in words."""
    n = {"n": change.n}
    simple = {
        "joined": _("Nog niet geopend; u doet mee"),
        "taking": _("doet mee"),
        "left": _("doet niet meer mee"),
        "settled": _("rondde uw vraag af"),
        "closing": _("schreef een afsluiting"),
    }
    if change.kind in simple:
        return simple[change.kind]
    if change.kind == "phase":
        return _("Fase: %(phase)s") % {"phase": labels.label("phase", change.phase)}
    counted = {
        "facts": ngettext("%(n)d gegeven nieuw voor u", "%(n)d gegevens nieuw voor u", change.n),
        "note": ngettext("%(n)d notitie", "%(n)d notities", change.n),
        "decision": ngettext("%(n)d besluit", "%(n)d besluiten", change.n),
        "goal": ngettext("%(n)d doel", "%(n)d doelen", change.n),
        "action": ngettext("%(n)d actie", "%(n)d acties", change.n),
        "attachment": ngettext("%(n)d bijlage", "%(n)d bijlagen", change.n),
    }
    return counted[change.kind] % n


_PLACES = {
    "note": "case_requests", "settled": "case_requests", "goal": "case_plan", "action": "case_plan",
    "closing": "case_plan", "decision": "case_plan", "phase": "case_timeline", "taking": "case_participants",
    "left": "case_participants", "attachment": "case_attachments",
}  # fmt: skip


_BY_DAY = frozenset({"phase", "taking", "left"})


def _change(change: Change, number: str) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "text": change_text(change),
        "sources": [monogram(source) for source in change.sources],
        "when": _when(change),
        "url": reverse(_PLACES.get(change.kind, "case"), args=[number]),
    }


def _when(change: Change) -> str:
    """When it was: the day, and the time where that says something."""
    if change.when is None:
        return ""
    when = change.when.astimezone(clock.AMSTERDAM)
    if change.kind == "joined":
        return _("sinds %(day)s") % {"day": date_format(when)}
    return date_format(when, "DATE_FORMAT" if change.kind in _BY_DAY else "SHORT_DATETIME_FORMAT")


def counts(found: Inbox) -> list[str]:
    """The head of the inbox in words: what waits, what is late, how many cases changed."""
    waiting, late = len(found.waiting), sum(item.overdue for item in found.waiting)
    changed = len(found.news.cases)
    lines = [
        ngettext("%(n)d ding wacht op u", "%(n)d dingen wachten op u", waiting) % {"n": waiting} if waiting else "",
        ngettext("%(n)d over datum", "%(n)d over datum", late) % {"n": late} if late else "",
        ngettext("%(n)d casus veranderde", "%(n)d casussen veranderden", changed) % {"n": changed} if changed else "",
    ]
    return [line for line in lines if line]


def fresh_label(n: int) -> str:
    """ "3 nieuwe, toon"."""
    return ngettext("%(n)d nieuw bericht, toon", "%(n)d nieuwe berichten, toon", n) % {"n": n}


def escalation_line(found: Escalated) -> dict[str, Any]:
    """One escalation with its clock."""
    return {
        "number": found.number,
        "question": found.question,
        "decision": found.decision,
        "asker": found.asker,
        "answerer": found.answerer,
        "asked_at": found.asked_at,
        "decided_at": found.decided_at,
        "state_label": str(EscalationState(found.state).label),
        "tone": TONES[found.state],
        "clock": "" if found.decision else clock_words(found.answer_by),
        "late": found.late,
        "raised": found.level > 1,
        "blocked_by": partner(found.blocked_by.type) | {"name": found.blocked_by.name} if found.blocked_by else None,
        "url": reverse("escalation", args=[found.uid]),
        "is_mine": found.is_mine,
        "may_decide": found.may_decide,
    }


def clock_words(answer_by: date) -> str:
    """How long the leadership still has, in working days."""
    left = working_days_between(clock.today(), answer_by)
    if left > 0:
        return ngettext("nog %(n)d werkdag", "nog %(n)d werkdagen", left) % {"n": left}
    if answer_by >= clock.today():
        return _("antwoord vandaag")
    late = max(-left, 1)
    return ngettext("%(n)d werkdag te laat", "%(n)d werkdagen te laat", late) % {"n": late}
