"""A program of its own that takes strange files apart: it knows no settings, no store and no secrets.

One order on stdin (a line of JSON, then the bytes), one answer on stdout in the same shape. What breaks it, or makes
it eat memory or time, breaks nothing else. Started by `apart.py`; nothing else imports or runs it.
"""

import io
import json
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

MEMORY = 1536 * 1024 * 1024
SECONDS = 20
PIXELS = 50_000_000
LONGEST_SIDE = 4000
"""Of a stored picture; enough to read a street sign, and no more than a screen can show."""
ACTIVE = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition")
"""Actions that a PDF can ask a reader's program to do, and that no document for people needs."""
PAGE_WIDTH = 1240
PAGE_PIXELS = 8_000_000
MOST_PAGES = 300


class Refusal(Exception):
    """Why a file is not taken, as a code that `kinds.py` has words for."""


def picture(data: bytes, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The picture drawn anew in its own format: what it shows, without place, device, maker or hidden parts."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            found = Image.open(io.BytesIO(data), formats=[order["format"]])
            found.load()
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as bomb:
            raise Refusal("pixels") from bomb
        except Exception as broken:
            raise Refusal("broken") from broken
    upright = ImageOps.exif_transpose(found)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    see_through = order["format"] != "JPEG" and upright.has_transparency_data
    drawn = upright.convert("RGBA" if see_through else "RGB")
    # A new canvas: a copy would bring the old one's profile, comments and EXIF along.
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    out = io.BytesIO()
    clean.save(out, order["format"], quality=90)
    return {"pages": 1, "width": clean.width, "height": clean.height}, out.getvalue()


def document(data: bytes, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """How many pages a PDF has. Refused when it asks a password, runs scripts or hides other files."""
    pdf = _opened(data)
    if not 0 < len(pdf) <= MOST_PAGES:
        raise Refusal("pages")
    _check_passive(data)
    _drawn(pdf, 1)
    return {"pages": len(pdf)}, b""


def page(data: bytes, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """One page of a PDF as PNG."""
    pdf = _opened(data)
    if not 1 <= order["page"] <= len(pdf):
        raise Refusal("pages")
    out = io.BytesIO()
    _drawn(pdf, order["page"]).save(out, "PNG")
    return {"pages": len(pdf)}, out.getvalue()


def _opened(data: bytes) -> Any:
    import pypdfium2
    from pypdfium2 import raw

    try:
        pdf = pypdfium2.PdfDocument(data)
        # Counts the pages now, so that a broken table of them shows here.
        len(pdf)
    except pypdfium2.PdfiumError as error:
        raise Refusal("password" if error.err_code == raw.FPDF_ERR_PASSWORD else "broken") from error
    # What was filled in on a form is drawn as well; pdfium as shipped here has no engine for scripts.
    pdf.init_forms()
    return pdf


def _check_passive(data: bytes) -> None:
    """Every object of a PDF, wherever it hangs: none runs, starts or sends something, or is another file."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.encrypted:
            reader.decrypt(b"")
        waiting: list[Any] = [reader.trailer.flatten()]
        known: set[tuple[int, int]] = set()
        while waiting:
            found = waiting.pop()
            if isinstance(found, IndirectObject):
                if (found.idnum, found.generation) not in known:
                    known.add((found.idnum, found.generation))
                    waiting.append(reader.get_object(found.reference))
            elif isinstance(found, DictionaryObject):
                _check_dictionary(found)
                waiting.extend(dict.values(found))
            elif isinstance(found, ArrayObject):
                waiting.extend(list.__iter__(found))
    except (PdfReadError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Refusal("broken") from error


def _check_dictionary(found: Any) -> None:
    """Source: ISO 32000-1, 7.11.4 (embedded files), 12.6.4 (actions), 12.7.8 (XFA)."""
    if found.keys() & {"/JS", "/XFA", "/RichMediaContent"} or dict.get(found, "/S") in ACTIVE:
        raise Refusal("scripts")
    if "/EF" in found or dict.get(found, "/Type") == "/EmbeddedFile":
        raise Refusal("inside")


def _drawn(pdf: Any, number: int) -> Any:
    import pypdfium2

    try:
        sheet = pdf[number - 1]
        wide, high = sheet.get_size()
        scale = min(PAGE_WIDTH / max(wide, 1), (PAGE_PIXELS / max(wide * high, 1)) ** 0.5)
        return sheet.render(scale=scale).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise Refusal("broken") from error


WORK: dict[str, Callable[[bytes, dict[str, Any]], tuple[dict[str, Any], bytes]]] = {
    "picture": picture,
    "document": document,
    "page": page,
}


def _within_bounds() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # It writes no file: what it reads stays in memory.
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Do the one order."""
    _within_bounds()
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        said, made = WORK[order["do"]](data, order)
    except Refusal as refusal:
        said, made = {"refused": str(refusal)}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + made)


if __name__ == "__main__":
    main()
