"""What the page of numbers takes: the tables in words."""

from typing import Any

from django.utils.translation import gettext as _

from agreements.covenants import labels
from cases.numbers.queries import Line, Numbers, Table
from cases.numbers.words import of_code


def page_of(found: Numbers) -> dict[str, Any]:
    """The context of numbers.html."""
    titles = {"phase": _("Casussen per fase"), "urgency": _("Casussen naar urgentie"), "kind": _("Casussen naar soort")}
    return {
        "tables": [_table(table, titles[table.name]) for table in found.tables],
        "actions": _table(found.actions, _("Acties")),
        "goals": _table(found.goals, _("Doelen")),
        "lead_times": [
            {
                "phase": labels.label("phase", line.phase),
                "days": line.own_days,
                "n": line.n_own,
                "weeks": line.weeks,
            }
            for line in found.lead_times
        ],
        "overdue": found.overdue,
        "settled": found.settled,
        "on_time": found.on_time,
        "share": round(100 * found.on_time / found.settled) if found.settled else None,
        "whole_house": found.whole_house,
        "at": found.at,
    }


def _table(table: Table, title: str) -> dict[str, Any]:
    highest = max((line.own for line in table.lines), default=0)
    return {
        "name": table.name,
        "title": title,
        "lines": [_line(table.name, line) for line in table.lines],
        "own": table.own,
        "whole": table.whole,
        "highest": max(highest, 1),
    }


def _line(name: str, line: Line) -> dict[str, Any]:
    return {"label": of_code(name, line.code), "own": line.own, "whole": line.whole}
