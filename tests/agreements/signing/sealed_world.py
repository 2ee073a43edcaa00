"""One sealed covenant for tests that only read it, and what is needed to make a false one beside it."""

from dataclasses import dataclass
from io import BytesIO

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from agreements.covenants.rules import operator
from agreements.signing import keys
from agreements.signing.keys import House
from agreements.signing.pdf import make_pdf
from tests.agreements.signing import world


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A sealed covenant, its PDF before the seal, and the keys with which it was sealed."""

    data: bytes
    bare: bytes
    document: str
    house: House

    @property
    def root(self) -> x509.Certificate:
        return self.house.root


def make() -> Sealed:
    """In a transaction that the caller takes back: the bytes need no store."""
    world.put_up()
    row = world.sealed()
    with world.elsewhere():
        house = keys.house(operator("tests"))
    bare = make_pdf(row.version, root_pem=keys.root_pem(), at=row.sealed_at)
    return Sealed(data=bytes(row.pdf), bare=bare, document=row.version.document, house=house)


def added_to(data: bytes) -> bytes:
    """The file with a change appended to it, as a PDF editor saves one."""
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    writer.root["/Extra"] = writer.root["/Type"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def signed_over(data: bytes, house: House, *, field: str) -> bytes:
    """The file with a seal of the same installation over it that leaves room for others."""
    signer = SimpleSigner(
        signing_cert=Certificate.load(house.seal.public_bytes(Encoding.DER)),
        signing_key=PrivateKeyInfo.load(
            house.seal_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        cert_registry=SimpleCertificateStore.from_certs([Certificate.load(house.root.public_bytes(Encoding.DER))]),
    )
    said = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    out: bytes = PdfSigner(said, signer=signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(data))).getvalue()
    return out
