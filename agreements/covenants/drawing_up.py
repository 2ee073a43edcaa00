"""A covenant as it would be loaded: its document, its term, its parties, and everything that is against it.

Reads tables and writes none: `load_covenant --check` is this and nothing more. Writing is in commands.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from agreements.covenants.models import Covenant, CovenantVersion, Signature
from agreements.covenants.rules import State, start_of_force
from agreements.covenants.schemas import SignatureItem, SignaturesFile, read_signatures, signature_finding
from agreements.parties.models import Agency
from agreements.policy.catalogue import load_catalogue
from agreements.policy.document import CovenantDocument, DocumentInvalid, Finding, load_document
from agreements.policy.regimes import check
from agreements.policy.vocabulary import BUREAU
from audit.journal.entry import Action
from audit.journal.models import Entry
from foundation import clock
from foundation.canonical import canonical_bytes, digest

_ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What loading would do. starts, ends: [from, until) as it would rule.

    known: the same version is already here. signers: the parties with their agency, in order of the file.
    """

    document: CovenantDocument
    text: str
    canonical: str
    sha256: str
    starts: datetime
    ends: datetime | None
    signers: tuple[tuple[SignatureItem, Agency], ...]
    known: CovenantVersion | None

    @property
    def is_complete(self) -> bool:
        """Every party that must sign has signed. The bureau need not: it acts for a party that does."""
        must = [item for item, _ in self.signers if item.capacity != BUREAU]
        return bool(must) and all(item.signed_on is not None for item in must)


def draw_up(text: str, signatures: Mapping[str, object] | None) -> tuple[Drawn | None, tuple[Finding, ...]]:
    """The covenant as it would be loaded, or None when something forbids it; and all findings.

    text: the YAML of the document. signatures: the parsed file of signatures, or None.
    """
    catalogue = load_catalogue()
    file, findings = read_signatures(signatures)
    try:
        document = load_document(text, catalogue=catalogue)
    except DocumentInvalid as invalid:
        return None, (*invalid.findings, *findings)
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=_codes(file))}
    known = CovenantVersion.objects.filter(covenant__code=document.code, number=document.version).first()
    drawn = _drawn(text, document, file, agencies, known)
    findings = (
        *check(document, catalogue),
        *findings,
        *_about_parties(document, file, agencies),
        *_about_term(drawn, file),
        *_about_history(drawn),
    )
    if any(finding.severity == _ERROR for finding in findings):
        return None, findings
    return drawn, findings


def canonical_text(document: CovenantDocument) -> str:
    """The document as written, as RFC 8785 text: what is hashed, signed and compiled."""
    return canonical_bytes(_as_written(document)).decode()


def document_hash(document: CovenantDocument) -> str:
    """SHA-256 of `canonical_text`, as 64 hex digits: what a version is known and signed by."""
    return digest(_as_written(document))


def _as_written(document: CovenantDocument) -> dict[str, object]:
    # Only what the text states: a key that a later program adds does not change an old hash.
    return document.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _drawn(
    text: str,
    document: CovenantDocument,
    file: SignaturesFile,
    agencies: Mapping[str, Agency],
    known: CovenantVersion | None,
) -> Drawn:
    starts = _starts(document, file)
    term_ends = clock.end_of(document.term.until) if document.term.until else None
    stated = clock.start_of(file.version_ends) if file.version_ends else None
    ends = min((moment for moment in (term_ends, stated) if moment is not None), default=None)
    if known is not None and known.state == State.AGREED:
        starts, ends = known.starts, known.ends
    return Drawn(
        document=document,
        text=text,
        canonical=canonical_text(document),
        sha256=document_hash(document),
        starts=starts,
        ends=ends,
        signers=tuple((item, agencies[item.agency]) for item in file.signatures if item.agency in agencies),
        known=known,
    )


def _starts(document: CovenantDocument, file: SignaturesFile) -> datetime:
    declared = clock.start_of(document.term.from_)
    if file.version_starts is not None:
        declared = max(declared, clock.start_of(file.version_starts))
    signed = [item.signed_from for item in file.signatures if item.signed_from is not None]
    return start_of_force(
        declared=declared,
        first_signed=min(signed, default=None),
        now=clock.now(),
        decided_before=_decided_since(document.code, declared),
    )


def _decided_since(code: str, moment: datetime) -> bool:
    """Whether case data were read, since `moment`, while an earlier text of this covenant was here."""
    first = CovenantVersion.objects.filter(covenant__code=code).order_by("loaded_at").first()
    if first is None or moment >= clock.now():
        return False
    since = max(first.loaded_at, moment)
    read = Entry.objects.filter(recorded_at__gte=since, action=Action.READ, policy_epoch__gt=0)
    return read.exists()


def _codes(file: SignaturesFile) -> list[str]:
    return [item.agency for item in file.signatures]


