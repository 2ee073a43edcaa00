"""Who would sign a draft, and in which capacity. What the text says of parties is changed by an editing operation."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.drafting.commands.shared import journal, locked, touch
from agreements.drafting.models import Draft, DraftParty
from agreements.drafting.rights import check_may_write
from agreements.parties.models import Agency
from agreements.parties.reader import Visit
from agreements.policy.vocabulary import CAPACITIES
from audit.journal.scope import write_scope
from foundation.errors import Invalid

MOST = 200


@transaction.atomic
def set_parties(visit: Visit, uid: Any, *, parties: Mapping[str, str]) -> Draft:
    """These agencies (code -> capacity) would sign, and no others. The same again changes nothing.

    In consultation an agency that is added reads the draft from now on, and one that is left out does not.

    Raises:
        NotFound, Refused: not for this visit. Invalid: an agency or capacity that does not exist.
    """
    draft = locked(visit, uid)
    check_may_write(visit, draft)
    chosen = known_parties(parties)
    before = {row.agency_id: row.capacity for row in draft.parties.all()}
    if before == {agency.pk: capacity for agency, capacity in chosen}:
        return draft
    with write_scope(reason="draft.parties_set"):
        draft.parties.all().delete()
        place_parties(draft, chosen)
        touch(draft)
        journal(visit, "draft.parties_set", draft, parties=" ".join(sorted(parties)))
    return draft


def known_parties(parties: Mapping[str, str]) -> list[tuple[Agency, str]]:
    """Agencies with their capacity, in the order given. Raises Invalid with everything that does not exist."""
    found = {agency.code: agency for agency in Agency.objects.filter(code__in=[_plain(code) for code in parties])}
    errors = [
        (f"parties.{code}", _("De organisatie '%(code)s' bestaat hier niet.") % {"code": code[:40]})
        for code in parties
        if code not in found
    ]
    errors += [
        (f"parties.{code}", _("'%(capacity)s' is geen hoedanigheid.") % {"capacity": capacity[:40]})
        for code, capacity in parties.items()
        if capacity not in CAPACITIES
    ]
    if len(parties) > MOST:
        errors.append(("parties", _("Meer dan %(n)d partijen kan niet.") % {"n": MOST}))
    if errors:
        raise Invalid(
            errors[0][1],
            errors=tuple(errors),
            remedy=_("Kies organisaties en hoedanigheden uit de lijst."),
            field=errors[0][0],
        )
    return [(found[code], capacity) for code, capacity in parties.items()]


def place_parties(draft: Draft, chosen: list[tuple[Agency, str]]) -> None:
    """Their rows, inside an open write scope."""
    DraftParty.objects.bulk_create(
        DraftParty(draft=draft, agency=agency, capacity=capacity) for agency, capacity in chosen
    )


def _plain(code: str) -> str:
    # PostgreSQL knows no NUL: such a code is no agency's.
    return code.replace("\0", "\ufffd")
