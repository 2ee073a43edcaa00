"""Erasing who an entry is about on that person's request, before its term: the personal part goes, the entry stays."""

from django.utils.translation import gettext as _

from audit import ports
from audit.journal.commitments import parts_about
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.erasure import erase_parts
from audit.journal.reading import PURPOSE
from audit.pruning.events import ERASED
from audit.pruning.queries import agencies_in_journal
from foundation.errors import Invalid, Refused

BASIS = ("AVG art. 17(1)",)


class TwoOfficersNeeded(Refused):
    """One person cannot decide alone that the log forgets whom it is about."""

    code = "two_officers_needed"


def count(subject_ref: str) -> int:
    """How many entries still say that they are about this person ("subject:<uuid>")."""
    return len(parts_about(subject_ref, agency_refs=agencies_in_journal()))


def erase(subject_ref: str, *, officers: tuple[str, str], agency_ref: str, reason: str) -> int:
    """Erase the parts that name this person; returns how many. officers: references of the two who decided.

    agency_ref: for whom the first acts. reason: why, kept as a personal part of the entry that says so.
    Raises TwoOfficersNeeded: not two different people that this installation knows. Invalid: no reason.
    JournalUnavailable; then nothing is erased. Source: AVG art. 17; audit design 4.8.
    """
    names = ports.labels_of(officers)
    known = all(one.startswith("professional:") and names.get(one, one) != one for one in officers)
    if len(set(officers)) < 2 or not known:
        raise TwoOfficersNeeded(
            _("Wissen op verzoek vraagt twee verschillende privacy officers die Verbond kent."),
            remedy=_("Noem beide verwijzingen, zoals professional:<uuid>."), article="AVG art. 5(2)",
        )  # fmt: skip
    if not reason.strip():
        raise Invalid(_("Zonder reden wordt er niets gewist."), field="reason", remedy=_("Schrijf in een zin waarom."))
    first, second = officers
    entry = Entry(
        event_type=ERASED, action=Action.DELETE, outcome=Outcome.OK, actor_ref=first, actor_name=names[first],
        agency_ref=agency_ref, purpose=PURPOSE, legal_basis=BASIS, reason=reason.strip(),
        detail={"approved_by": second},
    )  # fmt: skip
    return erase_parts(parts_about(subject_ref, agency_refs=agencies_in_journal()), entry=entry)
