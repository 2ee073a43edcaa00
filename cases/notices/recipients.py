"""Who had a fact: by the journal, and by what the rules gave them of this source then. Nobody learns more by it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from agreements.models import Agency
from agreements.policy.compile import Policy
from audit.journal.showings import Showing, showings
from cases.disclosure.past import Past
from cases.disclosure.rows import Row
from cases.records.models import Case, Extract
from foundation.masks import from_hex


@dataclass(slots=True)
class Had:
    """What an agency had of some rows: the fields (a mask), and which of its people read which of them."""

    fields: int = 0
    readers: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def who_had(case: Case, rows: Iterable[Row], *, policy: Policy) -> dict[Agency, Had]:
    """Per agency, other than the source, what it had of these rows, which all are about one person of one source.

    An agency had a field of a row if, and only if, the journal says that the field of that person was shown to it in
    this case since the row was given, and the rules then gave that reader that field of this source; or a copy for a
    third party holds it.
    """
    past = Past(case, policy)
    agencies = {agency.oin: agency for agency in Agency.objects.all()}
    found: dict[Agency, Had] = defaultdict(Had)
    for row in rows:
        present = from_hex(row.present)
        subject = f"subject:{row.subject_uid}" if row.subject_uid else ""
        copied = _copies(case, row, present)
        for third, mask in copied.items():
            found[third].fields |= mask
        for shown in showings(case.ref, subject, fields=present, since=row.given_at):
            agency = agencies.get(shown.agency_ref)
            if agency is None or agency.pk == row.source_id:
                continue
            mask = copied.get(agency, 0) & shown.fields or _given(past, row, agency, shown, found[agency])
            if mask:
                found[agency].fields |= mask
                found[agency].readers[shown.actor_ref] |= mask
    return {agency: had for agency, had in found.items() if had.fields}


def _given(past: Past, row: Row, agency: Agency, shown: Showing, had: Had) -> int:
    """Those of the shown fields that the rules gave; nothing when all of them stand with this reader already."""
    if not shown.fields & ~had.readers.get(shown.actor_ref, 0):
        return 0
    given = past.gave(row, to=agency, roles=shown.roles, purpose=shown.purpose, at=shown.at, act=shown.act)
    return given & shown.fields


def _copies(case: Case, row: Row, present: int) -> dict[Agency, int]:
    """What third parties hold in copies of the same fields of this source about this person, revoked ones too."""
    copies = Extract.objects.filter(case=case, about_id=row.about_id, source_id=row.source_id)
    found: dict[Agency, int] = defaultdict(int)
    for copy in copies.select_related("recipient"):
        if copy.decided_at >= row.given_at:
            found[copy.recipient] |= from_hex(copy.present) & present
    return {agency: mask for agency, mask in found.items() if mask}
