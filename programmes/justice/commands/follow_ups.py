"""Agrees with youth protection or probation what follows a ruling, and records how far that is kept."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.reader import Visit
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid
from programmes.areas.rules import protected
from programmes.justice import events
from programmes.justice.models import FollowUp, FollowUpMeasured
from programmes.justice.rights import follow_up_of, following_agency, prosecuted_by
from programmes.justice.rules import is_over, span
from programmes.plans.acting import journal, words


def agree_follow_up(
    visit: Visit, code: str, *, agency: str, title: str, text: str, norm: int, starts_on: date, until_on: date
) -> FollowUp:
    """Record an agreement. agency: code of who follows up; norm: per cent. For the prosecution and who leads.

    Raises NotFound, Refused; Invalid: another kind of agency, no text, a norm that is no share, or days that turn.
    """
    programme = prosecuted_by(visit, code, event=events.FOLLOW_UP, lead_too=True)
    partner = following_agency(agency)
    if not 1 <= norm <= 100:
        raise Invalid(_("Een norm is een percentage."), remedy=_("Vul 1 tot en met 100 in."), field="norm")
    if until_on < starts_on:
        raise Invalid(_("Het einde ligt voor het begin."), remedy=_("Kijk de dagen na."), field="until_on")
    named = words(title, field="title", empty=_("Geef de afspraak een naam."), most=160)
    said = words(text, field="text", empty=_("Schrijf op wat is afgesproken."))
    with transaction.atomic(), write_scope(reason=events.FOLLOW_UP):
        made = FollowUp.objects.create(
            programme=programme, agency=partner, title=named, words=said, norm=norm, starts_on=starts_on,
            until_on=until_on,
        )  # fmt: skip
        journal(visit, events.FOLLOW_UP, action=Action.CREATE, programme=code, follow_up=str(made.uid))
    return made


def measure_follow_up(
    visit: Visit, uid: UUID, *, year: int, half: int, people: int, kept: int, source: str
) -> FollowUpMeasured:
    """Record for how many of the people of a half-year the agreement was kept; only the share is stored, protected.

    For the agency itself and who leads. Raises NotFound, Refused; Invalid: a half-year that is not over or outside the
    agreement, more kept than there were, or no source.
    """
    found = follow_up_of(visit, uid, event=events.MEASURED)
    if half not in (1, 2) or not 1990 <= year <= 2100 or not is_over(year, half, on=clock.today()):
        raise Invalid(
            _("Dit halfjaar is nog niet voorbij."), remedy=_("Kies een halfjaar dat is geweest."), field="half"
        )
    first, after = span(year, half)
    if not (found.starts_on < after and found.until_on >= first):
        raise Invalid(_("De afspraak gold toen niet."), remedy=_("Kies een ander halfjaar."), field="half")
    if people < 1:
        raise Invalid(_("Dit aantal kan niet."), remedy=_("Vul in om hoeveel mensen het ging."), field="people")
    if not 0 <= kept <= people:
        raise Invalid(_("Dit zijn er meer dan het ging."), remedy=_("Kijk de aantallen na."), field="kept")
    where = words(source, field="source", empty=_("Noem de bron."), most=160)
    with transaction.atomic(), write_scope(reason=events.MEASURED):
        FollowUp.objects.select_for_update().get(pk=found.pk)
        row = FollowUpMeasured.objects.filter(follow_up=found, year=year, half=half).first()
        share = protected(
            Decimal(kept) * 100 / people, unit="share", people=people, threshold=settings.SMALL_NUMBER,
            standing=Decimal(row.share) if row and row.share is not None else None,
        )  # fmt: skip
        made, _is_new = FollowUpMeasured.objects.update_or_create(
            follow_up=found, year=year, half=half,
            defaults={"share": None if share is None else int(share), "source": where},
        )  # fmt: skip
        journal(visit, events.MEASURED, programme=found.programme.code, follow_up=str(uid))
    return made
