"""A person's account: closing it, and the preferences they set themselves."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.commands.memberships import of_own_agency
from agreements.parties.commands.rights import entry_by, membership_entry
from agreements.parties.models import Membership, Professional, Theme
from agreements.parties.reader import Visit
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, Refused


@transaction.atomic
def deactivate_professional(by: Visit, *, membership_id: int) -> Professional:
    """Close the account of a colleague: nobody signs in with it again, and open sessions end now.

    Raises:
        NotFound, NotYourAgency, OwnMembership: as end_membership.
        Refused: the person also works for another agency; then only the membership here can end.
    """
    row = of_own_agency(by, membership_id)
    person = row.professional
    if Membership.objects.in_force().filter(professional=person).exclude(agency_id=by.agency.id).exists():
        raise Refused(
            _("Dit account wordt ook elders gebruikt en kan hier niet worden gesloten."),
            remedy=_("Beëindig de rol bij uw organisatie."),
        )
    person.is_active = False
    row.ends = clock.now()
    with write_scope(reason="professional.deactivated"):
        person.save(update_fields=["is_active"])
        row.save(update_fields=["ends"])
        append(
            [
                membership_entry(by, "membership.ended", Action.UPDATE, row),
                entry_by(by, "professional.deactivated", Action.UPDATE, subject=person.reference),
            ]
        )
    transaction.on_commit(lambda: _end_sessions(person))
    return person


def set_preferences(professional_id: int, *, language: str = "", theme: str = "") -> None:
    """Keep the language or the light or dark view that somebody chose. Unknown values are refused.

    Raises:
        Invalid: not a language or a view that there is.
    """
    changes: dict[str, str] = {}
    if language:
        changes["language"] = _one_of(language, ("nl", "en"), field="language")
    if theme:
        changes["theme"] = _one_of(theme, tuple(Theme.values), field="theme")
    if changes:
        Professional.objects.filter(pk=professional_id).update(**changes)


def _end_sessions(person: Professional) -> None:
    for session in UserSession.objects.filter(user_id=person.pk):
        session.end()


def _one_of(value: str, choices: tuple[str, ...], *, field: str) -> str:
    if value not in choices:
        raise Invalid(_("Deze keuze bestaat niet."), field=field)
    return value
