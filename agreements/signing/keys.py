"""The keys of this installation and of its signatories, as the tables keep them. Making certificates: certificates.py.

Every function that makes a key is called in a write scope, after lock_epoch: two processes make one root.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _

from agreements.covenants.rules import Author
from agreements.parties.models import Agency, Professional
from agreements.signing import certificates
from agreements.signing.certificates import Holder, PrivateKey, PublicKey
from agreements.signing.models import HouseKey, SigningKey
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from foundation import clock, jose
from foundation.boxes import box
from foundation.errors import Refused

ROOT, SEAL = "root", "seal"
_BOX = "signing-keys"


class KeyRefused(Refused):
    """There is no key with which this person can sign now. why: a code for the journal."""

    code = "signing_key_refused"

    def __init__(self, sentence: str, *, why: str, remedy: str = "") -> None:
        super().__init__(sentence, remedy=remedy)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What this installation vouches and seals with."""

    root: x509.Certificate
    root_key: PrivateKey
    seal: x509.Certificate
    seal_key: PrivateKey


def house(by: Author) -> House:
    """The keys of this installation, made at the first need."""
    now = clock.now()
    root = _house_row(ROOT, now) or _make_root(now, by)
    root_certificate, root_key = certificates.read_certificate(root.certificate), _opened(root.private_key)
    seal = _house_row(SEAL, now) or _make_seal(root_certificate, root_key, now, by)
    return House(
        root=root_certificate,
        root_key=root_key,
        seal=certificates.read_certificate(seal.certificate),
        seal_key=_opened(seal.private_key),
    )


def root_pem() -> str:
    """The root certificate as PEM; "" before the first signature."""
    row = _house_row(ROOT, clock.now())
    return row.certificate if row else ""


def signing_key(person: Professional, agency: Agency, *, by: Author) -> SigningKey:
    """The key that this installation keeps for somebody and one agency; made at the first need, renewed in time.

    Raises KeyRefused: it was revoked, and nobody asked for a new one.
    """
    now = clock.now()
    kept = SigningKey.objects.filter(professional=person, agency=agency).exclude(private_key="")
    newest = kept.order_by("-made_at", "-pk").first()
    if newest is not None and newest.revoked_at is not None:
        raise KeyRefused(
            _("Uw sleutel om te tekenen is ingetrokken."),
            why="key_revoked",
            remedy=_("Vraag bij “Uw sleutels” een nieuwe sleutel aan."),
        )
    return newest if newest is not None and newest.ends_at > now else new_signing_key(person, agency, by=by)


def new_signing_key(person: Professional, agency: Agency, *, by: Author) -> SigningKey:
    """A fresh key for somebody and one agency, kept here in a box."""
    private = certificates.new_private_key()
    sealed = _closed(certificates.private_pem(private))
    return _keep(person, agency, private.public_key(), sealed, event="signing_key.issued", by=by)


def register_key(person: Professional, agency: Agency, public: PublicKey, *, by: Author) -> SigningKey:
    """A key that somebody keeps elsewhere: this installation vouches for its public half."""
    return _keep(person, agency, public, "", event="signing_key.registered", by=by)


def private_jwk(key: SigningKey) -> dict[str, str]:
    """The private half of a key that is kept here."""
    return jose.private_key_of(certificates.private_pem(_opened(key.private_key)))


def own_key(person: Professional, agency: Agency, kid: str) -> SigningKey:
    """The registered key of somebody with this kid, in force now. Raises KeyRefused."""
    found = SigningKey.objects.filter(professional=person, agency=agency, kid=kid, private_key="").first()
    if found is None:
        raise KeyRefused(
            _("Deze sleutel is niet van u, of is hier niet bekend."),
            why="unknown_key",
            remedy=_("Registreer bij “Uw sleutels” het certificaat van de sleutel waarmee u tekent."),
        )
    if found.revoked_at is not None:
        raise KeyRefused(_("Deze sleutel is ingetrokken."), why="key_revoked", remedy=_("Registreer een andere."))
    if found.ends_at <= clock.now():
        raise KeyRefused(
            _("Het certificaat van deze sleutel is verlopen."),
            why="key_expired",
            remedy=_("Registreer een nieuwe sleutel."),
        )
    return found


def _house_row(purpose: str, now: datetime) -> HouseKey | None:
    return HouseKey.objects.filter(purpose=purpose, ends_at__gt=now).order_by("-made_at", "-pk").first()


def _make_root(now: datetime, by: Author) -> HouseKey:
    key = certificates.new_private_key()
    root = certificates.make_root(f"{settings.VERBOND_NAME}, convenanten", key=key, now=now)
    return _keep_house(ROOT, root, key, now, by)


def _make_seal(root: x509.Certificate, root_key: PrivateKey, now: datetime, by: Author) -> HouseKey:
    key = certificates.new_private_key()
    name = f"{settings.VERBOND_NAME}, zegel"
    seal = certificates.make_seal(name, key.public_key(), root=root, root_key=root_key, now=now)
    return _keep_house(SEAL, seal, key, now, by)


def _keep_house(purpose: str, certificate: x509.Certificate, key: PrivateKey, now: datetime, by: Author) -> HouseKey:
    row = HouseKey.objects.create(
        purpose=purpose,
        certificate=certificates.pem_of(certificate),
        private_key=_closed(certificates.private_pem(key)),
        made_at=now,
        ends_at=certificate.not_valid_after_utc,
    )
    told = {"purpose": purpose, "fingerprint": certificates.fingerprint(certificate)}
    append([_entry("house_key.made", Action.CREATE, told, by)])
    return row


def _keep(
    person: Professional, agency: Agency, public: PublicKey, private: str, *, event: str, by: Author
) -> SigningKey:
    mine, now = house(by), clock.now()  # in this order: no certificate begins before the root that vouches for it
    holder = Holder(name=person.name, agency=agency.name, code=agency.code, oin=agency.oin)
    certificate = certificates.issue(holder, public, root=mine.root, root_key=mine.root_key, now=now)
    row = SigningKey.objects.create(
        professional=person,
        agency=agency,
        kid=certificates.jwk_of(public)["kid"],
        certificate=certificates.pem_of(certificate),
        private_key=private,
        made_at=now,
        ends_at=certificate.not_valid_after_utc,
    )
    told = {"kid": row.kid, "fingerprint": certificates.fingerprint(certificate)}
    append([_entry(event, Action.CREATE, told, by)])
    return row


def _entry(type_: str, action: Action, detail: Mapping[str, str], by: Author) -> Entry:
    return Entry(
        event_type=type_,
        action=action,
        outcome=Outcome.OK,
        actor_ref=by.actor_ref,
        actor_name=by.name,
        agency_ref=by.agency_ref,
        detail=detail,
        trace_id=by.trace_id,
    )


def _closed(pem: str) -> str:
    return box(_BOX).encrypt(pem.encode()).decode()


def _opened(closed: str) -> PrivateKey:
    return certificates.read_private_key(box(_BOX).decrypt(closed.encode()).decode())
