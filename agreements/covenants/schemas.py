"""What comes in beside a covenant: the file of signatures. The covenant itself is read by agreements.policy."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from agreements.policy.errors import Finding, Severity
from foundation import clock


def _as_day(value: object) -> object:
    """A day, or a whole number of days from today (for examples that must not grow old)."""
    if isinstance(value, bool):
        raise PydanticCustomError("day", "geen dag")
    if isinstance(value, int):
        return clock.today() + timedelta(days=value)
    return value


Day = Annotated[date, BeforeValidator(_as_day)]
Text = Annotated[str, Field(max_length=200)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SignatureItem(_Part):
    """One party. Without `signed_on` the place is still empty; later than the start means: acceded later."""

    agency: Text
    capacity: Text
    signatory: Text = ""
    mandate: Text = ""
    signed_on: Day | None = None

    @property
    def signed_from(self) -> datetime | None:
        """The first moment of the day of signing; None while not signed."""
        return None if self.signed_on is None else clock.start_of(self.signed_on)


class SignaturesFile(_Part):
    """Who the parties are, and who signed. version_ends is the first day on which the version no longer holds."""

    version_starts: Day | None = None
    version_ends: Day | None = None
    signatures: tuple[SignatureItem, ...] = ()


def read_signatures(data: Mapping[str, object] | None) -> tuple[SignaturesFile, tuple[Finding, ...]]:
    """The file as a value, with what is wrong in it; no file at all is one without signatures."""
    try:
        found = SignaturesFile.model_validate(data or {})
    except ValidationError as error:
        return SignaturesFile(), tuple(_shape(detail) for detail in error.errors())
    return found, tuple(_words(found))


def signature_finding(code: str, message: str, remedy: str, *, warning: bool = False) -> Finding:
    """A finding about the file of signatures; those have no article and no line."""
    severity: Severity = "warning" if warning else "error"
    return Finding(severity=severity, code=code, article="", line=0, message=message, remedy=remedy)


def _words(found: SignaturesFile) -> Iterator[Finding]:
    seen: set[str] = set()
    for item in found.signatures:
        if item.agency in seen:
            message = f"Ondertekeningen: {item.agency} staat er twee keer."
            yield signature_finding("party_twice", message, "Schrap er één.")
        seen.add(item.agency)
        if item.signed_on is None:
            continue
        if not (item.signatory.strip() and item.mandate.strip()):
            message = f"Ondertekeningen: bij {item.agency} ontbreekt wie tekende of met welk mandaat."
            yield signature_finding("signature_incomplete", message, "Vul signatory en mandate in.")
        if item.signed_on > clock.today():
            message = f"Ondertekeningen: {item.agency} tekent op {item.signed_on.isoformat()}; dat moet nog komen."
            yield signature_finding("signed_in_future", message, "Laat signed_on weg tot er getekend is.")


def _shape(detail: ErrorDetails) -> Finding:
    place = " › ".join(str(part + 1) if isinstance(part, int) else part for part in detail["loc"])
    message, remedy = _SENTENCES.get(detail["type"], _OTHERWISE)
    return signature_finding("signatures_file", f"Ondertekeningen, {place or 'het bestand'}: {message}", remedy)


_DATE = ("dit is geen dag.", "Schrijf jjjj-mm-dd, of een heel getal dagen vanaf vandaag.")
_OTHERWISE = ("dit kan zo niet.", "Vergelijk met het voorbeeld in de handleiding.")
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("dit ontbreekt.", "Vul het in."),
    "extra_forbidden": ("deze sleutel bestaat hier niet.", "Verbeter de spelling of schrap haar."),
    "string_type": ("dit moet tekst zijn.", "Zet de waarde tussen aanhalingstekens."),
    "string_too_long": ("deze tekst is te lang.", "Houd het onder 200 tekens."),
    "tuple_type": ("dit moet een lijst zijn.", "Zet voor elke partij een regel met een streepje."),
    "day": _DATE,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
}
