"""What a read of case data rests on, in words for who oversees it: participations, copies, own facts. No fact leaves.

Rooms above hand in their own kinds (actions, meetings, questions) with `supply_ground`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.models import Agency
from audit import ports
from audit.ports import Ground, GroundOf
from cases.records.models import Contribution, Extract, Participation
from foundation import clock

Row = TypeVar("Row", bound=Model)


def supply_ground(kind: str, find: GroundOf) -> None:
    """Hand in what stands at references of this kind ("action:<uid>")."""
    ports.supply(f"cases.grounds.{kind}", ports.Supply(grounds={kind: find}))


def supply_grounds() -> None:
    """Hand in what this room knows; called once, from AppConfig.ready."""
    ports.supply(
        "cases.grounds",
        ports.Supply(
            grounds={"participation": _participation, "contribution": _contribution, "extract": _extract},
            taking_part=taking_part,
            ended_before=ended_before,
        ),
    )


def uid_of(reference: str) -> UUID | None:
    """The uid in a reference, with or without dashes; None when there is none."""
    try:
        return UUID(reference.partition(":")[2])
    except ValueError:
        return None


def row_of(rows: QuerySet[Row], reference: str) -> Row | None:
    """The row with the uid in this reference; None for a reference without one, and when the row is gone."""
    uid = uid_of(reference)
    return rows.filter(uid=uid).first() if uid else None


def taking_part(case_ref: str, agency_ref: str, at: datetime) -> tuple[Ground, ...]:
    """By what the agency could read of the case at that moment: its participation, and the copies given to it."""
    uid = uid_of(case_ref)
    if uid is None:
        return ()
    then = Q(ends=None) | Q(ends__gt=at)
    parts = Participation.objects.filter(then, case__uid=uid, agency__oin=agency_ref, starts__lte=at)
    copies = Extract.objects.filter(
        then, Q(revoked_at=None) | Q(revoked_at__gt=at), case__uid=uid, recipient__oin=agency_ref, decided_at__lte=at
    )
    return (
        *(_of_participation(row) for row in parts.select_related("agency").order_by("starts")),
        *(_of_extract(row) for row in copies.select_related("source").order_by("decided_at")),
    )


def ended_before(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], datetime]:
    """(case, agency) -> when its last participation ended; left out are those that take part now, or never did."""
    now, asked = clock.now(), {(uid_of(case), agency): (case, agency) for case, agency in pairs}
    rows = Participation.objects.filter(
        case__uid__in={uid for uid, _agency in asked if uid}, agency__oin__in={agency for _uid, agency in asked}
    ).values_list("case__uid", "agency__oin", "ends", "is_open")
    ended: dict[tuple[str, str], datetime] = {}
    running = set()
    for uid, oin, ends, is_open in rows:
        pair = asked.get((uid, oin))
        if pair is None:
            continue
        if ends is None or ends > now:
            if is_open:
                running.add(pair)
            continue
        ended[pair] = max(ends, ended.get(pair, ends))
    return {pair: moment for pair, moment in ended.items() if pair not in running}


def _participation(reference: str) -> Ground | None:
    number = reference.partition(":")[2]
    row = Participation.objects.filter(pk=number).select_related("agency").first() if number.isdigit() else None
    return _of_participation(row) if row else None


def _of_participation(row: Participation) -> Ground:
    name = {"agency": _name(row.agency)}
    who = _("het hele team") if row.everyone else _("alleen wie bij naam is genoemd")
    if row.mode == Participation.Mode.EXTRACT:
        title, who = _("%(agency)s is derde in de casus") % name, _("leest niet mee, krijgt verstrekkingen")
    else:
        title = _("%(agency)s neemt deel aan de casus") % name
    return Ground(title=title, terms=((_("Wie"), who),), since=row.starts, until=row.ends)


def _contribution(reference: str) -> Ground | None:
    row = row_of(Contribution.objects.select_related("source"), reference)
    if row is None:
        return None
    title = _("Eigen bijdrage van %(agency)s") % {"agency": _name(row.source)}
    return Ground(title=title, since=row.given_at, until=row.withdrawn_at)


def _extract(reference: str) -> Ground | None:
    row = row_of(Extract.objects.select_related("source"), reference)
    return _of_extract(row) if row else None


def _of_extract(row: Extract) -> Ground:
    ends: Sequence[datetime] = [moment for moment in (row.ends, row.revoked_at) if moment]
    return Ground(
        title=_("Verstrekking van %(agency)s") % {"agency": _name(row.source)},
        terms=((_("Artikel"), f"{row.under} art. {row.article}"),),
        since=row.decided_at,
        until=min(ends) if ends else None,
    )


def _name(agency: Agency) -> str:
    return agency.name_in(get_language() or "nl")
