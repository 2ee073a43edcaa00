"""Reminders of pledges to the leadership of parties: a month before, and to all parties on the day one is late."""

from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.covenants.rules import Author
from agreements.joining.mails import tell
from agreements.joining.models import Reminder
from agreements.models import Agency, Covenant
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from foundation import clock
from programmes.pacts.events import REMINDED
from programmes.pacts.models import Pledge
from programmes.pacts.queries import open_pledges
from programmes.pacts.rules import Standing, standing
from programmes.plans.models import Programme
from programmes.plans.rights import pact_in_force

NEAR = timedelta(days=30)
SOON, LATE = "pledge_soon", "pledge_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a run did. failed: sentences about mail that could not be sent; the next run tries again."""

    n_sent: int
    failed: tuple[str, ...]


def send_due(*, by: Author) -> Sent:
    """Tell what is due or late and was not told yet. Safe to repeat; run it daily."""
    n_sent, failed = 0, []
    for programme in Programme.objects.exclude(covenant=None).select_related("covenant"):
        pact = pact_in_force(programme)
        for pledge in open_pledges(programme) if pact else ():
            for kind, agency in _due(pledge, [one.agency for one in (pact.parties if pact else ())]):
                try:
                    n_sent += _tell_once(programme.covenant, pledge, kind, agency, by=by)  # type: ignore[arg-type]
                except (OSError, SMTPException) as wrong:
                    failed.append(f"{programme.code}, {agency.code}: {kind} ({type(wrong).__name__})")
    return Sent(n_sent=n_sent, failed=tuple(failed))


def _due(pledge: Pledge, parties: list[Agency]) -> list[tuple[str, Agency]]:
    today = clock.today()
    found = standing(state=pledge.state, starts_on=pledge.starts_on, due_on=pledge.due_on, on=today)
    if found is Standing.LATE:
        return [(LATE, one) for one in parties]
    return [(SOON, pledge.agency)] if pledge.due_on - today <= NEAR else []


@transaction.atomic
def _tell_once(covenant: Covenant, pledge: Pledge, kind: str, agency: Agency, *, by: Author) -> bool:
    """Mail one agency; False when it was told before. A mail that fails leaves no trace, so it goes again."""
    new = Reminder.objects.get_or_create(
        covenant=covenant, kind=kind, about=f"{pledge.uid}:{agency.code}", due_on=pledge.due_on,
        defaults={"sent_at": clock.now()},
    )[1]  # fmt: skip
    if not new:
        return False
    url = reverse("programme_pact_party", args=[pledge.programme.code, pledge.agency.code])
    tell(agency, covenant, sentences=[_sentence(pledge, kind)], url=url)
    append(
        [
            Entry(
                event_type=REMINDED, action=Action.EXECUTE, outcome=Outcome.OK, actor_ref=by.actor_ref,
                agency_ref=by.agency_ref, detail={"pledge": str(pledge.uid), "kind": kind, "agency": agency.code},
            )
        ]
    )  # fmt: skip
    return True


def _sentence(pledge: Pledge, kind: str) -> str:
    words = {
        "name": pledge.agency.name, "promise": pledge.promise, "day": date_format(pledge.due_on, "j F Y"),
    }  # fmt: skip
    if kind == LATE:
        return _("%(name)s is te laat met “%(promise)s”: dat zou er uiterlijk %(day)s zijn.") % words
    return _("“%(promise)s” van %(name)s moet er uiterlijk %(day)s zijn. Meld hoe het staat.") % words
