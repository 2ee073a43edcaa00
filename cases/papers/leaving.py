"""A paper as it leaves: marked on every page with who received it, when and by which articles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import NotFound, Refused
from foundation.paper import to_pdf
from foundation.stamp import stamped


class NoCopy(Refused):
    """The covenant forbids a copy of all that this reader sees of it."""

    code = "no_copy"
    is_recorded = True


class NothingToPrint(NotFound):
    """Nothing is left of it for this reader: a covenant or a participation ended."""

    code = "nothing_to_print"
    is_recorded = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A paper as it leaves: its bytes and file name."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is laid over each page. across: an article carries the duty `watermark`, so it goes across as well."""

    name: str
    agency: str
    at: datetime
    language: str
    articles: Iterable[str]
    across: bool


def marked(pdf: bytes, mark: Mark) -> bytes:
    """The paper with the mark of its recipient on every page."""
    with translation.override(mark.language):
        context = {
            "language": mark.language,
            "who": _("%(name)s, %(agency)s") % {"name": mark.name, "agency": mark.agency},
            "when": moment(mark.at),
            "articles": ", ".join(mark.articles),
            "across": mark.across,
        }
        html = render_to_string("cases/papers/stamp.html", context)
        return stamped(pdf, to_pdf(html, css=render_to_string("cases/papers/stamp.css"), variant=""))


def moment(at: datetime) -> str:
    """A moment in words, in the time of Amsterdam."""
    return date_format(at.astimezone(clock.AMSTERDAM), "j F Y H:i")


def pdf_answer(found: Fetched) -> HttpResponse:
    """A paper as a download that nobody keeps on the way."""
    answer = HttpResponse(found.data, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer["Cache-Control"] = "no-store"
    return answer
