"""A party gives notice, and takes it back before it takes effect."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreements.covenants import commands as lower
from agreements.covenants.commands.shared import author_of
from agreements.covenants.models import Party
from agreements.joining.commands.shared import begin, check, taken_by, words
from agreements.joining.notice import check_reach, earliest_last_day, in_words, notice_of
from agreements.joining.steps import Step
from agreements.parties.reader import Visit
from foundation import clock
from foundation.errors import Invalid


@taken_by
def withdraw(visit: Visit, code: str, *, reason: str, last_day: date | None = None) -> Party:
    """The visit's agency gives notice; `last_day` is the last day that it is a party (default: the earliest).

    Raises:
        NotFound: no such covenant for this visit.
        StepRefused: not a signatory of a party, or notice was given.
        Invalid: no reason, or a day within the notice period.
    """
    situation = begin(visit, code)
    check(Step.WITHDRAW, visit, situation)
    said = words(reason, field="reason", empty=_("Een opzegging heeft een reden."))
    _version, document = situation.ruling()
    earliest = earliest_last_day(document, today=clock.today())
    check_reach(last_day, field="last_day")
    chosen = last_day or earliest
    if chosen < earliest:
        raise Invalid(
            _("De opzegtermijn is %(notice)s: %(day)s kan niet de laatste dag zijn.")
            % {"notice": in_words(notice_of(document)), "day": date_format(chosen)},
            remedy=_("Kies %(day)s of een latere dag.") % {"day": date_format(earliest)},
            field="last_day",
        )
    return lower.withdraw_party(
        code, agency=visit.agency.code, by=author_of(visit), ends=clock.end_of(chosen), reason=said
    )


@taken_by
def revoke(visit: Visit, code: str, *, reason: str) -> Party:
    """The visit's agency stays a party after all. Raises as `withdraw`; StepRefused when no notice stands."""
    situation = begin(visit, code)
    check(Step.REVOKE, visit, situation)
    said = words(reason, field="reason", empty=_("Schrijf waarom uw organisatie blijft."))
    return lower.revoke_withdrawal(code, agency=visit.agency.code, by=author_of(visit), reason=said)
