"""The places under a version as one file: a sealed covenant encloses it, and verify_signatures.py reads it."""

from agreements.covenants.models import CovenantVersion, Signature
from agreements.signing.certificates import read_certificate
from agreements.signing.statement import moment_text, open_signed
from foundation.canonical import canonical_bytes

SIGNATURES_FORM = "verbond-signatures-1"


def places_of(version: CovenantVersion) -> list[Signature]:
    """The places under a version, by agency; those of agencies that acceded later are not among them."""
    return [row for row in version.signatures.select_related("agency").order_by("agency__code") if _signs(row)]


def signatures_json(version: CovenantVersion, places: list[Signature]) -> bytes:
    """Every place under the version with what stands there, as canonical JSON. jws "": on paper, or not signed."""
    return canonical_bytes(
        {
            "form": SIGNATURES_FORM,
            "covenant": version.covenant.code,
            "version": version.number,
            "document_sha256": version.sha256,
            "starts": moment_text(version.starts),
            "ends": moment_text(version.ends) if version.ends else "",
            "places": [_place(row) for row in places],
        }
    )


def _signs(row: Signature) -> bool:
    """Whether a place is one of signing: who acceded to the version later signed something else."""
    if not row.jws:
        return True
    try:
        return open_signed(row.jws, read_certificate(row.certificate)).purpose == "sign"
    except Exception:  # not what it was: the check says so, of this place
        return True


def _place(row: Signature) -> dict[str, str]:
    return {
        "agency": row.agency.code,
        "oin": row.agency.oin,
        "type": row.agency.type,
        "name": row.agency.name,
        "capacity": row.capacity,
        "signatory": row.signatory,
        "mandate": row.mandate,
        "signed_on": row.signed_on.isoformat() if row.signed_on else "",
        "jws": row.jws,
        "certificate": row.certificate,
    }
