"""An agency asks to accede: it signs the version that rules, and the signature stands once the parties consent."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.covenants.commands.shared import Event, author_of, journal
from agreements.covenants.models import CovenantVersion, Signature
from agreements.covenants.vouching import row_of
from agreements.joining.commands.motions import settle
from agreements.joining.commands.shared import begin_outside, check, taken_by, words
from agreements.joining.models import Motion, MotionKind
from agreements.joining.notice import check_reach, last_day_of
from agreements.joining.sealing import Seal
from agreements.joining.situation import Situation
from agreements.joining.steps import Step
from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from audit.ports import Row
from foundation import clock
from foundation.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the asker states: by what power it signs, why, the reference of the RAC's advice, and from which day."""

    mandate: str
    reason: str
    advice: str = ""
    first_day: date | None = None


@taken_by
def ask_accession(visit: Visit, code: str, *, asked: Asked, seal: Seal) -> Motion:
    """The visit's agency asks to become a party, in the capacity that the version in force gives it.

    seal: what signs for the asker (sealing.py). The parties whose consent is needed answer; with the last consent the
    agency is a party, from the day that it asked for or from that moment.

    Raises:
        NotFound: no such covenant in force.
        StepRefused: not a signatory, a party already, not named by the version in force, or asked before.
        Invalid: no mandate or reason, a day that this version does not rule, or no advice where it asks for one.
    """
    situation = begin_outside(visit, code)
    check(Step.ACCEDE, visit, situation)
    version, document = situation.ruling()
    starts = _starts(situation, asked.first_day)
    mandate = words(" ".join(asked.mandate.split()), field="mandate", empty=_("Noem uw mandaat."), most=200)
    reason = _reason(asked, needs_advice=document.joining.rac_advice)
    capacity = document.capacity_of(visit.agency.code, visit.agency.type)
    now = clock.now()
    with write_scope(reason="motion.accession_asked"):
        rows = _sign(visit, version, capacity=capacity, mandate=mandate, at=now, seal=seal)
        motion = Motion.objects.create(
            covenant=situation.covenant,
            kind=MotionKind.ACCESSION,
            by_id=visit.agency.id,
            proposer_id=visit.professional_id,
            agency_id=visit.agency.id,
            capacity=capacity,
            moment=starts,
            reason=reason,
            proposed_at=now,
        )
        detail: dict[str, str | int] = {
            "motion": str(motion.uid),
            "version": version.number,
            "sha256": version.sha256,
            "capacity": capacity,
            "mandate": mandate,
            "starts": starts.isoformat() if starts else "",
        }
        event = Event(
            type="motion.accession_asked", action=Action.CREATE, covenant=code, detail=detail, reason=reason, rows=rows
        )  # fmt: skip
        journal(author_of(visit), [event])
    return settle(visit, motion, situation)


def _sign(
    visit: Visit, version: CovenantVersion, *, capacity: str, mandate: str, at: datetime, seal: Seal
) -> tuple[Row, ...]:
    """A place with the signature of the asker; one from an earlier accession under the same text is left as it is.

    Returns the row that came, if any.
    """
    if version.signatures.filter(agency_id=visit.agency.id).exists():
        return ()
    sealed = seal(visit, version, capacity=capacity, mandate=mandate, at=at)
    made = Signature.objects.create(
        version=version,
        agency_id=visit.agency.id,
        capacity=capacity,
        signatory=visit.name,
        mandate=mandate,
        jws=sealed.jws,
        certificate=sealed.certificate,
        professional_id=visit.professional_id,
        signed_at=at,
        recorded_at=at,
    )
    return (row_of(made),)


def _reason(asked: Asked, *, needs_advice: bool) -> str:
    said = words(asked.reason, field="reason", empty=_("Schrijf waarom uw organisatie wil toetreden."))
    if not asked.advice.strip():
        if not needs_advice:
            return said
        raise Invalid(
            _("Dit convenant vraagt bij toetreding een advies van de rechtmatigheidscommissie (RAC)."),
            remedy=_("Noem het kenmerk van het advies."),
            field="advice",
        )
    advice = words(asked.advice, field="advice", empty="", most=200)
    return _("Advies van de rechtmatigheidscommissie: %(advice)s. %(reason)s") % {"advice": advice, "reason": said}


def _starts(situation: Situation, first_day: date | None) -> datetime | None:
    """The wanted moment; None: with the last consent. Raises Invalid when this version does not rule then."""
    if first_day is None or first_day <= clock.today():
        if first_day is not None and first_day < clock.today():
            raise Invalid(_("Die dag is geweest."), remedy=_("Kies vandaag of een latere dag."), field="first_day")
        return None
    check_reach(first_day, field="first_day")
    starts = clock.start_of(first_day)
    ends = situation.ruling()[0].ends
    if ends is not None and ends <= starts:
        raise Invalid(
            _("De versie die nu geldt, eindigt op %(day)s.") % {"day": date_format(last_day_of(ends))},
            remedy=_("Kies een eerdere dag, of vraag toetreding onder de volgende versie."),
            field="first_day",
        )
    return starts
