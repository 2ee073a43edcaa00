"""Opens and closes channels, and changes their term and leader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.standing import covenants_of_party
from agreements.parties.models import Membership
from audit.journal.apart import append_apart
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.records.models import Case
from foundation.errors import Invalid, Refused
from realtime.channels.commands.log import note
from realtime.channels.commands.members import add, candidates
from realtime.channels.models import Channel, Scope
from realtime.channels.rights import channel_for, check_leader, may_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A channel to open. ends_at: the end of its term. members: row numbers of memberships, the opener's left out."""

    title: str
    scope: str
    under: str
    ends_at: datetime
    members: Iterable[int] = ()
    submission: UUID | None = None


def open_channel(reading: Reading, case: Case, plan: Plan) -> Channel:
    """Open a channel in a case that the reader's agency takes part in; the reader leads it. Twice is once.

    Raises Refused (no team leader, no party to the covenant), Invalid (title, covenant, term, member).
    """
    if not may_open(reading, case):
        append_apart([reading.entry(event="channel.refused", outcome=Outcome.REFUSED, case_ref=case.ref)])
        raise Refused(
            _("Een kanaal wordt geopend door een teamleider of procesregisseur die in deze casus deelneemt."),
            remedy=_("Vraag uw teamleider."),
        )
    standing = Channel.objects.filter(submission=plan.submission).first() if plan.submission else None
    if standing is not None:
        return standing
    _check(reading, case, plan)
    chosen = _chosen(reading, case, plan.members)
    with transaction.atomic(), write_scope():
        channel = Channel.objects.create(
            case=case, scope=plan.scope, title=plan.title.strip(), under=plan.under,
            lead_id=reading.visit.agency.id, leader_id=reading.visit.membership_id, opened_at=reading.at,
            ends_at=plan.ends_at, submission=plan.submission,
        )  # fmt: skip
        append([_entry(reading, channel, "channel.opened", Action.CREATE)])
        note(channel, reading, "opened", by=reading.visit.name)
        for membership in chosen:
            add(reading, channel, membership)
    return channel


def close(reading: Reading, uid: UUID) -> Channel:
    """End a channel now; its log stays until the end of its term of keeping. Raises NotYourChannel, Refused."""
    channel = channel_for(reading, uid)
    check_leader(reading, channel)
    with transaction.atomic(), write_scope():
        note(channel, reading, "closed", by=reading.visit.name)
        channel.closed_at = reading.at
        channel.revision += 1
        channel.save(update_fields=["closed_at", "revision"])
        append([_entry(reading, channel, "channel.closed", Action.UPDATE)])
    return channel


def prolong(reading: Reading, uid: UUID, *, ends_at: datetime) -> Channel:
    """Set another end of the term. Raises NotYourChannel, Refused, Invalid."""
    channel = channel_for(reading, uid)
    check_leader(reading, channel)
    _check_term(reading.at, ends_at)
    with transaction.atomic(), write_scope():
        channel.ends_at = ends_at
        channel.revision += 1
        channel.save(update_fields=["ends_at", "revision"])
        note(channel, reading, "term", by=reading.visit.name)
        append([_entry(reading, channel, "channel.changed", Action.UPDATE)])
    return channel


def _check(reading: Reading, case: Case, plan: Plan) -> None:
    if not plan.title.strip() or len(plan.title.strip()) > 80:
        raise Invalid(
            _("Geef het kanaal een naam van ten hoogste 80 tekens."), field="title",
            remedy=_("Noem de plek of de actie, geen personen."),
        )  # fmt: skip
    if plan.scope not in Scope.values:
        raise Invalid(_("Deze soort kanaal bestaat niet."), field="scope", remedy=_("Kies uit de lijst."))
    if (plan.scope == Scope.AREA) != (case.kind == "area") and plan.scope != Scope.OPERATION:
        raise Invalid(_("Deze soort kanaal past niet bij de casus."), field="scope", remedy=_("Kies uit de lijst."))
    own = covenants_of_party(reading.policy, agency=reading.agency, covenants=case.covenant_codes, at=reading.at)
    if plan.under not in own:
        raise Invalid(
            _("Uw organisatie is geen partij bij dit convenant in deze casus."), field="under",
            remedy=_("Kies een convenant van de casus."),
        )  # fmt: skip
    _check_term(reading.at, plan.ends_at)


def _check_term(now: datetime, ends_at: datetime) -> None:
    longest = timedelta(days=settings.CHANNEL_MAX_DAYS)
    if not now < ends_at <= now + longest:
        raise Invalid(
            _("Het einde ligt na nu en binnen %(days)d dagen.") % {"days": settings.CHANNEL_MAX_DAYS}, field="ends_at",
            remedy=_("Kies een ander moment; verlengen kan later ook."),
        )  # fmt: skip


def _chosen(reading: Reading, case: Case, numbers: Iterable[int]) -> list[Membership]:
    wanted = {*numbers, reading.visit.membership_id}
    if len(wanted) > settings.CHANNEL_MAX_MEMBERS:
        raise Invalid(
            _("Een kanaal heeft ten hoogste %(most)d leden.") % {"most": settings.CHANNEL_MAX_MEMBERS},
            field="members", remedy=_("Kies minder leden, of open een tweede kanaal."),
        )  # fmt: skip
    found = {one.pk: one for one in candidates(case, at=reading.at) if one.pk in wanted}
    if missing := wanted - set(found):
        raise Invalid(
            _("%(count)d gekozen leden nemen niet deel aan deze casus.") % {"count": len(missing)}, field="members",
            remedy=_("Kies uit de lijst."),
        )  # fmt: skip
    return [found[pk] for pk in sorted(found)]


def _entry(reading: Reading, channel: Channel, event: str, action: Action) -> Entry:
    return reading.entry(
        event=event, action=action, case_ref=channel.case.ref,
        detail={"channel": str(channel.uid), "under": channel.under, "ends_at": channel.ends_at.isoformat()},
    )  # fmt: skip
