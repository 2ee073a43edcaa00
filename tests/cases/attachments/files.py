"""Small files of each sort, made when they are needed."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.actions import JavaScript

SECRET_PLACE = "zqx-maker-of-the-picture"


def picture(format_: str = "JPEG", *, size: tuple[int, int] = (64, 40), told: bool = True) -> bytes:
    """A picture; `told`: with a maker and a place in its EXIF, upside down by its own word."""
    exif = Image.Exif()
    if told:
        exif[0x010F] = SECRET_PLACE
        exif[0x0112] = 6
        exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", size, "#3366aa").save(out, format_, exif=exif)
    return out.getvalue()


def pdf(pages: int = 2, *, password: str = "", script: str = "", inside: bytes = b"") -> bytes:
    """A PDF of blank pages, locked or with something in it."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=300, height=200)
    if script:
        writer.add_open_action(JavaScript(script))
    if inside:
        writer.add_attachment("bijlage.exe", inside)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def upload(name: str, data: bytes) -> Any:
    """A file as a browser sends it; what the browser says of its type is not believed anyway."""
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")
