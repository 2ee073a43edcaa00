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
from agreements.signing.signatures_file import places_of, signatures_json
from foundation.clock import AMSTERDAM
from foundation.paper import Enclosed, to_pdf

DOCUMENT, SIGNATURES, ROOT = "convenant.json", "handtekeningen.json", "root.pem"
_CAPACITIES = ("controller", "participant", "third_party", "bureau")


def make_pdf(version: CovenantVersion, *, root_pem: str, at: datetime) -> bytes:
    """The version as PDF/A-3a (tagged, Dutch), with the exact bytes that were signed, the signatures and the root.

    at: the moment it is made, for the dates of the attachments.
    """
    places = places_of(version)
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
