"""Why a read was somebody's work (audit.journal.reasons): what the request knows first, then one query for the rest.

Rooms that hold facts of their own hand in a select with `supply_fact`; nothing here opens a fact.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL

from agreements.parties.reader import Visit
from audit.journal.entry import Because, Entry
from audit.journal.reasons import ReasonCode
from foundation import clock

MEETING_SPAN = timedelta(days=14)
"""How far from a meeting on the case a read still belongs to it. Source: audit design, section 7 (R4)."""

LISTS = frozenset({
    "case.list", "case.closed_list", "case.progress", "search.asked", "search.hit", "signal.list", "actions.list",
    "known_check.list", "meeting.agenda", "purpose.asked", "impact.read", "numbers.read", "retention.read",
    "inbox.read", "inbox.fresh", "extract.list",
})  # fmt: skip
"""Events that show a list: nobody in it was picked out, so that the agency takes part is reason enough."""

_MOMENT = re.compile(r"\{(since|until)\}")
_ORDER = {code: place for place, code in enumerate(ReasonCode)}
_facts: dict[str, tuple[ReasonCode, str]] = {
    "given": (
        ReasonCode.INTAKE,
        """SELECT 'contribution:' || CAST(x.uid AS text) FROM cases_contribution x
        WHERE x.case_id = {case} AND x.entered_by_id = {person} AND x.withdrawn_at IS NULL LIMIT 1""",
    ),
    "pushed": (
        ReasonCode.INTAKE,
        """SELECT 'extract:' || CAST(x.uid AS text) FROM cases_extract x
        WHERE x.case_id = {case} AND x.recipient_id = {agency} AND x.revoked_at IS NULL LIMIT 1""",
    ),
}


_duties: dict[str, Because] = {}


def supply_duty(event: str, because: Because) -> None:
    """Hand in an event that is itself the work of who reads, such as answering a request of the person concerned."""
    _duties[event] = because


def supply_fact(name: str, code: ReasonCode, select: str) -> None:
    """Hand in where a fact stands that makes a read somebody's work; a second call replaces the first.

    select: SQL of one reference ("action:<uid>") or no row. `{case}`, `{person}` and `{agency}` stand for the ids of
        the case and of who reads, `{since}` and `{until}` for the moments MEETING_SPAN before and after now.
    """
    _facts[name] = (code, select)
    _template.cache_clear()


@lru_cache(maxsize=1)
def _template() -> str:
    """Every fact in the order of the reasons, as one expression: "R3 action:<uid>", or NULL."""
    ordered = sorted(_facts.items(), key=lambda item: (_ORDER[item[1][0]], item[0]))
    facts = ", ".join(f"'{code.value} ' || ({select})" for _name, (code, select) in ordered)
    return f"COALESCE({facts})"


def _tie(*, case: str, person: str, agency: str, at: datetime) -> tuple[str, list[Any]]:
    """That expression for these SQL names of ids, with its parameters."""
    moments = {"since": at - MEETING_SPAN, "until": at + MEETING_SPAN}
    template = _template()
    params = [connection.ops.adapt_datetimefield_value(moments[name]) for name in _MOMENT.findall(template)]
    return template.format(case=case, person=person, agency=agency, since="%s", until="%s"), params


def with_tie(found: QuerySet[Any], visit: Visit, *, at: datetime) -> QuerySet[Any]:
    """The same participations with `tie`: what ties this professional to a case that the whole team takes part in."""
    sql, params = _tie(
        case='"cases_participation"."case_id"', person=str(int(visit.professional_id)),
        agency='"cases_participation"."agency_id"', at=at,
    )  # fmt: skip
    # Who is named needs no look-up, and CASE makes none.
    guarded = f'CASE WHEN "cases_participation"."everyone" THEN {sql} END'
    told: QuerySet[Any] = found.annotate(tie=RawSQL(guarded, params, output_field=TextField(null=True)))  # noqa: S611
    return told


def of_list(event: str, taking: int) -> Because | None:
    """The reason to read a case in a list, by the row number of the participation; None where `event` shows none."""
    if event in LISTS:
        return Because(code=ReasonCode.OPEN_PARTICIPATION, fact_ref=f"participation:{taking}")
    return None


def known(visit: Visit, event: str, by: Any) -> Because | None:
    """The reason that shows from what the request has loaded; None when it must be looked up.

    by: the participation through which the case is read, with its `tie` where that was asked (with_tie); or None.
    A participation that names its members lets nobody else in (visibility), so who reads is one of them.
    """
    if event in _duties:
        return _duties[event]
    if by is None:
        return None
    if because := of_list(event, by.pk):
        return because
    fact = f"participation:{by.pk}"
    if not by.everyone:
        return Because(code=ReasonCode.ASSIGNED, fact_ref=fact)
    if by.case.lead_id == visit.agency.id and "case_director" in visit.roles:
        return Because(code=ReasonCode.ASSIGNED, fact_ref=fact)
    if not hasattr(by, "tie"):
        return None
    if by.tie:
        return _read(by.tie)
    if "team_lead" in visit.roles:
        return Because(code=ReasonCode.SUPERVISION, fact_ref=fact)
    return Because(code=ReasonCode.UNEXPLAINED, fact_ref=fact)


def of_nothing_shown(because: Because | None) -> Because | None:
    """The reason of a read by which nothing of anybody was shown: that the agency takes part is enough."""
    if because is not None and because.code == ReasonCode.UNEXPLAINED and because.fact_ref:
        return Because(code=ReasonCode.OPEN_PARTICIPATION, fact_ref=because.fact_ref)
    return because


def explain(entries: Sequence[Entry]) -> list[Because]:
    """The reason of each read, in order, by one query whatever their number; `U` where there is none."""
    rows = _looked_up(entries) if any(_is_looked_up(entry) for entry in entries) else {}
    return [
        _reason(entry, rows.get((_hex(entry.case_ref), _hex(entry.actor_ref), entry.agency_ref), NOTHING_FOUND))
        for entry in entries
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the store says of one reader and one case. taking: id of the open participation of their agency."""

    taking: int | None
    named: bool
    leads: bool
    tie: str | None


