"""Motions: answered by those whose consent they need, taken back by who asked, carried out when all agreed."""

from typing import Any

from django.utils.translation import gettext as _

from agreements.covenants import commands as lower
from agreements.covenants.commands.shared import Event, author_of, journal
from agreements.covenants.models import Signature
from agreements.covenants.rules import State
from agreements.covenants.vouching import row_of
from agreements.joining.commands.shared import begin, check, taken_by, words
from agreements.joining.models import Consent, Motion, MotionKind
from agreements.joining.situation import Situation, awaited_for, motion_named
from agreements.joining.steps import Step
from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from audit.ports import Row
from foundation import clock
from foundation.errors import Invalid


@taken_by
def answer(visit: Visit, code: str, *, uid: Any, agrees: bool, reason: str = "") -> Motion:
    """The visit's agency consents to a motion, or does not. The last consent carries it; one refusal stops it.

    reason: asked for when it does not consent.

    Raises:
        NotFound: no such covenant for this visit, or no such motion.
        StepRefused: not a signatory of a party whose consent is needed, answered before, or closed.
        Invalid: no reason for a refusal; or it can no longer be carried out, with why.
    """
    situation = begin(visit, code)
    motion = motion_named(situation.covenant, uid)
    check(Step.AGREE if agrees else Step.REFUSE, visit, situation, motion)
    said = ""
    if not agrees or reason.strip():
        said = words(reason, field="reason", empty=_("Schrijf waarom uw organisatie niet instemt."))
    with write_scope(reason="answer to a motion"):
        give_consent(visit, motion, agrees=agrees, reason=said)
        rows = () if agrees else _close(motion)
        _journal(visit, motion, "motion.agreed" if agrees else "motion.refused", reason=said, rows=rows)
    return settle(visit, motion, situation) if agrees else motion


@taken_by
def take_back(visit: Visit, code: str, *, uid: Any, reason: str) -> Motion:
    """Who asked asks no longer. Raises NotFound, Invalid; StepRefused: another agency's motion, or closed."""
    situation = begin(visit, code)
    motion = motion_named(situation.covenant, uid)
    check(Step.TAKE_BACK, visit, situation, motion)
    said = words(reason, field="reason", empty=_("Schrijf waarom u de vraag intrekt."))
    with write_scope(reason="motion.taken_back"):
        rows = _close(motion)
        _journal(visit, motion, "motion.taken_back", reason=said, rows=rows)
    return motion


@taken_by
def carry_out(visit: Visit, code: str, *, uid: Any) -> Motion:
    """Carry out a motion to which everybody agreed who is still asked: the last one awaited left meanwhile.

    Raises NotFound, Invalid; StepRefused: not who asked, or somebody is awaited.
    """
    situation = begin(visit, code)
    motion = motion_named(situation.covenant, uid)
    check(Step.CARRY_OUT, visit, situation, motion)
    return settle(visit, motion, situation)


def give_consent(visit: Visit, motion: Motion, *, agrees: bool, reason: str) -> Consent:
    """The answer of the visit's agency, in a write scope."""
    return Consent.objects.create(
        motion=motion,
        agency_id=visit.agency.id,
        professional_id=visit.professional_id,
        agrees=agrees,
        reason=reason,
        given_at=clock.now(),
    )


def settle(visit: Visit, motion: Motion, situation: Situation) -> Motion:
    """Carry out the motion if nobody is awaited any more. Raises Invalid when it cannot be done (any more)."""
    fresh = motion_named(situation.covenant, motion.uid)
    if awaited_for(fresh, situation):
        return fresh
    fresh.carried_at = clock.now()
    with write_scope(reason="motion.carried"):
        fresh.save(update_fields=["carried_at"])
        _DO[fresh.kind](visit, fresh, situation)
        _journal(visit, fresh, "motion.carried")
    return fresh


def place_for(motion: Motion, situation: Situation) -> Signature | None:
    """The signature of who accedes under the version that rules; it stands once the motion is carried.

    An agency that was a party before, under the same text, has signed it then; that signature is kept as it is.
    """
    if situation.version is None or motion.agency is None:
        return None
    places = situation.version.signatures.filter(agency=motion.agency).exclude(signed_at=None, signed_on=None)
    return places.select_related("version__covenant", "agency").first()


def _accede(visit: Visit, motion: Motion, situation: Situation) -> None:
    place = place_for(motion, situation)
    if place is None:
        raise Invalid(
            _("Intussen geldt een andere versie dan de versie waaronder de handtekening staat."),
            remedy=_("Laat de organisatie haar vraag intrekken en opnieuw om toetreding vragen."),
        )
    starts = max(motion.moment or clock.now(), clock.now())
    lower.accede_party(place, by=author_of(visit), starts=starts, reason=motion.reason)


def _end(visit: Visit, motion: Motion, situation: Situation) -> None:
    moment = max(motion.moment, clock.now()) if motion.moment else None
    lower.end_covenant(motion.covenant.code, by=author_of(visit), ends=moment, reason=motion.reason)


_DO = {MotionKind.ACCESSION.value: _accede, MotionKind.ENDING.value: _end}


def _close(motion: Motion) -> tuple[Row, ...]:
    """The motion ends without effect, and a signature that was set with it never stands: returns its row."""
    motion.dropped_at = clock.now()
    motion.save(update_fields=["dropped_at"])
    if motion.agency is None:
        return ()
    places = Signature.objects.filter(version__covenant_id=motion.covenant_id, agency=motion.agency)
    dropped = places.filter(version__state=State.AGREED, signed_on=None, signed_at=motion.proposed_at)
    rows = tuple(map(row_of, dropped))
    dropped.delete()
    return rows


def _journal(visit: Visit, motion: Motion, type_: str, *, reason: str = "", rows: tuple[Row, ...] = ()) -> None:
    """The entry of one act on a motion. What it does to the rules has an entry of its own."""
    detail = {"motion": str(motion.uid), "kind": motion.kind, "by": motion.by.code}
    event = Event(
        type=type_, action=Action.UPDATE, covenant=motion.covenant.code, detail=detail, reason=reason, rows=rows
    )  # fmt: skip
    journal(author_of(visit), [event])
