"""The API of reports: open to everybody, as the pages are."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema

from foundation.routes import Shows, route
from programmes.reports.queries import shelf

router = Router(tags=["programmes"])


class HalfYearOut(Schema):
    """A published report. half: 1 or 2; sha256: of the PDF at `url`."""

    year: int
    half: int
    words: str
    published_on: date
    sha256: str
    url: str


@router.get("/programmes/{code}/half-years", response=list[HalfYearOut], operation_id="programme_half_years")
@route("api:programme_half_years", shows=Shows.NOTHING, public=True)
def half_years(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """The published reports of a programme, the newest first."""
    return [
        {
            "year": one.year, "half": one.half, "words": one.words, "published_on": one.published_on,
            "sha256": one.sha256, "url": reverse("programme_half_year_pdf", args=[code, one.uid]),
        }
        for one in shelf(None, code).reports
    ]  # fmt: skip
