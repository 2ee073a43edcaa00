"""What the pages of retention take: numbers, dates and articles in words. No person is named."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.retention.calendar import Line
from cases.retention.models import Destruction, DestructionState, Ground, RetentionHold, Scope
from cases.retention.queries import Overview


def of_calendar(found: Overview) -> dict[str, Any]:
    """The context of calendar.html."""
    warnings = {
        "overdue": (_("nu"), "danger"),
        "one_month": (_("binnen een maand"), "warn"),
        "three_months": (_("binnen drie maanden"), ""),
        "twelve_months": (_("binnen een jaar"), ""),
    }
    return {
        "lines": [_line(line, found, warnings) for line in found.lines],
        "refused": [_running(item, found) for item in found.refused],
        "asked": [
            {
                "number": item.renewal.case.number,
                "until": item.renewal.until,
                "url": reverse("renewal_answer", args=[item.renewal.uid]),
            }
            for item in found.asked
        ],
        "done": [
            {
                "number": item.case.number,
                "scope": Scope(item.scope).label,
                "done_at": item.done_at,
                "hash": item.hash[:16],
                "url": reverse("destruction_certificate", args=[item.uid]),
            }
            for item in found.done
        ],
        "holds": [
            {
                "number": item.case.number,
                "reason": RetentionHold.Reason(item.reason).label,
                "review_on": item.review_on,
                "lift_url": reverse("retention_lift", args=[item.case.number]) if found.may_propose else "",
            }
            for item in found.holds
        ],
    }


def _line(line: Line, found: Overview, warnings: dict[str, tuple[str, str]]) -> dict[str, Any]:
    word, tone = warnings.get(line.warning, ("", ""))
    due = line.warning == "overdue"
    number = line.case.number
    is_person = line.scope == Scope.PERSON
    return {
        "number": number,
        "scope": Scope(line.scope).label,
        "kind": line.scope,
        "subject": line.subject or "",
        "ground": Ground(line.ground).label,
        "article": line.article,
        "first": line.first,
        "due_on": line.due_on,
        "warning": word,
        "tone": tone,
        "held": line.held,
        "running": _running(line.running, found) if line.running else None,
        "propose_url": reverse("destruction_propose", args=[number])
        if due and found.may_propose and not line.held and not line.running
        else "",
        "hold_url": reverse("retention_hold", args=[number]) if found.may_propose and not line.held else "",
        "renew_url": reverse("renewal_ask", args=[number]) if is_person and found.may_propose else "",
    }


def _running(item: Destruction, found: Overview) -> dict[str, Any]:
    waits = item.state == DestructionState.PROPOSED
    return {
        "number": item.case.number,
        "state": DestructionState(item.state).label,
        "proposed_by": item.proposed_by.name,
        "approve_url": reverse("destruction_approve", args=[item.uid])
        if waits and found.may_approve and item.proposed_by_id != found.who
        else "",
        "stop_url": reverse("destruction_stop", args=[item.uid]),
    }


def of_certificate(found: Destruction) -> dict[str, Any]:
    """The context of certificate.html."""
    content = found.certificate or {}
    return {
        "number": found.case.number,
        "scope": Scope(found.scope).label,
        "ground": Ground(found.ground).label,
        "article": found.article,
        "due_on": found.due_on,
        "done_at": found.done_at,
        "proposed_by": found.proposed_by.name,
        "approved_by": found.approved_by.name if found.approved_by else "",
        "source": found.source.name if found.source else "",
        "hash": found.hash,
        "rows": [{"table": table.removeprefix("cases_"), "n": n} for table, n in content.get("rows", {}).items()],
        "total": sum(content.get("rows", {}).values()),
    }
