"""Reads of signatures, sealed covenants and one's own keys: frozen values. Who signed is known to all parties."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models.functions import Length
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.covenants.labels import label
from agreements.covenants.models import CovenantVersion, Signature
from agreements.covenants.queries import version_for
from agreements.covenants.rules import State
from agreements.parties.models import Membership
from agreements.parties.reader import Visit
from agreements.parties.rules import Role
from agreements.policy.vocabulary import BUREAU
from agreements.signing.certificates import fingerprint, jwk_of, public_key_of, read_certificate
from agreements.signing.keys import root_pem
from agreements.signing.models import SealedVersion, SigningKey
from agreements.signing.place import place_for, why_not
from agreements.signing.refusals import WHY, SignatureRefused
from audit.journal.models import Entry
from foundation import clock
from foundation.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place under a version. state: signed, paper, declined, read, open, or exempt (the bureau need not sign).

    at: when it was signed, declined or read, as far as known to the minute; day: when only the day is known.
    """

    code: str
    type: str
    name: str
    monogram: str
    capacity_label: str
    state: str
    signatory: str = ""
    mandate: str = ""
    at: datetime | None = None
    day: date | None = None
    kid: str = ""
    reason: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedLine:
    """The sealed PDF of a version."""

    sha256: str
    at: datetime
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturesPage:
    """The signatures under one version. may_sign: this visit can sign now; if not, against and remedy say why.

    is_signatory: signing is this visit's work here, so that `against` is worth saying.
    """

    code: str
    number: int
    sha256: str
    state: str
    places: tuple[PlaceLine, ...]
    n_signed: int
    n_needed: int
    may_sign: bool
    is_signatory: bool
    against: str
    remedy: str
    sealed: SealedLine | None
    root: str

    @property
    def has_signed(self) -> bool:
        """Whether the visit's own agency signed."""
        return any(place.is_own and place.state in ("signed", "paper") for place in self.places)

    @property
    def is_agreed(self) -> bool:
        """Whether everybody signed who had to."""
        return self.state == State.AGREED


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """A key to sign with. kept_here: this installation keeps it; else its holder does."""

    kid: str
    kept_here: bool
    made_at: datetime
    ends_at: datetime
    revoked_at: datetime | None
    fingerprint: str
    certificate: str
    holder: str

    @property
    def state(self) -> str:
        """valid, revoked or expired."""
        if self.revoked_at:
            return "revoked"
        return "valid" if clock.now() < self.ends_at else "expired"


def signatures_page(visit: Visit, code: str, number: int) -> SignaturesPage:
    """Who signed a version, who did not yet, and whether this visit can. Raises NotFound: none for this agency."""
    version = version_for(code, number, agency_id=visit.agency.id)
    rows = list(version.signatures.select_related("agency").order_by("pk"))
    reads = _reads(version, rows)
    lines = tuple(_line(row, reads.get(row.agency.oin), visit) for row in rows)
    against = _against(visit, code, number)
    sentence, remedy = WHY.get(against, ("", ""))
    needed = [row for row in rows if row.capacity != BUREAU]
    return SignaturesPage(
        code=code,
        number=number,
        sha256=version.sha256,
        state=version.state,
        places=lines,
        n_signed=sum(row.signed_on is not None for row in needed),
        n_needed=len(needed),
        may_sign=not against,
        is_signatory=Role.SIGNATORY in visit.roles and any(line.is_own for line in lines),
        against=str(sentence),
        remedy=str(remedy),
        sealed=_sealed_line(version),
        root=_root_fingerprint(),
    )


def sealed_pdf(visit: Visit, code: str, number: int) -> bytes:
    """The sealed PDF of a version, for an agency that may read it. Raises NotFound: no version, or no PDF yet."""
    return _pdf_of(version_for(code, number, agency_id=visit.agency.id))


def public_pdf(code: str, number: int) -> bytes:
    """The sealed PDF of an agreed version, for anybody: its text is public (domain: no personal data of residents).

    The names of signatories stand in it, as under any public covenant. Raises NotFound.
    """
    version = CovenantVersion.objects.filter(covenant__code=code, number=number, state=State.AGREED).first()
    if version is None:
        raise _no_pdf()
    return _pdf_of(version)


def has_pdf(code: str, number: int) -> bool:
    """Whether the sealed PDF of a version is there."""
    return SealedVersion.objects.filter(version__covenant__code=code, version__number=number).exists()


