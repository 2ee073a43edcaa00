"""Public keys of partners' systems: accepted and ended. Exchanging assertions is in tokens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.parties.commands.rights import check_may_manage_people, entry_by
from agreements.parties.models import ClientKey
from agreements.parties.reader import Visit
from audit.journal.appender import append
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock, jose
from foundation.errors import Invalid, NotFound


@transaction.atomic
def register_client_key(by: Visit, *, jwk: Mapping[str, Any], ends: datetime | None = None) -> ClientKey:
    """Accept a public key of a system of the agency of `by`; it can then ask for access tokens.

    Raises:
        NotYourAgency: `by` may not.
        Invalid: not a public P-256 key, or one that is already known.
    """
    check_may_manage_people(by, agency_id=by.agency.id)
    try:
        jose.check_public_key(jwk)
    except ValueError as wrong:
        raise Invalid(
            _("Dit is geen openbare sleutel voor ES256."),
            remedy=_("Stuur een JWK met kty EC en crv P-256, zonder d."),
            field="jwk",
        ) from wrong
    key = jose.public_half(jwk)
    if ClientKey.objects.filter(kid=key["kid"]).exists():
        raise Invalid(_("Deze sleutel is al bekend."), field="jwk")
    with write_scope(reason="client_key.registered"):
        row = ClientKey.objects.create(agency_id=by.agency.id, kid=key["kid"], jwk=key, ends=ends)
        append([entry_by(by, "client_key.registered", Action.CREATE, detail={"kid": row.kid})])
    return row


@transaction.atomic
def end_client_key(by: Visit, *, kid: str) -> ClientKey:
    """Stop accepting a key now. Raises NotFound, NotYourAgency."""
    check_may_manage_people(by, agency_id=by.agency.id)
    row = ClientKey.objects.in_force().filter(agency_id=by.agency.id, kid=kid).first()
    if row is None:
        raise NotFound(_("Deze sleutel is niet van uw organisatie."))
    row.ends = clock.now()
    with write_scope(reason="client_key.ended"):
        row.save(update_fields=["ends"])
        append([entry_by(by, "client_key.ended", Action.UPDATE, detail={"kid": row.kid})])
    return row
