"""Withdrawal: a party leaves a covenant. Accession comes with a version (loading.py)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.commands.shared import Event, covenant_named, finish, from_now, not_ended_at
from agreements.covenants.epoch import lock_epoch
from agreements.covenants.models import Party
from agreements.covenants.rules import Author
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation.errors import NotFound


class NotAParty(NotFound):
    """The agency is no party to this covenant at that moment."""

    code = "not_a_party"


@transaction.atomic
def withdraw_party(code: str, *, agency: str, by: Author, ends: datetime | None = None, reason: str = "") -> Party:
    """An agency leaves a covenant at `ends` (exclusive; default now): from then on it neither gives nor gets.

    What it read stays read, and its own facts stay its own (domain, section 6: withdrawal).

    Raises:
        NotFound: no such covenant. NotAParty: the agency is none at that moment.
        Invalid: `ends` lies in the past.
    """
    lock_epoch()
    covenant, moment = covenant_named(code), from_now(ends, field="ends")
    party = covenant.parties.filter(not_ended_at(moment), agency__code=agency, starts__lt=moment).first()
    if party is None:
        raise NotAParty(
            _("Deze organisatie is dan geen partij bij dit convenant."),
            remedy=_("Kijk bij Partijen wie het wel is."),
            field="agency",
        )
    party.ends = moment
    with write_scope(reason="party.withdrew"):
        party.save(update_fields=["ends"])
        detail = {"agency": agency, "ends": moment.isoformat()}
        event = Event(type="party.withdrew", action=Action.UPDATE, covenant=code, detail=detail, reason=reason)
        finish(by, [event])
    return party
