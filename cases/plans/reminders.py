"""Reminders of actions: to the owner before the day, to its leadership once it is past. Each goes once.

A mail names the number of the case and where to look; nothing of people but the address it goes to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.covenants.rules import Author
from agreements.parties.reader import current_memberships
from audit.journal.appender import append
from audit.journal.entry import Action as Act
from audit.journal.entry import Entry, Outcome
from audit.journal.scope import write_scope
from cases.plans.models import Action, ActionState
from cases.plans.rules import soon
from cases.records.phases import READABLE
from foundation import clock

_FAILS = (OSError, SMTPException)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a daily run did. failed: sentences about mail that could not be sent; the next run tries again."""

    n_sent: int
    failed: tuple[str, ...]


def send_due(*, by: Author) -> Sent:
    """Remind owners of what is due soon, tell leaderships what is late. Safe to repeat; each action once for each."""
    today = clock.today()
    n_sent, failed = 0, []
    for action, raised in [
        *((action, False) for action in _open().filter(due_on__lte=soon(today), due_on__gte=today, reminded_at=None)),
        *((action, True) for action in _open().filter(due_on__lt=today, raised_at=None)),
    ]:
        try:
            n_sent += _tell(action, raised=raised, by=by)
        except _FAILS as wrong:
            failed.append(f"{action.case.number}, {action.owner_agency.code} ({type(wrong).__name__})")
    return Sent(n_sent=n_sent, failed=tuple(failed))


def _open() -> Any:
    """Open actions in readable cases in which the owning agency takes part now."""
    now = clock.now()
    return Action.objects.filter(
        Q(case__participations__ends=None) | Q(case__participations__ends__gt=now),
        state=ActionState.OPEN,
        withdrawn_at=None,
        case__state__in=[state.value for state in READABLE],
        case__participations__is_open=True,
        case__participations__agency_id=F("owner_agency_id"),
    ).select_related("case", "owner_agency", "owner")


@transaction.atomic
def _tell(action: Action, *, raised: bool, by: Author) -> bool:
    """Mail who must know of one action; False when somebody else just did, or nobody has an address."""
    column = "raised_at" if raised else "reminded_at"
    with write_scope(reason="plan.reminders"):
        # One statement: two runs at once send one mail.
        if not Action.objects.filter(pk=action.pk, **{column: None}).update(**{column: clock.now()}):
            return False
        append([_entry(action, raised=raised, by=by)])
    to = _leaders(action) if raised else _owners(action)
    if not to:
        return False
    _send(action, to, raised=raised)
    return True


def _owners(action: Action) -> tuple[str, ...]:
    """The owner, or who leads the team of the agency when nobody was named, or else the agency's own address."""
    if action.owner is not None and action.owner.is_active:
        return (action.owner.email,)
    return _leaders(action)


def _leaders(action: Action) -> tuple[str, ...]:
    """The team leaders of the agency, or its own address where it has none."""
    rows = current_memberships().filter(agency=action.owner_agency)
    found = [row.professional.email for row in rows if "team_lead" in row.roles]
    return tuple(dict.fromkeys(found)) or tuple(filter(None, [action.owner_agency.contact_email]))


def _send(action: Action, to: Iterable[str], *, raised: bool) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "number": action.case.number,
            "raised": raised,
            "agency": action.owner_agency,
            "due_on": action.due_on,
            "url": f"{settings.VERBOND_URL}{reverse('my_actions')}",
            "installation": settings.VERBOND_NAME,
        }
        said = _("%(number)s: een actie is over datum") if raised else _("%(number)s: een actie moet bijna klaar zijn")
        subject = said % {"number": action.case.number}
        body = render_to_string("cases/plans/reminder.txt", context)
    EmailMessage(subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}", body=body, to=list(to)).send()


def _entry(action: Action, *, raised: bool, by: Author) -> Entry:
    return Entry(
        event_type="action.raised" if raised else "action.reminded",
        action=Act.EXECUTE,
        outcome=Outcome.OK,
        actor_ref=by.actor_ref,
        agency_ref=by.agency_ref,
        case_ref=action.case.ref,
        detail={"agency": action.owner_agency.code, "due": str(action.due_on)},
    )
