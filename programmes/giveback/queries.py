"""What is read of the board: the same for everybody, and single seizures for enforcement alone, journalled."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from foundation.errors import NotFound
from programmes.giveback import events
from programmes.giveback.models import GiveBack, GiveBackState, Intervention, Seizure, SeizureKind, SeizureState
from programmes.giveback.rights import check_enforces
from programmes.giveback.rules import Total, public_total
from programmes.plans.acting import journal

PAID = (GiveBackState.FUNDED, GiveBackState.VISIBLE, GiveBackState.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Both sides. total: None while too few seizures were booked. people: taking part, of those that may be counted.

    paid_with: row number of a give-back → the kinds of what was seized to pay it.
    """

    total: Total | None
    interventions: tuple[Intervention, ...]
    give_backs: tuple[GiveBack, ...]
    people: int
    returned: int
    paid_with: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One give-back. kinds: what was seized to pay it; never where, when, from whom or how much each."""

    give_back: GiveBack
    kinds: tuple[str, ...]


def board() -> Board:
    """The whole board; four queries whatever stands on it."""
    proceeds = Seizure.objects.filter(state=SeizureState.BOOKED).order_by("booked_rank")
    total = public_total([one or 0 for one in proceeds.values_list("proceeds", flat=True)],
                         threshold=settings.SMALL_NUMBER)  # fmt: skip
    offers = tuple(Intervention.objects.select_related("area", "agency").defer("area__geometry"))
    projects = tuple(_projects())
    return Board(
        total=total, interventions=offers, give_backs=projects, people=sum(one.taken or 0 for one in offers),
        returned=sum(one.amount for one in projects if one.state in PAID), paid_with=_paid_with(),
    )  # fmt: skip


def project(uid: UUID) -> Project:
    """One give-back, for everybody. Raises NotFound."""
    found = _projects().filter(uid=uid).first()
    if found is None:
        raise NotFound(_("Dit project bestaat niet."), remedy=_("Kies een project van het bord."))
    kinds = {one.get_kind_display() for one in found.seizures.all()}
    return Project(give_back=found, kinds=tuple(sorted(kinds)))


def picture_of(uid: UUID, when: str) -> tuple[bytes, str]:
    """The photo "before" or "after" and its type. Raises NotFound."""
    found = GiveBack.objects.filter(uid=uid, state__in=(GiveBackState.VISIBLE, GiveBackState.DONE)).first()
    if found is None or when not in ("before", "after"):
        raise NotFound(_("Deze foto is er niet."), remedy=_("Kijk op de pagina van het project."))
    data = bytes((found.before_picture if when == "before" else found.after_picture) or b"")
    kind = "png" if data.startswith(b"\x89PNG") else "webp" if data.startswith(b"RIFF") else "jpeg"
    return data, f"image/{kind}"


def seizures(visit: Visit) -> Sequence[Seizure]:
    """All single seizures, with an entry in the journal. Raises Refused, journalled."""
    check_enforces(visit, event=events.SEIZURES_SEEN)
    rows = Seizure.objects.select_related("area", "agency", "give_back")
    with transaction.atomic():
        found = list(rows.defer("area__geometry", "give_back__before_picture", "give_back__after_picture"))
        journal(visit, events.SEIZURES_SEEN, action=Action.READ, seizures=len(found))
    return found


def _paid_with() -> dict[int, tuple[str, ...]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Seizure.objects.filter(give_back__isnull=False).order_by().values_list("give_back_id", "kind").distinct()
    for project, kind in rows:
        found[project].add(str(SeizureKind(kind).label))
    return {project: tuple(sorted(kinds)) for project, kinds in found.items()}


def _projects() -> QuerySet[GiveBack]:
    rows = GiveBack.objects.select_related("area", "agency")
    return rows.defer("before_picture", "after_picture", "area__geometry")
