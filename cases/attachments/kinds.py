"""Which files are taken: known by their bytes, in agreement with their name, and taken apart once before they are kept.

What is kept: a picture drawn anew, a text as UTF-8, a PDF as it came. Not here: keeping them.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.attachments.apart import Refusal, work
from cases.casework.rules import is_readable
from foundation.errors import Invalid

PDF, TEXT = "application/pdf", "text/plain"
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
"""Types that are pictures, with the name that Pillow has for them."""
EXTENSIONS = {
    "pdf": PDF, "txt": TEXT, "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp",
}  # fmt: skip
LONGEST_NAME = 120
ACCEPT = ",".join([*(f".{extension}" for extension in EXTENSIONS), *dict.fromkeys(EXTENSIONS.values())])
"""What a form's input asks the device for."""
ACCEPT_PHOTO = ",".join(PICTURES)

_REFUSALS = {
    "broken": (
        gettext_lazy("Dit bestand is niet te lezen."),
        gettext_lazy("Open het op uw apparaat, bewaar het opnieuw en kies het dan."),
    ),
    "pixels": (
        gettext_lazy("Deze afbeelding heeft te veel beeldpunten."),
        gettext_lazy("Verklein de afbeelding tot hoogstens 50 miljoen beeldpunten."),
    ),
    "password": (
        gettext_lazy("Deze PDF is met een wachtwoord versleuteld."),
        gettext_lazy("Bewaar de PDF zonder wachtwoord. Verbond versleutelt het bestand zelf."),
    ),
    "pages": (
        gettext_lazy("Deze PDF heeft geen bladzijden, of meer dan 300."),
        gettext_lazy("Kies alleen de bladzijden die de ander nodig heeft."),
    ),
    "scripts": (
        gettext_lazy("In deze PDF zit een programma."),
        gettext_lazy("Druk het document af naar een nieuwe PDF en kies die."),
    ),
    "inside": (
        gettext_lazy("In deze PDF zitten andere bestanden."),
        gettext_lazy("Druk het document af naar een nieuwe PDF en voeg de andere bestanden apart toe."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file that is taken: a safe name, its true type, the bytes to keep, pages (1 for a picture, 0 for a text)."""

    name: str
    type: str
    data: bytes
    pages: int

    @property
    def sha256(self) -> str:
        """The fingerprint of what is kept, in hex."""
        return hashlib.sha256(self.data).hexdigest()


def checked(name: str, data: bytes, *, size: int, most: int = 0, photo: bool = False, field: str = "file") -> Checked:
    """The file as it can be kept.

    size: what was sent, also when `data` was not kept for being too much; most: bytes allowed
    (settings.ATTACHMENT_MAX_BYTES by default); photo: only pictures are asked for; field: the input to name.
    Raises Invalid (too large, empty, another type than its name says or than is taken, broken, locked), Unavailable.
    """
    try:
        return _checked(name, data, size=size, most=most or settings.ATTACHMENT_MAX_BYTES, photo=photo)
    except Refusal as refusal:
        sentence, remedy = (str(words) for words in _REFUSALS[refusal.code])
        raise Invalid(sentence, field=field, remedy=remedy) from None
    except Invalid as invalid:
        invalid.field = field
        raise


def _checked(name: str, data: bytes, *, size: int, most: int, photo: bool) -> Checked:
    if size > most:
        raise too_large(most)
    if not data:
        raise Invalid(_("Dit bestand is leeg."), remedy=_("Kies een ander bestand."))
    name = safe_name(name)
    claimed = EXTENSIONS.get(PurePosixPath(name).suffix.lower().lstrip("."), "")
    if not claimed or (photo and claimed not in PICTURES):
        raise Invalid(_("Dit soort bestand kan hier niet."), remedy=_what_can(photo=photo))
    if claimed == TEXT:
        return Checked(name=name, type=TEXT, data=_text(data), pages=0)
    _check_bytes(data, claimed)
    made = work("document", data) if claimed == PDF else work("picture", data, format=PICTURES[claimed])
    kept = made.data or data
    if len(kept) > most:
        raise too_large(most)
    return Checked(name=name, type=claimed, data=kept, pages=int(made.said["pages"]))


def safe_name(name: str) -> str:
    """The last part of a file's name, without signs that a page, a header or a disk could misread."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # Cf: signs that turn the reading direction, by which "gnp.exe" is shown as "exe.png".
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
    stem, dot, extension = " ".join(kept.split()).strip(". ").rpartition(".")
    if not dot:
        return extension[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(extension) - 1].strip()}.{extension[:8]}"


def _check_bytes(data: bytes, claimed: str) -> None:
    found = _named(data)
    if claimed in found:
        return
    raise Invalid(
        _("De inhoud van dit bestand past niet bij zijn naam."),
        remedy=_("Bewaar het met het programma waarmee het is gemaakt, als PDF of als afbeelding."),
    )


def _named(data: bytes) -> set[str]:
    """The types that the first bytes may be of. A PDF that begins later than its first byte may be something else."""
    try:
        found = {match.mime_type for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return set()
    return found - (set() if data.startswith(b"%PDF-") else {PDF})


def _text(data: bytes) -> bytes:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Notepad saved before 2019.
        text = data.decode("cp1252", errors="replace")
    if not is_readable(text) or "\ufffd" in text:
        raise Invalid(
            _("Dit bestand bevat geen leesbare tekst."),
            remedy=_("Bewaar het als gewone tekst (UTF-8) of als PDF."),
        )
    return text.encode()


def too_large(most: int) -> Invalid:
    """What is said of a file over `most` bytes."""
    return Invalid(
        _("Dit bestand is te groot: hoogstens %(most)s.") % {"most": filesizeformat(most).replace(",0", "")},
        remedy=_("Maak het kleiner, of voeg alleen het deel toe dat de ander nodig heeft."),
    )


def _what_can(*, photo: bool) -> str:
    if photo:
        return _("Kies een foto: JPEG, PNG of WebP.")
    return _("Kies een PDF, een afbeelding (JPEG, PNG, WebP) of een tekstbestand. Bewaar een Word-document als PDF.")
