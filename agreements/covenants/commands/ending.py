"""The parties end a covenant before its term. Who must consent to it is decided in agreements.joining."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.commands.shared import Event, covenant_named, finish, from_now
from agreements.covenants.epoch import lock_epoch
from agreements.covenants.models import Covenant, CovenantVersion
from agreements.covenants.rules import Author, State
from agreements.covenants.vouching import row_of
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation.errors import Invalid


@transaction.atomic
def end_covenant(code: str, *, by: Author, ends: datetime | None = None, reason: str = "") -> Covenant:
    """The covenant ends at `ends` (exclusive; default now): from then on no version of it grants anything.

    A signed version that would begin at that moment or later cannot be undone, for a signed version is kept as it
    was signed. So ending is refused then: end on a later day, and that version ends too.

    Raises:
        NotFound: no such covenant.
        Invalid: `ends` lies in the past, no version rules then, or one is agreed to begin later.
    """
    lock_epoch()
    covenant, moment = covenant_named(code), from_now(ends, field="ends")
    version = version_to_end(covenant, moment)
    version.ends = covenant.ended_at = moment
    with write_scope(reason="covenant.ended"):
        version.save(update_fields=["ends"])
        covenant.save(update_fields=["ended_at"])
        detail: dict[str, str | int] = {"version": version.number, "sha256": version.sha256, "ends": moment.isoformat()}
        event = Event(
            type="covenant.ended", action=Action.UPDATE, covenant=code, detail=detail, reason=reason,
            rows=(row_of(version),),
        )  # fmt: skip
        finish(by, [event])
    return covenant


def version_to_end(covenant: Covenant, moment: datetime) -> CovenantVersion:
    """The version that rules up to `moment`, and that ending would cut short. Raises Invalid as end_covenant."""
    agreed = covenant.versions.filter(state=State.AGREED)
    later = agreed.filter(starts__gte=moment).order_by("starts").first()
    if later is not None:
        raise Invalid(
            _("Versie %(n)d is al getekend en begint op of na dat moment.") % {"n": later.number},
            remedy=_("Kies een dag nadat die versie is begonnen; dan eindigt zij ook."),
            field="ends",
        )
    version = agreed.filter(starts__lt=moment).order_by("-starts").first()
    if version is None or (version.ends is not None and version.ends <= moment):
        raise Invalid(
            _("Het convenant geldt dan al niet meer."),
            remedy=_("Kies een dag die voor het einde van de looptijd ligt."),
            field="ends",
        )
    return version
