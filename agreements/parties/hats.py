"""Which agency somebody acts for: one hat per visit. What the hat may see, the policy decides."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from agreements.parties.models import Membership
from agreements.parties.reader import SESSION_DEMO, SESSION_HAT, current_memberships
from agreements.parties.rules import Role
from foundation.errors import NotFound

# Whatever else a session keeps was declared under the old hat (a purpose, a filter) and goes with it.
_KEPT = frozenset({SESSION_DEMO, "language", "theme"})
_KEPT_PREFIXES = ("_auth_user_", "account_", "mfa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hat:
    """One agency that somebody can act for now, with the roles held there."""

    membership_id: int
    agency_code: str
    agency_name: str
    agency_type: str
    monogram: str
    roles: tuple[str, ...]

    @property
    def role_labels(self) -> tuple[str, ...]:
        """The roles in words, in the language of the page."""
        return tuple(str(Role(role).label) for role in self.roles)


def hats_of(professional_id: int) -> tuple[Hat, ...]:
    """The hats somebody can put on at this moment, by name of the agency."""
    return tuple(_hat(row) for row in current_memberships().filter(professional_id=professional_id))


def put_on(request: HttpRequest, *, membership_id: int) -> Hat:
    """Act for another agency from now on; everything declared under the former hat is dropped.

    Raises:
        NotFound: not a membership in force of the person who is signed in.
    """
    mine = current_memberships().filter(professional_id=request.user.pk, pk=membership_id).first()
    if mine is None:
        raise NotFound("U werkt op dit moment niet voor deze organisatie.", remedy="Kies een organisatie uit de lijst.")
    for key in list(request.session.keys()):
        if key not in _KEPT and not key.startswith(_KEPT_PREFIXES):
            del request.session[key]
    request.session[SESSION_HAT] = mine.pk
    return _hat(mine)


def _hat(row: Membership) -> Hat:
    return Hat(
        membership_id=row.pk,
        agency_code=row.agency.code,
        agency_name=row.agency.name_in(get_language() or "nl"),
        agency_type=row.agency.type,
        monogram=row.agency.monogram,
        roles=tuple(row.roles),
    )