def _is_looked_up(entry: Entry) -> bool:
    return bool(_hex(entry.case_ref) and _hex(entry.actor_ref))


NOTHING_FOUND = Found(taking=None, named=False, leads=False, tie=None)


def _reason(entry: Entry, found: Found) -> Because:
    fact = f"participation:{found.taking}" if found.taking else ""
    roles = frozenset(entry.roles)
    if fact and entry.event_type in LISTS:
        return Because(code=ReasonCode.OPEN_PARTICIPATION, fact_ref=fact)
    if found.named or (fact and found.leads and "case_director" in roles):
        return Because(code=ReasonCode.ASSIGNED, fact_ref=fact)
    if found.tie:
        return _read(found.tie)
    if fact and "team_lead" in roles:
        return Because(code=ReasonCode.SUPERVISION, fact_ref=fact)
    if "privacy_officer" in roles:
        return Because(code=ReasonCode.AUDIT, fact_ref="role:privacy_officer")
    if entry.break_glass:
        return Because(code=ReasonCode.BREAK_GLASS, fact_ref=entry.case_ref)
    # Where nothing of anybody was shown, that the agency takes part is enough.
    nothing = not entry.fields | entry.announced
    code = ReasonCode.OPEN_PARTICIPATION if fact and nothing else ReasonCode.UNEXPLAINED
    return Because(code=code, fact_ref=fact)


def _read(tie: str) -> Because:
    code, _space, fact = tie.partition(" ")
    return Because(code=code, fact_ref=_plain(fact))


def _looked_up(entries: Sequence[Entry]) -> dict[tuple[str, str, str], Found]:
    looked = [entry for entry in entries if _is_looked_up(entry)]
    cases = sorted({_hex(entry.case_ref) for entry in looked})
    people = sorted({_hex(entry.actor_ref) for entry in looked})
    agencies = sorted({entry.agency_ref for entry in looked})
    tie, params = _tie(case="c.id", person="p.id", agency="g.id", at=clock.now())
    sql = f"""
SELECT c.uid, p.uuid, g.oin, t.id, m.id IS NOT NULL, c.lead_id = g.id, {tie}
FROM cases_case c
JOIN agreements_professional p ON p.uuid IN ({_marks(people)})
JOIN agreements_agency g ON g.oin IN ({_marks(agencies)})
LEFT JOIN cases_participation t ON t.case_id = c.id AND t.agency_id = g.id AND t.is_open
LEFT JOIN cases_participationmember m ON m.participation_id = t.id AND m.professional_id = p.id
WHERE c.uid IN ({_marks(cases)})
"""  # noqa: S608 - our own names, values as parameters
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *people, *agencies, *cases])
        return {
            (_plain(case), _plain(person), agency): Found(taking=taking, named=bool(named), leads=bool(leads), tie=tied)
            for case, person, agency, taking, named, leads, tied in cursor.fetchall()
        }


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _plain(value: object) -> str:
    return str(value).replace("-", "")


def _hex(reference: str) -> str:
    """The 32 hex digits of a reference to a case or a professional; "" for another sort."""
    kind, _colon, uid = reference.partition(":")
    plain = _plain(uid)
    return plain if kind in ("case", "professional") and len(plain) == 32 else ""
