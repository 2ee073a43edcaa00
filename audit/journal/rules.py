"""Who may read the journal, and of whom. What the journal holds is in queries.py."""

from django.utils.translation import gettext as _

from audit import ports
from foundation.errors import Refused

PRIVACY_OFFICER = "privacy_officer"


class NotYourJournal(Refused):
    """Somebody who is no privacy officer asked for the journal."""

    code = "not_your_journal"


def check_may_oversee(visitor: ports.Visitor) -> str | None:
    """The agency whose readers this visitor oversees; None for all agencies.

    Raises NotYourJournal when the visitor is no privacy officer.
    Source: AVG art. 39(1)(b); WGS art. 1.8(4).
    """
    if PRIVACY_OFFICER not in visitor.roles:
        raise NotYourJournal(
            _("Het logboek is alleen voor privacy officers."),
            remedy=_("Wilt u weten wie een dossier las? Vraag het de privacy officer van uw organisatie."),
            article="AVG art. 39(1)(b)",
        )
    return ports.scope_of(visitor)


def may_oversee(visitor: ports.Visitor) -> bool:
    """Whether this visitor may read (their part of) the journal."""
    try:
        check_may_oversee(visitor)
    except NotYourJournal:
        return False
    return True
