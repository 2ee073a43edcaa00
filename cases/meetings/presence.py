"""Who is in the room for an item, and what all of them may see of its case. Not here: changing attendance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from agreements.policy.question import Delivery, Reader
from cases.casework.purpose import declared
from cases.disclosure.answer import Answer
from cases.disclosure.circumstances import NOTHING_RECORDED, circumstances_of
from cases.disclosure.disclose import ALL, disclose
from cases.disclosure.opening import Lens, Onlooker, Opening
from cases.disclosure.preview import purpose_of, reading_role
from cases.disclosure.reading import Reading, actor
from cases.disclosure.rows import Row
from cases.meetings.models import AgendaItem, Attendance
from cases.records.models import Case, Participation


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """An agency that counts as present for an item, and who of it is there (empty: only a guest, or just left)."""

    agency_id: int
    code: str
    type: str
    name: str
    oin: str
    people: tuple[tuple[str, str], ...]
    waits_for_release: bool


def counting(item: AgendaItem) -> tuple[Present, ...]:
    """The agencies whose rights narrow the shared screen now: who is there, and who left but was not yet released.

    By name of the agency. The order of arrival does not matter to what is shown.
    """
    rows = (
        Attendance.objects.filter(Q(left_at=None) | Q(released_at=None), item=item)
        .select_related("agency", "professional")
        .order_by("agency__name", "arrived_at")
    )
    found: dict[int, list[Attendance]] = {}
    for row in rows:
        found.setdefault(row.agency_id, []).append(row)
    return tuple(_present(rows) for rows in found.values())


def _present(rows: list[Attendance]) -> Present:
    agency = rows[0].agency
    here = [row for row in rows if row.left_at is None]
    return Present(
        agency_id=agency.pk, code=agency.code, type=agency.type, name=agency.name, oin=agency.oin,
        people=tuple(
            (f"professional:{row.professional.uuid}", row.professional.name) if row.professional else ("", row.guest)
            for row in here
        ),
        waits_for_release=not here,
    )  # fmt: skip


def heard_by(item: AgendaItem) -> tuple[str, ...]:
    """The codes for the column `heard` of words written now at this item: of who is there.

    An agency that left narrows the screen until the chair confirms, but it does not hear what is said meanwhile.
    """
    return tuple(present.code for present in counting(item) if not present.waits_for_release)


def lenses(reading: Reading, case: Case, present: Iterable[Present], *, purpose: str) -> tuple[Lens, ...]:
    """The eyes of everybody present, as disclosure takes them. The reader's own agency is left out: it looks itself.

    A third party looks through what could be pushed to it (WGS art. 2.31(9)). An agency that takes no part in the
    case sees nothing of it: with it in the room the screen is empty but for what is no fact.
    """
    modes = dict(
        Participation.objects.filter(Q(ends=None) | Q(ends__gt=reading.at), case=case, is_open=True).values_list(
            "agency_id", "mode"
        )
    )
    return tuple(
        _lens(reading, case, of, mode=modes.get(of.agency_id, ""), purpose=purpose)
        for of in present
        if of.agency_id != reading.visit.agency.id
    )


def _lens(reading: Reading, case: Case, of: Present, *, mode: str, purpose: str) -> Lens:
    who, roles = actor(of.code, of.type), frozenset({reading_role(of.type)})
    via = Delivery.EXTRACT if mode == Participation.Mode.EXTRACT else Delivery.LIVE
    theirs = purpose_of(reading, case, who, roles, mine=purpose, via=via) if mode else ""
    recorded = circumstances_of([case.pk], recipient=of.agency_id, at=reading.at).get(case.pk, NOTHING_RECORDED)
    ref, name = of.people[0] if of.people else ("", "")
    return Lens(
        reader=Reader(agency=who, roles=roles, purpose=theirs),
        agency_id=of.agency_id,
        recorded=recorded,
        via=via,
        # Who left narrows the screen until the chair confirms, but is told nothing any more.
        onlooker=None if of.waits_for_release else Onlooker(
            actor_ref=ref or f"agency:{of.oin}", actor_name=name, agency_ref=of.oin, roles=tuple(sorted(roles))
        ),
    )  # fmt: skip


def together(
    reading: Reading,
    item: AgendaItem,
    *,
    rows: tuple[Row, ...] | None = None,
    tally: bool = False,
    wanted: int = ALL,
    named: int = ALL,
) -> Answer | None:
    """What everybody present may see of the case of this item, told to all of them and journalled for each.

    None for an item without a case. rows: words of the meeting instead of the standing contributions.
    Nobody present: the reader alone looks. Source: design 3 (shared screen), domain 12.11.
    """
    case = item.case
    if case is None:
        return None
    purpose = declared(reading, case, None)
    opening = Opening(
        case=case, purpose=purpose, rows=rows, lenses=lenses(reading, case, counting(item), purpose=purpose)
    )
    shown, told = (wanted, named) if purpose else (0, 0)
    return disclose(reading, [opening], wanted=shown, named=told, tally=tally)[0]


def is_present(item: AgendaItem, *, agency_id: int, at: datetime) -> bool:
    """Whether somebody of this agency is at the item now."""
    return Attendance.objects.filter(item=item, agency_id=agency_id, arrived_at__lte=at, left_at=None).exists()
