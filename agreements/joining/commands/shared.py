"""What every step has in common: one transaction, the covenant as it stands, the right to it, refusals on record."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.epoch import current_epoch, lock_epoch
from agreements.covenants.models import Covenant
from agreements.covenants.queries import version_for
from agreements.joining.clauses import parties_article
from agreements.joining.models import Motion
from agreements.joining.situation import Situation, gathered, motion_named, place_of, situation_of
from agreements.joining.steps import RULES, Link, Step, why_not
from agreements.parties.reader import Visit
from audit.journal.apart import append_apart
from audit.journal.entry import Action, Entry, Outcome
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused

Args = ParamSpec("Args")
Result = TypeVar("Result")
MAX_WORDS = 2000


class StepRefused(Refused):
    """A step that this visit may not take, or not now. why: code of the condition that does not hold."""

    code = "step_refused"
    is_recorded = True

    def __init__(self, step: Step, link: Link, *, article: str = "") -> None:
        who = _("Wie het mag: %(who)s.") % {"who": RULES[step].who}
        super().__init__(str(link.sentence), remedy=f"{link.remedy} {who}", article=article)
        self.why = link.code


def taken_by(
    command: Callable[Concatenate[Visit, str, Args], Result],
) -> Callable[Concatenate[Visit, str, Args], Result]:
    """Makes a command of (visit, code, …) one transaction, and journals it when it is refused.

    The entry of a refusal stands apart, so that it stays although everything else is rolled back.
    """
    whole = transaction.atomic(command)

    @wraps(command)
    def take(visit: Visit, code: str, *args: Args.args, **kwargs: Args.kwargs) -> Result:
        try:
            return whole(visit, code, *args, **kwargs)
        except Refused as refusal:
            append_apart([_refused(visit, code, refusal, step=str(kwargs.get("step", command.__name__)))])
            raise

    return take


def begin(visit: Visit, code: str) -> Situation:
    """The covenant of this visit as it stands, while nobody else changes a rule. Raises NotFound."""
    lock_epoch()
    return own(visit, code)


def begin_outside(visit: Visit, code: str) -> Situation:
    """As `begin`, also for an agency that is no party; then a version must rule, for that is public."""
    lock_epoch()
    return outside(visit, code)


def own(visit: Visit, code: str) -> Situation:
    """A covenant of this visit as it stands. Raises NotFound."""
    pk = version_for(code, None, agency_id=visit.agency.id).covenant_id
    return situation_of(gathered(Covenant.objects.filter(pk=pk)).get(), at=clock.now())


def outside(visit: Visit, code: str) -> Situation:
    """A covenant in force as anybody may know it, or one of the visit's own. Raises NotFound."""
    try:
        return own(visit, code)
    except NotFound:
        found = gathered(Covenant.objects.filter(code=code.replace("\0", "\ufffd"))).first()
        situation = situation_of(found, at=clock.now()) if found else None
        if situation is None or situation.version is None:
            raise
        return situation


def check(step: Step, visit: Visit, situation: Situation, motion: Motion | None = None, *, signs: bool = False) -> None:
    """Raises StepRefused with the first condition that does not hold. signs: it has a place under a version."""
    broken = why_not(step, replace(place_of(visit, situation, motion), signs=signs))
    if broken is not None:
        raise StepRefused(step, broken, article=_article(situation) if broken.code in _NAMED_BY_PARTIES else "")


@taken_by
def look_at(visit: Visit, code: str, *, step: Step, uid: Any = None) -> tuple[Situation, Motion | None]:
    """The covenant (and the motion) on which a step would be taken, for the page that asks for it.

    Raises NotFound; StepRefused, which is journalled, as the page of a refusal says.
    """
    situation = outside(visit, code) if step is Step.ACCEDE else own(visit, code)
    motion = motion_named(situation.covenant, uid) if uid else None
    check(step, visit, situation, motion)
    return situation, motion


def words(text: str, *, field: str, empty: str, most: int = MAX_WORDS) -> str:
    """What somebody wrote, trimmed. Raises Invalid: empty, or too long."""
    # Neither database keeps halves of characters, and PostgreSQL keeps no NUL.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    found = whole.replace("\0", "\ufffd").strip()
    if not found:
        raise Invalid(empty, remedy=_("Schrijf het in een of meer zinnen."), field=field)
    if len(found) > most:
        raise Invalid(
            _("Dit is te lang: %(n)d tekens.") % {"n": len(found)},
            remedy=_("Houd het onder %(n)d tekens.") % {"n": most},
            field=field,
        )
    return found


_NAMED_BY_PARTIES = ("not_named", "bureau")


def _article(situation: Situation) -> str:
    """The article about parties, where the text has one."""
    if situation.version is None or situation.document is None:
        return ""
    number = parties_article(situation.document)
    words = {"code": situation.covenant.code, "n": situation.version.number, "article": number}
    return _("%(code)s v%(n)d, art. %(article)s") % words if number else ""


def _refused(visit: Visit, code: str, refusal: Refused, *, step: str) -> Entry:
    why = getattr(refusal, "why", refusal.code)
    return Entry(
        event_type="step.refused",
        action=Action.EXECUTE,
        outcome=Outcome.REFUSED,
        actor_ref=visit.actor_ref,
        actor_name=visit.name,
        agency_ref=visit.agency_ref,
        roles=tuple(sorted(visit.roles)),
        policy_epoch=current_epoch().number,
        detail={"covenant": code, "step": step, "why": why},
        trace_id=visit.trace_id,
    )
