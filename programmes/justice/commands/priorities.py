"""The prosecution gives a group of offences priority, ends it, and agrees within how many weeks a ruling follows."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid
from programmes.justice import events
from programmes.justice.models import Norm, Offences, Priority
from programmes.justice.rights import priority_of, prosecuted_by
from programmes.justice.rules import Phase, phase
from programmes.plans.acting import journal, words


def set_priority(visit: Visit, code: str, *, offences: str, reason: str, starts_on: date, until_on: date) -> Priority:
    """Give a group of offences priority. For the prosecution. Raises NotFound, Refused; Invalid: see the fields."""
    programme = prosecuted_by(visit, code, event=events.PRIORITY)
    _check_offences(offences)
    said = words(reason, field="reason", empty=_("Zeg waarom dit voorrang krijgt."))
    if until_on < starts_on:
        raise Invalid(_("Het einde ligt voor het begin."), remedy=_("Kijk de dagen na."), field="until_on")
    if until_on < clock.today():
        raise Invalid(_("Deze dag is geweest."), remedy=_("Kies een dag die komt."), field="until_on")
    standing = Priority.objects.filter(programme=programme, offences=offences)
    if standing.filter(starts_on__lte=until_on, until_on__gte=starts_on).exists():
        raise Invalid(
            _("Deze groep heeft in die tijd al voorrang."), field="offences",
            remedy=_("Beëindig die voorrang eerst, of kies andere dagen."),
        )  # fmt: skip
    with transaction.atomic(), write_scope(reason=events.PRIORITY):
        made = Priority.objects.create(
            programme=programme, agency_id=visit.agency.id, offences=offences, reason=said, starts_on=starts_on,
            until_on=until_on,
        )  # fmt: skip
        journal(visit, events.PRIORITY, action=Action.CREATE, programme=code, offences=offences)
    return made


def end_priority(visit: Visit, uid: UUID, *, reason: str) -> Priority:
    """End a priority today, with the reason. Raises NotFound, Refused; Invalid: it does not hold now, or no reason."""
    found = priority_of(visit, uid, event=events.PRIORITY_ENDED)
    today = clock.today()
    if phase(starts_on=found.starts_on, until_on=found.until_on, on=today) is not Phase.NOW or found.ended_why:
        raise Invalid(_("Deze voorrang geldt nu niet."), remedy=_("U hoeft niets te doen."))
    said = words(reason, field="reason", empty=_("Zeg waarom de voorrang eindigt."))
    with transaction.atomic(), write_scope(reason=events.PRIORITY_ENDED):
        Priority.objects.filter(pk=found.pk).update(until_on=today, ended_why=said)
        journal(visit, events.PRIORITY_ENDED, programme=found.programme.code, offences=found.offences)
    found.refresh_from_db()
    return found


def agree_norm(visit: Visit, code: str, *, offences: str, weeks: int, agreed_on: date, source: str) -> Norm:
    """Record the agreed norm of a group: weeks from report to ruling. For the prosecution and who leads.

    Raises NotFound, Refused; Invalid: no such group, weeks outside 1-520, a day to come, no source.
    """
    programme = prosecuted_by(visit, code, event=events.NORM, lead_too=True)
    _check_offences(offences)
    if not 1 <= weeks <= 520:
        raise Invalid(_("Dit aantal weken kan niet."), remedy=_("Vul 1 tot en met 520 in."), field="weeks")
    if agreed_on > clock.today():
        raise Invalid(_("Deze dag moet nog komen."), remedy=_("Kies vandaag of eerder."), field="agreed_on")
    where = words(source, field="source", empty=_("Zeg waar dit is afgesproken."), most=160)
    with transaction.atomic(), write_scope(reason=events.NORM):
        made, _is_new = Norm.objects.update_or_create(
            programme=programme, offences=offences, agreed_on=agreed_on, defaults={"weeks": weeks, "source": where}
        )
        journal(visit, events.NORM, programme=code, offences=offences, weeks=weeks)
    return made


def _check_offences(offences: str) -> None:
    if offences not in Offences.values:
        raise Invalid(_("Deze groep bestaat niet."), remedy=_("Kies er een uit de lijst."), field="offences")
