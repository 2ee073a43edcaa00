"""What comes up in a covenant and should not pass unnoticed: its end, reviews, places and answers that wait.

Decides what is due and for whom. Who has been told is in reminders.py, what is shown in upcoming.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.covenants.labels import listed
from agreements.covenants.models import CovenantVersion
from agreements.covenants.rules import State
from agreements.joining.models import Motion, MotionKind
from agreements.joining.notice import last_day_of, months_later
from agreements.joining.situation import Situation, awaited_for
from agreements.joining.steps import BUREAU
from agreements.parties.models import Agency
from foundation.clock import AMSTERDAM

STAGES = ("P14D", "P1M", "P3M", "P12M")
"""How long before its last day a covenant says so, nearest first."""

NEAR = timedelta(days=30)
GRACE = timedelta(days=14)
PATIENCE = timedelta(days=7)
_TONES = {"P14D": "danger", "P1M": "warn", "P3M": "warn", "P12M": "info"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is due on a day. about: tells it apart from others of its kind, and one stage from the next.

    agencies: who should act, and is told.
    """

    kind: str
    about: str
    on: date
    sentence: str
    tone: str
    url: str
    agencies: tuple[Agency, ...]


def dues_of(situation: Situation, *, today: date) -> tuple[Due, ...]:
    """What is due in a covenant, by day."""
    found = (*_of_the_version(situation, today), *_unsigned(situation, today), *_unanswered(situation, today))
    return tuple(sorted(found, key=lambda due: (due.on, due.kind, due.about)))


def unsigned_places(version: CovenantVersion) -> tuple[Agency, ...]:
    """Who has yet to sign a version that is up for signature: not the bureau, nor who said that it will not."""
    if version.state != State.FOR_SIGNATURE:
        return ()
    places = (row for row in version.signatures.all() if row.signed_on is None and row.declined_at is None)
    return tuple(row.agency for row in places if row.capacity != BUREAU)


def _of_the_version(situation: Situation, today: date) -> Iterator[Due]:
    if situation.version is None:
        return
    yield from _ending(situation, today)
    yield from _review(situation, today)
    yield from _dpia(situation, today)


def _ending(situation: Situation, today: date) -> Iterator[Due]:
    version, _document = situation.ruling()
    if version.ends is None or situation.following:
        return
    last_day = last_day_of(version.ends)
    stage = next((item for item in STAGES if today >= _before(last_day, item)), None)
    if stage is None:
        return
    days = (last_day - today).days
    words = {"code": situation.covenant.code, "day": date_format(last_day), "n": days}
    yield Due(
        kind="term",
        about=f"v{version.number}:{stage}",
        on=last_day,
        sentence=_ends_in(days) % words,
        tone=_TONES[stage],
        url=_page(situation),
        agencies=_everybody(situation),
    )


def _ends_in(days: int) -> str:
    if days == 0:
        return _("%(code)s eindigt vandaag.")
    return ngettext(
        "%(code)s eindigt over %(n)d dag: op %(day)s.", "%(code)s eindigt over %(n)d dagen: op %(day)s.", days
    )


def _before(last_day: date, stage: str) -> date:
    """The day on which a stage begins."""
    count, unit = int(stage[1:-1]), stage[-1]
    return last_day - timedelta(days=count) if unit == "D" else months_later(last_day, -count)


def _review(situation: Situation, today: date) -> Iterator[Due]:
    version, document = situation.ruling()
    months = document.term.review_months
    if not months:
        return
    first = version.starts.astimezone(AMSTERDAM).date()
    turn = 1
    while (on := months_later(first, turn * months)) < today - GRACE:
        turn += 1
    ended = version.ends is not None and on >= last_day_of(version.ends)
    if ended or today < on - NEAR:
        return
    words = {"code": situation.covenant.code, "day": date_format(on)}
    yield Due(
        kind="review",
        about=f"v{version.number}",
        on=on,
        sentence=_("De partijen evalueren %(code)s voor %(day)s.") % words,
        tone="warn" if on <= today else "info",
        url=_page(situation),
        agencies=_everybody(situation),
    )


def _dpia(situation: Situation, today: date) -> Iterator[Due]:
    version, document = situation.ruling()
    if document.dpia is None or today < document.dpia.review - NEAR:
        return
    late = today > document.dpia.review
    words = {"code": situation.covenant.code, "ref": document.dpia.ref, "day": date_format(document.dpia.review)}
    said = _("De DPIA %(ref)s onder %(code)s had op %(day)s herzien moeten zijn.")
    yield Due(
        kind="dpia",
        about=f"v{version.number}:{'late' if late else 'near'}",
        on=document.dpia.review,
        sentence=(said if late else _("De DPIA %(ref)s onder %(code)s wordt herzien voor %(day)s.")) % words,
        tone="danger" if late else "warn",
        url=reverse("covenant", args=[situation.covenant.code]),
        agencies=_everybody(situation),
    )


def _unsigned(situation: Situation, today: date) -> Iterator[Due]:
    for version in situation.covenant.versions.all():
        waiting = unsigned_places(version)
        on = version.loaded_at.astimezone(AMSTERDAM).date() + PATIENCE
        if not waiting or today < on:
            continue
        words = {
            "code": situation.covenant.code,
            "n": version.number,
            "who": listed(agency.name for agency in waiting),
        }
        yield Due(
            kind="signature",
            about=f"v{version.number}",
            on=on,
            sentence=_("Versie %(n)d van %(code)s wacht op de handtekening van %(who)s.") % words,
            tone="warn",
            url=reverse("signatures", args=[situation.covenant.code, version.number]),
            agencies=waiting,
        )


def _unanswered(situation: Situation, today: date) -> Iterator[Due]:
    for motion in situation.motions:
        waiting = awaited_for(motion, situation)
        on = motion.proposed_at.astimezone(AMSTERDAM).date() + PATIENCE
        if not waiting or today < on:
            continue
        yield Due(
            kind="motion",
            about=str(motion.uid),
            on=on,
            sentence=waiting_sentence(motion, situation, waiting),
            tone="warn",
            url=reverse("joining_motion", args=[situation.covenant.code, motion.uid]),
            agencies=waiting,
        )


def waiting_sentence(motion: Motion, situation: Situation, waiting: tuple[Agency, ...]) -> str:
    """What a motion asks, and of whom the answer is awaited."""
    words = {
        "code": situation.covenant.code,
        "agency": motion.by.name,
        "who": listed(agency.name for agency in waiting),
    }
    if motion.kind == MotionKind.ACCESSION:
        return _("%(agency)s wil toetreden tot %(code)s; het antwoord van %(who)s is er nog niet.") % words
    return _("%(agency)s wil %(code)s beëindigen; het antwoord van %(who)s is er nog niet.") % words


def _everybody(situation: Situation) -> tuple[Agency, ...]:
    return tuple(row.agency for row in situation.parties)


def _page(situation: Situation) -> str:
    return reverse("joining", args=[situation.covenant.code])
