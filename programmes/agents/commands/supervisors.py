"""Names the social supervisors of a programme: professionals, by the membership in which they do it."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound
from programmes.agents import events
from programmes.agents.models import SocialSupervisor
from programmes.agents.rights import led_for_agents, officer_of
from programmes.plans.acting import journal, words


def name_supervisor(visit: Visit, code: str, *, area: str, membership: int, task: str) -> SocialSupervisor:
    """Name somebody who works at a partner. For who leads the programme. area: code; membership: its row.

    Raises NotFound, Refused; Invalid: no such area, works at no partner or at one that is kept out, or stands already.
    """
    programme = led_for_agents(visit, code, event=events.SUPERVISOR)
    where = programme.areas.filter(code=area).first()
    if where is None:
        raise Invalid(_("Deze wijk hoort niet bij het programma."), remedy=_("Kies er een uit de lijst."), field="area")
    who = officer_of(programme, membership, field="membership")
    said = words(task, field="task", empty=_("Zeg in het kort wat deze regisseur doet."), most=240)
    try:
        with transaction.atomic(), write_scope(reason=events.SUPERVISOR):
            made = SocialSupervisor.objects.create(
                programme=programme, area=where, membership=who, task=said, since=clock.today()
            )
            journal(visit, events.SUPERVISOR, action=Action.CREATE, programme=code, supervisor=str(made.uid))
    except IntegrityError:
        raise Invalid(
            _("Deze persoon is al sociaal regisseur in deze wijk."), remedy=_("Kies iemand anders."), field="membership"
        ) from None
    return made


def end_supervisor(visit: Visit, uid: UUID) -> None:
    """Somebody stops as social supervisor. For who leads the programme. Raises NotFound, Refused, Invalid."""
    found = SocialSupervisor.objects.select_related("programme").filter(uid=uid).first()
    if found is None:
        raise NotFound(_("Deze sociaal regisseur bestaat niet."), remedy=_("Kies er een uit de lijst."))
    led_for_agents(visit, found.programme.code, event=events.SUPERVISOR_ENDED)
    with transaction.atomic(), write_scope(reason=events.SUPERVISOR_ENDED):
        if not SocialSupervisor.objects.filter(pk=found.pk, until=None).update(until=clock.today()):
            raise Invalid(_("Deze sociaal regisseur is al gestopt."), remedy=_("U hoeft niets te doen."))
        journal(visit, events.SUPERVISOR_ENDED, programme=found.programme.code, supervisor=str(uid))
