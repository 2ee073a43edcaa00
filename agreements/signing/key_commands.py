"""What signatories do with their keys: register one that they keep elsewhere, revoke one, ask for a new one."""

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.commands.shared import author_of
from agreements.covenants.epoch import lock_epoch
from agreements.parties.models import Agency, Professional
from agreements.parties.reader import Visit
from agreements.parties.rules import Role
from agreements.signing import keys
from agreements.signing.certificates import jwk_of, read_public_key
from agreements.signing.models import SigningKey
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused


def register_own_key(visit: Visit, pem: str) -> SigningKey:
    """Let this installation vouch for a key that the signatory keeps elsewhere, for the visit's agency.

    pem: a certificate, a certificate request, or a public key, on P-256; only the public half is used. The caller
    has seen to a fresh strong sign-in: who could register a key could sign.

    Raises:
        Refused: no signatory. Invalid: no such key, or one that is here already.
    """
    _check_signatory(visit)
    try:
        public = read_public_key(pem)
    except ValueError as wrong:
        raise Invalid(
            _("Dit is geen certificaat of publieke sleutel die hier past."),
            remedy=_("Plak een certificaat, een aanvraag of een publieke sleutel in PEM, op de kromme P-256."),
            field="pem",
        ) from wrong
    with transaction.atomic():
        lock_epoch()
        if SigningKey.objects.filter(kid=jwk_of(public)["kid"]).exists():
            raise Invalid(
                _("Deze sleutel is hier al bekend."), remedy=_("Gebruik voor elke organisatie een eigen."), field="pem"
            )
        person, agency = _who(visit)
        with write_scope(reason="signing_key.registered"):
            return keys.register_key(person, agency, public, by=author_of(visit))


def revoke_key(visit: Visit, kid: str) -> SigningKey:
    """From now on nothing can be signed with this key; what it signed stands.

    Raises NotFound: not a key of this person for this agency, nor (for its administrator) one of its agency.
    """
    with transaction.atomic():
        lock_epoch()
        mine = SigningKey.objects.filter(agency_id=visit.agency.id, kid=kid)
        if Role.AGENCY_ADMIN not in visit.roles:
            mine = mine.filter(professional_id=visit.professional_id)
        key = mine.first()
        if key is None:
            raise NotFound(_("Deze sleutel bestaat niet."), remedy=_("Kies een sleutel uit de lijst."))
        if key.revoked_at is None:
            key.revoked_at = clock.now()
            with write_scope(reason="signing_key.revoked"):
                key.save(update_fields=["revoked_at"])
                append([_entry(visit, key)])
    return key


def renew_key(visit: Visit) -> SigningKey:
    """A new key, kept here, in the place of the one before; the caller has seen to a fresh strong sign-in.

    Raises Refused: no signatory.
    """
    _check_signatory(visit)
    with transaction.atomic():
        lock_epoch()
        person, agency = _who(visit)
        with write_scope(reason="signing_key.issued"):
            return keys.new_signing_key(person, agency, by=author_of(visit))


def _check_signatory(visit: Visit) -> None:
    if Role.SIGNATORY not in visit.roles:
        raise Refused(
            _("Alleen een tekenbevoegde heeft een sleutel om te tekenen."),
            remedy=_("Vraag de beheerder van uw organisatie om die rol."),
        )


def _who(visit: Visit) -> tuple[Professional, Agency]:
    return Professional.objects.get(pk=visit.professional_id), Agency.objects.get(pk=visit.agency.id)


def _entry(visit: Visit, key: SigningKey) -> Entry:
    return Entry(
        event_type="signing_key.revoked",
        action=Action.UPDATE,
        outcome=Outcome.OK,
        actor_ref=visit.actor_ref,
        actor_name=visit.name,
        agency_ref=visit.agency_ref,
        detail={"kid": key.kid},
        trace_id=visit.trace_id,
    )
