"""The seal on the PDF of a signed version (PAdES B-B with pyHanko), and keeping what was sealed."""

import hashlib
from datetime import datetime
from io import BytesIO

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from agreements.covenants.commands.entering import about
from agreements.covenants.commands.shared import journal
from agreements.covenants.epoch import lock_epoch
from agreements.covenants.models import CovenantVersion
from agreements.covenants.rules import State, operator
from agreements.signing import keys, verify
from agreements.signing.certificates import der_of, pem_of
from agreements.signing.keys import House
from agreements.signing.models import SealedVersion
from agreements.signing.pdf import make_pdf
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from foundation import clock
from foundation.errors import Invalid

FIELD = "Verbond"


def seal_version(version_id: int) -> SealedVersion:
    """Make the sealed PDF of a signed version, hold it against its own check, and keep it. Once: a second time is read.

    Raises Invalid: the version is not signed by all.
    """
    known = SealedVersion.objects.filter(version_id=version_id).first()
    if known is not None:
        return known
    version = CovenantVersion.objects.select_related("covenant").get(pk=version_id)
    if version.state != State.AGREED:
        raise Invalid(_("Deze versie is nog niet door iedereen getekend."), remedy=_("De PDF komt daarna."))
    mine, now = house("seal"), clock.now()
    # Outside the transaction: typesetting takes seconds, and nobody should wait for it.
    data = seal_pdf(make_pdf(version, root_pem=pem_of(mine.root), at=now), mine, code=version.covenant.code, at=now)
    report = verify.verify(data, trust=mine.root)
    if not report.ok:
        raise RuntimeError("the sealed covenant does not pass its own check: " + "; ".join(report.wrong))
    return _keep(version, data, now)


def seal_pdf(pdf: bytes, mine: House, *, code: str, at: datetime, reason: str = "") -> bytes:
    """The PDF with one certifying signature over all of it. reason: why, for what is no covenant.

    Source: ETSI EN 319 142-1 (PAdES B-B).
    """
    signer = SimpleSigner(
        signing_cert=Certificate.load(der_of(mine.seal)),
        signing_key=PrivateKeyInfo.load(mine.seal_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        cert_registry=SimpleCertificateStore.from_certs([Certificate.load(der_of(mine.root))]),
    )
    facts = PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason or f"Convenant {code}: getekend en vastgelegd",
        name=settings.VERBOND_NAME,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    sealed: bytes = PdfSigner(facts, signer=signer).sign_pdf(writer).getvalue()
    return sealed


def house(who: str) -> House:
    """The keys with which this installation seals, made at the first need. who: what program asks, for the journal."""
    with transaction.atomic():
        lock_epoch()
        with write_scope(reason="house_key.made"):
            return keys.house(operator(who))


def _keep(version: CovenantVersion, data: bytes, now: datetime) -> SealedVersion:
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        lock_epoch()
        known = SealedVersion.objects.filter(version=version).first()
        if known is not None:
            return known
        with write_scope(reason="covenant.sealed"):
            row = SealedVersion.objects.create(version=version, pdf=data, sha256=digest, sealed_at=now)
            journal(operator("seal"), [about(version).event("covenant.sealed", Action.CREATE, pdf_sha256=digest)])
    return row
