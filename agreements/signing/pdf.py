"""A signed version as a PDF/A-3 with its document and signatures attached. Sealing it: sealing.py. No network.

The page is for people; convenant.json is what binds, since that is what was signed.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from agreements.covenants.in_force import document_of
from agreements.covenants.labels import label
from agreements.covenants.models import CovenantVersion, Signature
from agreements.covenants.queries import articles_in_words
from agreements.policy.document import CovenantDocument
from agreements.signing.certificates import fingerprint, jwk_of, public_key_of, read_certificate
from agreements.signing.statement import moment_text, open_signed
from foundation.canonical import canonical_bytes
from foundation.clock import AMSTERDAM
from foundation.paper import Enclosed, to_pdf

DOCUMENT, SIGNATURES, ROOT = "convenant.json", "handtekeningen.json", "root.pem"
SIGNATURES_FORM = "verbond-signatures-1"
_CAPACITIES = ("controller", "participant", "third_party", "bureau")


def make_pdf(version: CovenantVersion, *, root_pem: str, at: datetime) -> bytes:
    """The version as PDF/A-3a (tagged, Dutch), with the exact bytes that were signed, the signatures and the root.

    at: the moment it is made, for the dates of the attachments.
    """
    places = [row for row in version.signatures.select_related("agency").order_by("agency__code") if _signs(row)]
    with translation.override("nl"):
        html = render_to_string("agreements/signing/pdf/covenant.html", _context(version, places, root_pem, at))
        enclosed = [
            Enclosed(name=name, data=data, relationship=kind, words=words, at=at)
            for name, data, kind, words in (
                (DOCUMENT, version.document.encode(), "Source", _("Het convenant zoals getekend (RFC 8785)")),
                (SIGNATURES, signatures_json(version, places), "Data", _("De handtekeningen (JWS) en certificaten")),
                (ROOT, root_pem.encode(), "Data", _("Het certificaat van deze installatie")),
            )
        ]
    css = render_to_string("agreements/signing/pdf/print.css")
    return to_pdf(html, css=css, variant="pdf/a-3a", enclosed=enclosed)


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
    return not row.jws or open_signed(row.jws, read_certificate(row.certificate)).purpose == "sign"


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


def _context(version: CovenantVersion, places: list[Signature], root_pem: str, at: datetime) -> dict[str, Any]:
    document = document_of(version)
    parties = sorted(places, key=lambda row: (_CAPACITIES.index(row.capacity), row.agency.name))
    return {
        "house": settings.VERBOND_NAME,
        "covenant": version.covenant,
        "version": version,
        "document": document,
        "regime": label("regime", document.regime),
        "first_day": version.starts.astimezone(AMSTERDAM),
        "last_day": (version.ends - datetime.resolution).astimezone(AMSTERDAM) if version.ends else None,
        "parties": [{"row": row, "capacity": label("capacity", row.capacity)} for row in parties],
        "acts_for": _acts_for(document),
        "articles": articles_in_words(document),
        "signatures": [_line(row) for row in parties],
        "root": fingerprint(read_certificate(root_pem)),
        "at": at.astimezone(AMSTERDAM),
        "names": {"document": DOCUMENT, "signatures": SIGNATURES, "root": ROOT},
    }


def _acts_for(document: CovenantDocument) -> str:
    return label("agency_type", document.bureau.acts_for) if document.bureau else ""


def _line(row: Signature) -> dict[str, Any]:
    kid = jwk_of(public_key_of(read_certificate(row.certificate)))["kid"] if row.certificate else ""
    return {"row": row, "kid": kid, "at": row.signed_at.astimezone(AMSTERDAM) if row.signed_at else None}
