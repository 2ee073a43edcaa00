"""A give-back from proposal to a thing that can be seen: residents choose, seizures pay, pictures show."""

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from cases.attachments.kinds import checked
from foundation import clock
from foundation.errors import Invalid, NotFound
from programmes.areas.queries import area_named
from programmes.areas.rules import protected
from programmes.giveback import events
from programmes.giveback.models import GiveBack, GiveBackState, Seizure, SeizureState
from programmes.giveback.rights import check_enforces, check_leads, own_project, words
from programmes.plans.acting import journal

MOST_AMOUNT = 100_000_000


def propose(visit: Visit, *, area: str, title: str, about: str, place: str, amount: int) -> GiveBack:
    """Propose a project in an area (code). Raises Refused (journalled), NotFound, Invalid: words or amount missing."""
    check_leads(visit, event=events.PROPOSED)
    if not 0 < amount <= MOST_AMOUNT:
        raise Invalid(_("Dit bedrag kan niet."), remedy=_("Vul hele euro's in, meer dan 0."), field="amount")
    project = GiveBack(
        area=area_named(area), agency_id=visit.agency.id, title=words(title, field="title", most=160),
        about=words(about, field="about"), place=words(place, field="place", most=120), amount=amount,
        proposed_on=clock.today(),
    )  # fmt: skip
    with transaction.atomic(), write_scope(reason=events.PROPOSED):
        project.save()
        journal(visit, events.PROPOSED, action=Action.CREATE, give_back=str(project.uid))
    return project


def record_vote(visit: Visit, uid: UUID, *, voters: int, in_favour: int) -> GiveBack:
    """Record that residents chose it. Raises NotFound, Refused (journalled); Invalid: too few, or no majority."""
    project = own_project(visit, uid, event=events.VOTED)
    if voters < settings.SMALL_NUMBER:
        raise Invalid(
            _("Kiezen doen ten minste %(n)d bewoners.") % {"n": settings.SMALL_NUMBER}, field="voters",
            remedy=_("Vraag meer bewoners om hun stem."),
        )  # fmt: skip
    if not voters / 2 < in_favour <= voters:
        raise Invalid(
            _("Alleen wat de meeste bewoners kiezen gaat door."), field="in_favour",
            remedy=_("Kijk het aantal na, of stel een ander project voor."),
        )  # fmt: skip
    share = protected(
        Decimal(in_favour * 100) / voters, unit="share", people=voters, threshold=settings.SMALL_NUMBER
    )  # fmt: skip
    number = protected(Decimal(voters), unit="count", people=None, threshold=settings.SMALL_NUMBER)
    return _step(
        visit, project, events.VOTED, GiveBackState.PROPOSED, state=GiveBackState.VOTED, voted_on=clock.today(),
        voters=None if number is None else int(number), in_favour=None if share is None else int(share),
    )  # fmt: skip


def fund(visit: Visit, uid: UUID, *, seizures: Collection[UUID]) -> GiveBack:
    """Pay a chosen project from booked seizures. For police, prosecution and mayor.

    Raises Refused (journalled), NotFound; Invalid: not chosen yet, a seizure that is not free, or too little together.
    """
    check_enforces(visit, event=events.FUNDED)
    project = GiveBack.objects.filter(uid=uid).first()
    if project is None:
        raise NotFound(_("Dit project bestaat niet."), remedy=_("Kies een project van het bord."))
    with transaction.atomic(), write_scope(reason=events.FUNDED):
        free = Seizure.objects.select_for_update().filter(
            uid__in=seizures, state=SeizureState.BOOKED, give_back=None
        )  # fmt: skip
        found = list(free)
        if len(found) != len(set(seizures)) or not found:
            raise Invalid(
                _("Kies geboekt beslag dat nog nergens voor is gebruikt."), field="seizures",
                remedy=_("Kijk opnieuw in de lijst."),
            )  # fmt: skip
        if sum(one.proceeds or 0 for one in found) < project.amount:
            raise Invalid(
                _("Samen is dit minder dan het project kost."), remedy=_("Kies meer beslag."), field="seizures"
            )
        Seizure.objects.filter(pk__in=[one.pk for one in found]).update(give_back=project)
        return _step(visit, project, events.FUNDED, GiveBackState.VOTED, state=GiveBackState.FUNDED)


def show(
    visit: Visit, uid: UUID, *, before: tuple[str, bytes], before_words: str, after: tuple[str, bytes], after_words: str
) -> GiveBack:
    """Show what came of it, before and after. before, after: name and bytes of a photo.

    Raises NotFound, Refused (journalled); Invalid: not paid yet, no photo, or no words that say what is on it.
    """
    project = own_project(visit, uid, event=events.SHOWN)
    said = {
        "before_words": words(before_words, field="before_words", most=240),
        "after_words": words(after_words, field="after_words", most=240),
    }
    pictures = {
        f"{when}_picture": checked(name, data, size=len(data), photo=True, field=when).data
        for when, (name, data) in (("before", before), ("after", after))
    }
    return _step(
        visit, project, events.SHOWN, GiveBackState.FUNDED, state=GiveBackState.VISIBLE, **said, **pictures
    )  # fmt: skip


def finish(visit: Visit, uid: UUID) -> GiveBack:
    """Close the project. Raises NotFound, Refused (journalled), Invalid: it is not to be seen yet."""
    project = own_project(visit, uid, event=events.DONE)
    return _step(visit, project, events.DONE, GiveBackState.VISIBLE, state=GiveBackState.DONE)


def _step(visit: Visit, project: GiveBack, event: str, at: str, **changes: object) -> GiveBack:
    with transaction.atomic(), write_scope(reason=event):
        if not GiveBack.objects.filter(pk=project.pk, state=at).update(**changes):
            raise Invalid(_("Dit project is aan een andere stap toe."), remedy=_("Kijk op de pagina van het project."))
        journal(visit, event, give_back=str(project.uid))
    project.refresh_from_db()
    return project
