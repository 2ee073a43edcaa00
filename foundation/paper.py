"""HTML to PDF through WeasyPrint, tagged, with the house's own font and without any network."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

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
    """Gives the house's own font (`verbond:font`) and nothing else: a document never makes us fetch anything."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url != "verbond:font":
            raise ValueError("nothing is fetched for this document")
        with open(str(finders.find(_FONT)), "rb") as file:
            return URLFetcherResponse(url, file.read(), headers={"Content-Type": "font/woff2"})


def to_pdf(html: str, *, css: str, variant: str, enclosed: Iterable[Enclosed] = ()) -> bytes:
    """The document as PDF bytes. css: its style sheet. variant: "pdf/ua-1", "pdf/a-3a", … as WeasyPrint knows them."""
    fetcher, fonts = _OwnFont(), FontConfiguration()
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
    )
    return made