def _about_parties(
    document: CovenantDocument, file: SignaturesFile, agencies: Mapping[str, Agency]
) -> Iterator[Finding]:
    for item in file.signatures:
        agency = agencies.get(item.agency)
        if agency is None:
            yield _unknown_agency(item.agency)
            continue
        capacity = document.capacity_of(agency.code, agency.type)
        if capacity != item.capacity:
            said = capacity or "niets"
            message = f"Ondertekeningen: {agency.code} staat als {item.capacity}; het convenant zegt {said}."
            named = f"Noem {agency.type} of {agency.code} bij parties."
            remedy = f"Schrijf capacity: {capacity}." if capacity else named
            yield signature_finding("capacity_differs", message, remedy)
        if item.signed_on is None and item.capacity != BUREAU:
            message = f"{agency.name} ({agency.code}) heeft nog niet getekend; de versie gaat nog niet gelden."
            yield signature_finding("unsigned", message, "Laad opnieuw zodra iedereen tekende.", warning=True)
    present = set(agencies) | {agency.type for agency in agencies.values()}
    for token in document.capacities:
        if token not in present:
            message = f"Voor partij {token} noemt het bestand met ondertekeningen geen organisatie; zij doet niet mee."
            yield signature_finding("party_without_agency", message, "Voeg de organisatie toe.", warning=True)


def _unknown_agency(code: str) -> Finding:
    close = get_close_matches(code, Agency.objects.values_list("code", flat=True), n=1, cutoff=0.6)
    remedy = f"Bedoelde u '{close[0]}'?" if close else "Voeg de organisatie eerst toe."
    return signature_finding("unknown_agency", f"Ondertekeningen: de organisatie '{code}' bestaat hier niet.", remedy)


def _about_term(drawn: Drawn, file: SignaturesFile) -> Iterator[Finding]:
    if drawn.ends is not None and drawn.ends <= drawn.starts:
        message = f"De versie eindigt ({_day(drawn.ends)}) voordat zij begint ({_day(drawn.starts)})."
        yield signature_finding("ends_before_start", message, "Verbeter term, version_starts of version_ends.")
    stated = file.version_starts
    if stated is not None and stated < drawn.document.term.from_:
        message = f"De versie zou op {stated.isoformat()} beginnen, voor de looptijd van het convenant."
        yield signature_finding("before_term", message, "Zij begint op de eerste dag van de looptijd.", warning=True)


def _about_history(drawn: Drawn) -> Iterator[Finding]:
    """A version never changes, comes after the earlier ones, and does not rule over each other's days."""
    known, document = drawn.known, drawn.document
    if known is not None and known.sha256 != drawn.sha256:
        message = f"Versie {document.version} van {document.code} is er al, met een andere tekst."
        remedy = f"Geef de nieuwe tekst nummer {_next_number(document.code)}."
        yield _version("version_changed", document, message, remedy)
        return
    if known is not None and known.state == State.WITHDRAWN:
        message = f"Versie {document.version} van {document.code} is ingetrokken voordat zij getekend was."
        remedy = f"Geef de tekst nummer {_next_number(document.code)} en laat opnieuw tekenen."
        yield _version("version_withdrawn", document, message, remedy)
        return
    if known is not None:
        yield from _about_known_signatures(drawn, known)
        if known.state == State.AGREED or not drawn.is_complete:
            return
    agreed = CovenantVersion.objects.filter(covenant__code=document.code, state=State.AGREED)
    last = agreed.order_by("number").last()
    if last is None:
        return
    if last.number > document.version:
        message = f"Versie {last.number} van {document.code} is al getekend; versie {document.version} komt te laat."
        yield _version("version_passed", document, message, f"Geef de tekst nummer {_next_number(document.code)}.")
    elif _could_start(drawn) <= last.starts:
        day = _day(last.starts)
        message = f"De versie zou over dezelfde dagen gaan als versie {last.number}, die begint op {day}."
        remedy = f"Laat haar beginnen na {day}."
        yield _version("version_overlaps", document, message, remedy)


def _could_start(drawn: Drawn) -> datetime:
    """When the version would rule: what is not signed by all yet, begins at its last signature at the earliest."""
    return drawn.starts if drawn.is_complete else max(drawn.starts, clock.now())


def _about_known_signatures(drawn: Drawn, known: CovenantVersion) -> Iterator[Finding]:
    places = {row.agency_id: row for row in Signature.objects.filter(version=known)}
    for item, agency in drawn.signers:
        place = places.get(agency.pk)
        if place is None and known.state == State.AGREED:
            message = f"{agency.code} is geen partij van versie {known.number}, die al getekend is."
            yield signature_finding("not_a_party", message, "Neem de organisatie op in een nieuwe versie.")
        elif place is not None and place.signed_on is not None and not same_signature(place, item):
            message = f"De ondertekening door {agency.code} staat al vast en verschilt van deze."
            yield signature_finding("signature_differs", message, "Herstel de regel, of maak een nieuwe versie.")


def same_signature(place: Signature, item: SignatureItem) -> bool:
    """Whether a stored signature is this one, or this one says nothing new.

    Not by its day: in an example that counts from today, it moves along.
    """
    if item.signed_on is None:
        return True
    return (place.capacity, place.signatory, place.mandate) == (item.capacity, item.signatory, item.mandate)


def _day(moment: datetime) -> str:
    return moment.astimezone(clock.AMSTERDAM).date().isoformat()


def _next_number(code: str) -> int:
    numbers = Covenant.objects.filter(code=code).values_list("versions__number", flat=True)
    return max((number for number in numbers if number is not None), default=0) + 1


def _version(code: str, document: CovenantDocument, message: str, remedy: str) -> Finding:
    line = document.line(("version",))
    return Finding(severity="error", code=code, article="", line=line, message=message, remedy=remedy)