def last_mandate(visit: Visit) -> str:
    """The mandate that this person last signed with for this agency; "" when they never did."""
    mine = Signature.objects.filter(agency_id=visit.agency.id, signatory=visit.name).exclude(mandate="")
    return mine.order_by("-signed_on", "-pk").values_list("mandate", flat=True).first() or ""


def keys_of(visit: Visit) -> tuple[KeyLine, ...]:
    """The keys of this person for this agency, newest first; for its administrator those of all who sign for it."""
    rows = SigningKey.objects.filter(agency_id=visit.agency.id).select_related("professional")
    if Role.AGENCY_ADMIN not in visit.roles:
        rows = rows.filter(professional_id=visit.professional_id)
    return tuple(_key_line(row) for row in rows.order_by("-made_at", "-pk"))


def _against(visit: Visit, code: str, number: int) -> str:
    try:
        return why_not(place_for(visit, code, number), clock.now())
    except SignatureRefused as refused:
        return refused.why


def _line(row: Signature, read_at: datetime | None, visit: Visit) -> PlaceLine:
    state, at, day = _state(row, read_at)
    return PlaceLine(
        code=row.agency.code,
        type=row.agency.type,
        name=row.agency.name_in(get_language() or "nl"),
        monogram=row.agency.monogram,
        capacity_label=label("capacity", row.capacity),
        state=state,
        signatory=row.signatory,
        mandate=row.mandate,
        at=at,
        day=day,
        kid=jwk_of(public_key_of(read_certificate(row.certificate)))["kid"] if row.certificate else "",
        reason=row.reason,
        is_own=row.agency_id == visit.agency.id,
    )


def _state(row: Signature, read_at: datetime | None) -> tuple[str, datetime | None, date | None]:
    if row.signed_on:
        return ("signed" if row.jws else "paper"), row.signed_at, row.signed_on
    if row.declined_at:
        return "declined", row.declined_at, None
    if read_at:
        return "read", read_at, None
    return ("exempt" if row.capacity == BUREAU else "open"), None, None


def _reads(version: CovenantVersion, rows: Iterable[Signature]) -> dict[str, datetime]:
    """When signatories last opened a version that awaits them, by OIN; from the journal.

    Asked by person and not by agency: signatories read no cases, so they have few entries.
    """
    if version.state != State.FOR_SIGNATURE:
        return {}
    waiting = [row.agency_id for row in rows if not row.signed_on]
    people = Membership.objects.in_force().filter(agency_id__in=waiting).select_related("professional")
    mine = [item.professional.reference for item in people if Role.SIGNATORY in item.roles]
    opened = Entry.objects.filter(
        actor_ref__in=mine, event_type="covenant.offer_read", recorded_at__gte=version.loaded_at
    ).order_by("pk")
    found = {}
    for entry in opened:
        detail = json.loads(bytes(entry.body))["matter"].get("detail", {})
        if (detail.get("covenant"), detail.get("version")) == (version.covenant.code, version.number):
            found[entry.agency_ref] = entry.recorded_at
    return found


def _sealed_line(version: CovenantVersion) -> SealedLine | None:
    # The length is asked of the database: the page has no use for the file itself.
    found = SealedVersion.objects.filter(version=version).annotate(size=Length("pdf"))
    row = found.values_list("sha256", "sealed_at", "size").first()
    return SealedLine(sha256=row[0], at=row[1], size=row[2]) if row else None


def _pdf_of(version: CovenantVersion) -> bytes:
    row = SealedVersion.objects.filter(version=version).first()
    if row is None:
        raise _no_pdf()
    return bytes(row.pdf)


def _no_pdf() -> NotFound:
    return NotFound(
        _("Van deze versie is er nog geen verzegelde PDF."),
        remedy=_("Die komt er zodra iedereen tekende. Bij Handtekeningen ziet u hoe ver het is."),
    )


def _root_fingerprint() -> str:
    pem = root_pem()
    return fingerprint(read_certificate(pem)) if pem else ""


def _key_line(row: SigningKey) -> KeyLine:
    return KeyLine(
        kid=row.kid,
        kept_here=bool(row.private_key),
        made_at=row.made_at,
        ends_at=row.ends_at,
        revoked_at=row.revoked_at,
        fingerprint=fingerprint(read_certificate(row.certificate)),
        certificate=row.certificate,
        holder=row.professional.name,
    )
