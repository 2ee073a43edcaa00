"""Reminders: each goes once to each agency, by the daily run or by somebody who presses the button."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.covenants.commands.shared import Event, author_of, journal
from agreements.covenants.labels import listed
from agreements.covenants.models import Covenant
from agreements.covenants.rules import Author
from agreements.joining.commands.shared import check, own
from agreements.joining.dates import Due, dues_of, unsigned_places, waiting_sentence
from agreements.joining.mails import tell
from agreements.joining.models import Reminder
from agreements.joining.situation import Situation, awaited_for, gathered, motion_named, situation_of
from agreements.joining.steps import Step
from agreements.parties.models import Agency
from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound, Unavailable

_FAILS = (OSError, SMTPException)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a daily run did. failed: sentences about mail that could not be sent; the next run tries again."""

    n_sent: int
    failed: tuple[str, ...]


def send_due(*, by: Author) -> Sent:
    """Tell every agency what is due in its covenants and that it was not told yet. Safe to repeat."""
    n_sent, failed = 0, []
    for situation, due, agency in _all_due():
        try:
            n_sent += _tell_once(situation.covenant, due, agency, by=by)
        except _FAILS as wrong:
            failed.append(f"{situation.covenant.code}, {agency.code}: {due.kind} ({type(wrong).__name__})")
    return Sent(n_sent=n_sent, failed=tuple(failed))


def remind_signers(visit: Visit, code: str, *, number: int) -> tuple[Agency, ...]:
    """Remind everybody who has yet to sign a version; once a day. Returns whom.

    Raises:
        NotFound: no such covenant or version for this visit. StepRefused: neither signatory nor counsel of a party.
        Invalid: reminded today, or nobody is awaited. Unavailable: the mail could not be sent.
    """
    situation = own(visit, code)
    version = next((row for row in situation.covenant.versions.all() if row.number == number), None)
    if version is None:
        raise NotFound(_("Deze versie bestaat niet."), remedy=_("Kies een versie uit de lijst."))
    signs = any(row.agency_id == visit.agency.id for row in version.signatures.all())
    check(Step.REMIND, visit, situation, signs=signs)
    waiting = unsigned_places(version)
    words = {"n": number, "code": code, "who": listed(agency.name for agency in waiting), "by": visit.agency.name}
    said = _("%(by)s herinnert u: versie %(n)d van %(code)s wacht op de handtekening van %(who)s.") % words
    _nudge(visit, situation, f"v{number}", waiting, said, reverse("signatures", args=[code, number]))
    return waiting


def remind_motion(visit: Visit, code: str, *, uid: Any) -> tuple[Agency, ...]:
    """Remind everybody who has yet to answer a motion; once a day. Returns whom. Raises as remind_signers."""
    situation = own(visit, code)
    motion = motion_named(situation.covenant, uid)
    check(Step.REMIND, visit, situation, motion)
    is_open = motion.carried_at is None and motion.dropped_at is None
    waiting = awaited_for(motion, situation) if is_open else ()
    said = _("%(by)s herinnert u.") % {"by": visit.agency.name} + " " + waiting_sentence(motion, situation, waiting)
    _nudge(visit, situation, str(motion.uid), waiting, said, reverse("joining_motion", args=[code, motion.uid]))
    return waiting


def _all_due() -> Iterator[tuple[Situation, Due, Agency]]:
    now, today = clock.now(), clock.today()
    for covenant in gathered(Covenant.objects.order_by("code")):
        situation = situation_of(covenant, at=now)
        for due in dues_of(situation, today=today):
            for agency in due.agencies:
                yield situation, due, agency


@transaction.atomic
def _tell_once(covenant: Covenant, due: Due, agency: Agency, *, by: Author) -> bool:
    """Mail one agency; False when it was told before. A mail that fails leaves no trace, so it goes again."""
    if not _note(covenant, due.kind, f"{due.about}:{agency.code}", due.on):
        return False
    tell(agency, covenant, sentences=[due.sentence], url=due.url)
    _journal(by, covenant, kind=due.kind, about=due.about, agency=agency.code)
    return True


def _nudge(
    visit: Visit, situation: Situation, about: str, waiting: tuple[Agency, ...], sentence: str, url: str
) -> None:
    if not waiting:
        raise Invalid(_("Er is niemand om te herinneren."), remedy=_("U hoeft niets te doen."))
    try:
        with transaction.atomic():
            if not _note(situation.covenant, "nudge", about, clock.today()):
                raise Invalid(_("Vandaag is al herinnerd."), remedy=_("Morgen kan het weer."))
            for agency in waiting:
                tell(agency, situation.covenant, sentences=[sentence], url=url)
                _journal(author_of(visit), situation.covenant, kind="nudge", about=about, agency=agency.code)
    except _FAILS as wrong:
        raise Unavailable(
            _("De herinnering kon niet worden verstuurd."), remedy=_("Probeer het over een uur opnieuw.")
        ) from wrong


def _note(covenant: Covenant, kind: str, about: str, on: date) -> bool:
    """Whether this reminder is new; two at once: the unique row lets one through."""
    defaults = {"sent_at": clock.now()}
    return Reminder.objects.get_or_create(covenant=covenant, kind=kind, about=about, due_on=on, defaults=defaults)[1]


def _journal(by: Author, covenant: Covenant, *, kind: str, about: str, agency: str) -> None:
    detail: dict[str, str | int] = {"kind": kind, "about": about, "agency": agency}
    with write_scope(reason="reminder.sent"):
        journal(by, [Event(type="reminder.sent", action=Action.EXECUTE, covenant=covenant.code, detail=detail)])
