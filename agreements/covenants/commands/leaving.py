"""Withdrawal: a party leaves a covenant, and stays after all. Accession is in acceding.py, or comes with a version."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.commands.shared import Event, covenant_named, finish, from_now, not_ended_at
from agreements.covenants.epoch import lock_epoch
from agreements.covenants.in_force import document_of
from agreements.covenants.models import Covenant, Party
from agreements.covenants.rules import Author, State
from agreements.covenants.vouching import row_of
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import NotFound


class NotAParty(NotFound):
    """The agency is no party to this covenant at that moment."""

    code = "not_a_party"


@transaction.atomic
def withdraw_party(code: str, *, agency: str, by: Author, ends: datetime | None = None, reason: str = "") -> Party:
    """An agency leaves a covenant at `ends` (exclusive; default now): from then on it reads nothing more.

    What it read stays read, and its own facts stay its own. What it gave stays in running cases where the version
    that it leaves says so, and else goes with it (domain, section 6: withdrawal). A later accession of the same
    agency that had not begun yet is dropped with it.

    Raises:
        NotFound: no such covenant. NotAParty: the agency is none at that moment.
        Invalid: `ends` lies in the past.
    """
    lock_epoch()
    covenant, moment = covenant_named(code), from_now(ends, field="ends")
    party = covenant.parties.filter(not_ended_at(moment), agency__code=agency, starts__lt=moment).first()
    if party is None:
        raise _not_a_party()
    party.ends, party.facts_stay = moment, stays_in_cases(covenant, at=moment)
    with write_scope(reason="party.withdrew"):
        later = covenant.parties.filter(agency__code=agency, starts__gte=moment)
        rows = tuple(map(row_of, (party, *later)))
        later.delete()
        party.save(update_fields=["ends", "facts_stay"])
        detail: dict[str, str | int] = {
            "agency": agency,
            "ends": moment.isoformat(),
            "facts_stay": int(party.facts_stay),
        }
        event = Event(
            type="party.withdrew", action=Action.UPDATE, covenant=code, detail=detail, reason=reason, rows=rows
        )  # fmt: skip
        finish(by, [event])
    return party


@transaction.atomic
def revoke_withdrawal(code: str, *, agency: str, by: Author, reason: str = "") -> Party:
    """An agency that gave notice stays a party after all; possible until the moment it would leave.

    Raises NotFound: no such covenant. NotAParty: no notice of this agency stands (any more).
    """
    lock_epoch()
    covenant, now = covenant_named(code), clock.now()
    party = covenant.parties.filter(agency__code=agency, starts__lte=now, ends__gt=now).first()
    if party is None:
        raise _not_a_party()
    party.ends, party.facts_stay = None, False
    with write_scope(reason="party.withdrawal_revoked"):
        party.save(update_fields=["ends", "facts_stay"])
        event = Event(
            type="party.withdrawal_revoked",
            action=Action.UPDATE,
            covenant=code,
            detail={"agency": agency},
            reason=reason,
            rows=(row_of(party),),
        )
        finish(by, [event])
    return party


def stays_in_cases(covenant: Covenant, *, at: datetime) -> bool:
    """Whether what a party gave stays in running cases when it leaves at `at`, by the version that rules then.

    Source: domain, section 6; it stays when no article says otherwise.
    """
    version = covenant.versions.filter(state=State.AGREED, starts__lte=at).order_by("-starts").first()
    said = document_of(version).withdrawal if version is not None else None
    return said is None or said.running_cases == "until_closing"


def _not_a_party() -> NotAParty:
    return NotAParty(
        _("Deze organisatie is dan geen partij bij dit convenant."),
        remedy=_("Kijk bij Partijen wie het wel is."),
        field="agency",
    )
