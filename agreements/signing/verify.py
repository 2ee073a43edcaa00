"""The offline check of a sealed covenant: one call, one report. No database, no network, no settings.

The seal is in verify_seal.py, document and signatures in verify_signatures.py; here they come together,
and pyHanko gives its own judgement beside ours.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto.x509 import Certificate
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from agreements.signing.certificates import der_of, fingerprint, is_issued_by, may_issue, read_certificate, was_valid
from agreements.signing.verify_seal import Seal, SealBroken, check_seal
from agreements.signing.verify_signatures import Inside, Line, check_document, check_signatures, read_signatures

DOCUMENT, SIGNATURES, ROOT = "convenant.json", "handtekeningen.json", "root.pem"
_NAMES = (DOCUMENT, SIGNATURES, ROOT)
_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found, line by line. ok: nothing is wrong. root: fingerprint of what the trust rests on, or ""."""

    lines: tuple[Line, ...]
    covenant: str = ""
    version: int = 0
    sha256: str = ""
    root: str = ""

    @property
    def wrong(self) -> tuple[str, ...]:
        """The sentences of what does not match."""
        return tuple(line.sentence for line in self.lines if line.state == "wrong")

    @property
    def ok(self) -> bool:
        """Whether everything was there and matched."""
        return bool(self.lines) and not self.wrong


def verify(data: bytes, *, trust: x509.Certificate | None = None, allow_paper: bool = True) -> Report:
    """Check a sealed covenant whole: its seal, its documents, every signature.

    trust: the root certificate of the installation, got by another way; without it the trust rests on the
    root in the file itself, and the report says so. allow_paper: signatures on paper are a note and not a
    fault; the seal says that they were recorded so, and nothing more.
    Never raises, whatever the bytes.
    """
    if len(data) > _LARGEST:
        return Report(lines=(_wrong("Dit bestand is te groot voor een convenant."),))
    lines: list[Line] = []
    seal = _seal(data, lines)
    files, sealed_at = _open(data, seal, lines)
    root = _root(files.get(ROOT), trust, lines)
    if root is None:
        return Report(lines=tuple(lines))
    if seal is not None:
        _check_seal_trusted(seal, root, sealed_at, data, lines)
    return _inside(files, root, lines, allow_paper=allow_paper)


def _seal(data: bytes, lines: list[Line]) -> Seal | None:
    try:
        found = check_seal(data)
    except SealBroken as broken:
        lines.append(_wrong(str(broken)))
        return None
    lines.append(_ok(f"Het zegel past bij alle {len(data)} bytes van het bestand."))
    return found


def _open(data: bytes, seal: Seal | None, lines: list[Line]) -> tuple[dict[str, bytes], datetime | None]:
    """The attached files by name, and when the seal says that it was set."""
    try:
        reader = PdfFileReader(BytesIO(data))
        signatures = reader.embedded_signatures
        if len(signatures) != 1 or (seal and tuple(signatures[0].byte_range) != seal.byte_range):
            lines.append(_wrong("De PDF heeft niet precies één zegel."))
        found = list(_attachments(reader))
        at = signatures[0].self_reported_timestamp if signatures else None
    except Exception:  # whatever a reader of PDF stumbles over in bytes that anybody may have made
        lines.append(_wrong("Dit is geen leesbare PDF met een convenant erin."))
        return {}, None
    if sorted(name for name, _data in found) != sorted(_NAMES):
        lines.append(_wrong(f"In de PDF horen {', '.join(_NAMES)} te zitten, elk één keer; dat is niet zo."))
    return dict(found), at


def _attachments(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    names: Any = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    for index in range(1, len(names), 2):
        file: Any = names[index]
        yield str(file["/UF"] if "/UF" in file else file["/F"]), bytes(file["/EF"]["/F"].data)


def _root(pem: bytes | None, trust: x509.Certificate | None, lines: list[Line]) -> x509.Certificate | None:
    try:
        inside = read_certificate(pem.decode("ascii")) if pem else None
    except ValueError:
        inside = None
    if inside is None:
        lines.append(_wrong("Het certificaat van de installatie (root.pem) ontbreekt of is onleesbaar."))
        return trust
    root = trust or inside
    if der_of(root) != der_of(inside):
        lines.append(_wrong("De PDF komt van een andere installatie dan die van het certificaat dat u meegaf."))
    elif not (is_issued_by(root, root) and may_issue(root)):
        lines.append(_wrong("Het certificaat van de installatie klopt niet."))
    elif trust is None:
        lines.append(
            Line(
                state="note",
                sentence="U gaf geen certificaat mee (--trust). Het vertrouwen rust op het certificaat in de PDF "
                f"zelf; vergelijk de vingerafdruk: {fingerprint(root)}",
            )
        )
    else:
        lines.append(_ok("De PDF komt van de installatie van het certificaat dat u meegaf."))
    return root


def _check_seal_trusted(
    seal: Seal, root: x509.Certificate, at: datetime | None, data: bytes, lines: list[Line]
) -> None:
    if der_of(seal.root) != der_of(root) or not is_issued_by(seal.certificate, root) or may_issue(seal.certificate):
        lines.append(_wrong("Het zegel is niet van deze installatie."))
        return
    if at is None or not was_valid(seal.certificate, at) or not was_valid(root, at):
        lines.append(_wrong("Het certificaat van het zegel was niet geldig toen het werd gezet."))
        return
    if not _second_opinion(data, root, at):
        lines.append(_wrong("Een tweede controle van het zegel (pyHanko) keurt het af."))
        return
    lines.append(_ok("Het zegel is van deze installatie en dekt het hele bestand; er is niets aan toegevoegd."))


def _second_opinion(data: bytes, root: x509.Certificate, at: datetime) -> bool:
    """What pyHanko says of the same seal: whole, trusted, and nothing added after it."""
    try:
        signature = PdfFileReader(BytesIO(data)).embedded_signatures[0]
        context = ValidationContext(trust_roots=[Certificate.load(der_of(root))], allow_fetching=False, moment=at)
        status = validate_pdf_signature(signature, context)
        return bool(status.bottom_line and status.coverage == SignatureCoverageLevel.ENTIRE_FILE)
    except Exception:  # as in _open
        return False


def _inside(files: dict[str, bytes], root: x509.Certificate, lines: list[Line], *, allow_paper: bool) -> Report:
    document, said = check_document(files.get(DOCUMENT, b""))
    signatures, said_too = read_signatures(files.get(SIGNATURES, b""))
    lines += [*said, *said_too]
    if document is None:
        return Report(lines=tuple(lines), root=fingerprint(root))
    sha256 = hashlib.sha256(files[DOCUMENT]).hexdigest()
    if signatures is not None:
        inside = Inside(document=document, sha256=sha256, signatures=signatures)
        lines += check_signatures(inside, root=root, allow_paper=allow_paper)
    return Report(
        lines=tuple(lines), covenant=document.code, version=document.version, sha256=sha256, root=fingerprint(root)
    )


def _ok(sentence: str) -> Line:
    return Line(state="ok", sentence=sentence)


def _wrong(sentence: str) -> Line:
    return Line(state="wrong", sentence=sentence)
