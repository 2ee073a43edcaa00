"""The record of processing as a tagged PDF, from the same answer as the page. No network, no stored file."""

from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import get_language
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from agreements.registers.answers import Record

_FONT = "fonts/source-sans-3-latin-wght-normal.woff2"


class _OwnFont(URLFetcher):
    """Gives the house's own font and nothing else: a page never makes us fetch anything."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url != "verbond:font":
            raise ValueError("nothing is fetched for this document")
        with open(str(finders.find(_FONT)), "rb") as file:
            return URLFetcherResponse(url, file.read(), headers={"Content-Type": "font/woff2"})


def record_pdf(record: Record) -> bytes:
    """The record as PDF/UA-1, in the language of this moment."""
    context = {"record": record, "language": (get_language() or "nl")[:2]}
    html = render_to_string("agreements/registers/print.html", context)
    fetcher, fonts = _OwnFont(), FontConfiguration()
    style = CSS(string=render_to_string("agreements/registers/print.css"), url_fetcher=fetcher, font_config=fonts)
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    return made
