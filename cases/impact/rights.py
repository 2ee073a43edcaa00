"""Who may have counted what a draft or version would change, and who may read it. What it shows is in shown.py."""

from django.utils.translation import gettext as _

from agreements.drafting.rights import READERS
from agreements.insight.frame import is_coming
from agreements.insight.subjects import Subject, subject_for
from agreements.parties.reader import Visit
from agreements.policy.errors import DocumentInvalid
from cases.disclosure.visibility import CASE_ROLES
from foundation.errors import Invalid, Refused

DIRECTING = frozenset({"case_director", "chair"})
"""Roles that may have a version counted that all parties know already: they lead the cases it will meet."""


def subject_of(visit: Visit, key: str) -> Subject:
    """The draft or version that `key` names, for a visit that may read what it would change.

    Raises:
        NotFound: none, or none for this visit.
        Refused: the visit's work is neither in covenants nor in cases, or its token is bound to one case.
        Invalid: a draft that cannot be read as a covenant yet.
    """
    try:
        subject = subject_for(visit, key)
    except DocumentInvalid as error:
        raise Invalid(
            _("Dit concept is nog niet als convenant te lezen. Er is niets te tellen."),
            remedy=_("Verhelp eerst de bevindingen: het zijn er %(n)d.") % {"n": len(error.findings)},
            field="key",
        ) from error
    if not visit.roles & (READERS | CASE_ROLES) or visit.case_pinned:
        raise Refused(
            _("Uw rol leest geen gevolgen van een convenant."),
            remedy=_("Vraag het een jurist, tekenbevoegde of privacy officer van uw organisatie."),
        )
    return subject


def may_start(visit: Visit, subject: Subject) -> bool:
    """Whether this visit may have the subject counted.

    May, if and only if the subject does not rule yet, and the visit works in covenants (READERS), or leads
    cases and the subject is a version that was put to the parties.
    """
    who = READERS if subject.is_draft else READERS | DIRECTING
    return bool(visit.roles & who) and is_coming(visit, subject)


def check_may_start(visit: Visit, subject: Subject) -> None:
    """Raises Refused or Invalid unless `may_start`."""
    if may_start(visit, subject):
        return
    if not is_coming(visit, subject):
        raise Invalid(
            _("Deze versie verandert niets meer: zij geldt al, of zij gaat niet (meer) gelden."),
            remedy=_("Tel een concept, of een versie die ter ondertekening ligt."),
            field="key",
        )
    raise Refused(
        _("Alleen een jurist, tekenbevoegde, privacy officer, procesregisseur of voorzitter laat de gevolgen tellen."),
        remedy=_("Vraag het een van hen bij uw organisatie. Wat zij lieten tellen, ziet u hier ook."),
    )
