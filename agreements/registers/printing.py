"""The record of processing as a tagged PDF, from the same answer as the page. No stored file."""

from django.template.loader import render_to_string
from django.utils.translation import get_language

from agreements.registers.answers import Record
from foundation.paper import to_pdf


def record_pdf(record: Record) -> bytes:
    """The record as PDF/UA-1, in the language of this moment."""
    context = {"record": record, "language": (get_language() or "nl")[:2]}
    html = render_to_string("agreements/registers/print.html", context)
    return to_pdf(html, css=render_to_string("agreements/registers/print.css"), variant="pdf/ua-1")
