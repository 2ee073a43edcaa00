"""HTML to PDF through WeasyPrint, tagged, with the house's own font and without any network."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

IMAGE_DPI, IMAGE_QUALITY = 150, 80
"""Of photos on paper."""
_FONT = "fonts/source-sans-3-latin-wght-normal.woff2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file inside the PDF. relationship: as PDF/A-3 names it ("Source", "Data"). at: made and changed then."""

    name: str
    data: bytes
    relationship: str
    words: str
    at: datetime


class _OwnFont(URLFetcher):
    """Gives the house's own font (`verbond:font`) and the images handed over (`verbond:image/NAME`), nothing else.

    A document never makes us fetch anything.
    """

    def __init__(self, images: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__()
        self._images = images

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        name = url.removeprefix("verbond:image/")
        if name != url and name in self._images:
            type_, data = self._images[name]
            return URLFetcherResponse(url, data, headers={"Content-Type": type_})
        if url != "verbond:font":
            raise ValueError("nothing is fetched for this document")
        with open(str(finders.find(_FONT)), "rb") as file:
            return URLFetcherResponse(url, file.read(), headers={"Content-Type": "font/woff2"})


def to_pdf(
    html: str,
    *,
    css: str,
    variant: str,
    enclosed: Iterable[Enclosed] = (),
    images: Mapping[str, tuple[str, bytes]] | None = None,
) -> bytes:
    """The document as PDF bytes. css: its style sheet. variant: "pdf/ua-1", "pdf/a-3a", … as WeasyPrint knows them.

    images: name → (type, bytes), for `<img src="verbond:image/NAME">`; they are brought down to what paper shows.
    """
    fetcher, fonts = _OwnFont(images or {}), FontConfiguration()
    attachments = [
        Attachment(
            string=item.data,
            name=item.name,
            relationship=item.relationship,
            description=item.words,
            created=item.at,
            modified=item.at,
            url_fetcher=fetcher,
        )
        for item in enclosed
    ]
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[CSS(string=css, url_fetcher=fetcher, font_config=fonts)],
        font_config=fonts,
        pdf_variant=variant,
        attachments=attachments or None,
        **({"optimize_images": True, "dpi": IMAGE_DPI, "jpeg_quality": IMAGE_QUALITY} if images else {}),
    )
    return made
