"""Exchange of covenants with other systems: the exact bytes that were signed, ODRL out, ODRL in. Stores nothing."""

import re
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from agreements.covenants.drawing_up import canonical_text, document_hash
from agreements.covenants.in_force import document_of
from agreements.covenants.queries import version_for
from agreements.parties.reader import Visit
from agreements.policy.catalogue import load_catalogue
from agreements.policy.document import TOP, CovenantDocument, load_document
from agreements.policy.errors import DocumentInvalid, Finding
from agreements.policy.odrl import from_odrl, to_odrl
from foundation.errors import Invalid, Refused

CONVERTERS = frozenset({"legal_counsel", "signatory", "privacy_officer"})
"""Roles whose work is in covenants: who may have one converted."""

_PLACE = re.compile(r"^(@?\w[\w.@\[\]]*): ")


class OdrlRefused(Invalid):
    """What was sent is no covenant in the ODRL profile. `errors`: all that is wrong, as (place, sentence)."""

    code = "odrl_refused"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        first = findings[0]
        place, sentence = _split(first)
        super().__init__(
            sentence, field=place, errors=tuple(map(_error, findings)), remedy=first.remedy, article=first.article
        )
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedText:
    """The canonical JSON (RFC 8785) of a version, and its SHA-256: what the parties sign."""

    text: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A covenant that came in: as YAML for the editor, as the document itself, and what its text hashes to."""

    text: str
    document: dict[str, Any]
    sha256: str


def signed_text(code: str, number: int, *, agency_id: int) -> SignedText:
    """The exact text of a version of a covenant of this agency. Raises NotFound, as covenant_page."""
    version = version_for(code, number, agency_id=agency_id)
    return SignedText(text=version.document, sha256=version.sha256)


def agreement(code: str, number: int, *, agency_id: int) -> dict[str, Any]:
    """A version as an odrl:Agreement in JSON-LD. Raises NotFound, as covenant_page."""
    return to_odrl(document_of(version_for(code, number, agency_id=agency_id)), load_catalogue())


def convert(data: object, *, visit: Visit) -> Converted:
    """The covenant that an ODRL agreement of the profile states, as a text that can be drafted from.

    Raises:
        Refused: the visit holds none of the CONVERTERS.
        OdrlRefused: with everything that is wrong; what the law asks is not looked at.
    """
    if not visit.roles & CONVERTERS:
        raise Refused(
            _("Alleen een jurist, een tekenbevoegde of een privacy officer zet een convenant om."),
            remedy=_("Vraag een van hen bij uw organisatie."),
        )
    try:
        document = from_odrl(data, catalogue=load_catalogue())
        return _converted(document)
    except DocumentInvalid as invalid:
        raise OdrlRefused(invalid.findings) from invalid


def _converted(document: CovenantDocument) -> Converted:
    """Raises DocumentInvalid for what no YAML file can hold, such as half a character or too much of it."""
    written = document.model_dump(mode="json", by_alias=True, exclude_unset=True)
    try:
        text = yaml.safe_dump({TOP: written}, allow_unicode=True, sort_keys=False, width=110)
        text.encode()
        canonical_text(document)
    except ValueError as error:
        message = "De tekst bevat tekens die geen tekst zijn."
        finding = Finding(severity="error", code="text", article="", line=0, message=message, remedy="Stuur UTF-8.")
        raise DocumentInvalid([finding]) from error
    load_document(text, catalogue=load_catalogue())
    return Converted(text=text, document=written, sha256=document_hash(document))


def _split(finding: Finding) -> tuple[str, str]:
    """The place in the JSON with which a finding begins, and its sentence."""
    match = _PLACE.match(finding.message)
    return (match[1], finding.message[match.end() :]) if match else ("", finding.message)


def _error(finding: Finding) -> tuple[str, str]:
    place, sentence = _split(finding)
    return place, f"{sentence} {finding.remedy}"
