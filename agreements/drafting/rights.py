"""Who may read a draft, who holds its pen, who may remark. Drafts hold rules, never case data."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agreements.drafting.models import Draft, DraftState, Remark
from agreements.parties.reader import Visit
from foundation.errors import NotFound, Refused

READERS = frozenset({"legal_counsel", "signatory", "privacy_officer"})
"""Roles whose work is in covenants. The pen is held by legal counsel alone."""

OPEN = (DraftState.DRAFT, DraftState.CONSULTATION)
SHARED = (DraftState.CONSULTATION, DraftState.FOR_SIGNATURE, DraftState.ADOPTED)


def readable(visit: Visit) -> QuerySet[Draft]:
    """The drafts that exist for this visit.

    Included if, and only if, the visit holds a role of READERS, and
    - its agency holds the pen, or
    - its agency is among those who would sign, and the draft is or was shared with them (SHARED).
    """
    if not visit.roles & READERS:
        return Draft.objects.none()
    shared = Q(state__in=SHARED, parties__agency_id=visit.agency.id)
    return Draft.objects.filter(Q(owner_id=visit.agency.id) | shared).distinct()


def draft_for(visit: Visit, uid: Any) -> Draft:
    """The draft with this uid. Raises NotFound: none, or none for this visit (the same answer)."""
    found = readable(visit).select_related("owner", "based_on", "version").filter(uid=uid).first()
    if found is None:
        raise NotFound(
            _("Dit concept bestaat niet, of het is niet met uw organisatie gedeeld."),
            remedy=_("Kies een concept uit de lijst."),
        )
    return found


def may_write(visit: Visit, draft: Draft) -> bool:
    """Whether this visit holds the pen now: legal counsel of the owner, before it is put up for signature."""
    return "legal_counsel" in visit.roles and draft.owner_id == visit.agency.id and draft.state in OPEN


def check_may_write(visit: Visit, draft: Draft) -> None:
    """Raises Refused unless `may_write`, with who may and when."""
    if draft.state not in OPEN:
        raise Refused(
            _("Dit concept is niet meer te wijzigen: het is %(state)s.") % {"state": draft.get_state_display().lower()},
            remedy=_("Haal het terug uit de ondertekening, of begin een nieuwe versie."),
        )
    if not may_write(visit, draft):
        raise Refused(
            _("Alleen een jurist van %(agency)s wijzigt dit concept.") % {"agency": draft.owner.name},
            remedy=_("Zet uw opmerking bij het artikel."),
        )


def may_remark(visit: Visit, draft: Draft) -> bool:
    """Whether this visit may remark: whoever reads it, while it is in the making."""
    return bool(visit.roles & READERS) and draft.state in OPEN


def may_reopen(visit: Visit, draft: Draft, remark: Remark) -> bool:
    """Whether this visit may reopen a remark: its agency made it, or it holds the pen; while in the making."""
    return may_remark(visit, draft) and (remark.agency_id == visit.agency.id or may_write(visit, draft))
