"""Makes the values that the templates of this room take, from queries alone. No table, no seal, no decision here."""

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.policy.catalogue import Catalogue
from cases.attachments import kinds
from cases.attachments.queries import File, Held
from cases.casework.fact_rows import Row, article_label, language, monogram, partner, why_url
from foundation import clock

TEXT_SHOWN = 200_000
"""Signs of a text that a page shows; a longer one is read by saving it."""
PAGES_SHOWN = 60
KINDS = {kinds.PDF: "PDF", kinds.TEXT: "TXT", "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One file in the list. row: its source chip; announced files have no name, no address and no size."""

    row: Row
    name: str = ""
    caption: str = ""
    kind: str = ""
    facts: str = ""
    about: str = ""
    url: str = ""
    download_url: str = ""
    withdraw_url: str = ""


def line(held: Held, catalogue: Catalogue, *, number: str, people: dict[str, str]) -> Line:
    """One file that this reader may know of."""
    row = _row(held, catalogue, number=number)
    about = people.get(held.subject or "", "")
    if held.fact is None:
        return Line(row=row, about=about)
    value, uid = held.fact.value, held.fact.contribution
    return Line(
        row=row,
        name=str(value["name"]),
        caption=str(value["caption"]),
        kind=KINDS.get(str(value["type"]), ""),
        facts=_measures(value),
        about=about,
        url=reverse("attachment", args=[number, uid]),
        download_url=reverse("attachment_download", args=[number, uid]),
        withdraw_url=reverse("attachment_withdraw", args=[number, uid]) if held.fact.is_own else "",
    )


def preview(file: File, catalogue: Catalogue, *, number: str, text: str) -> dict[str, Any]:
    """One file on a page of its own: its pages as pictures, or its text."""
    shown = min(file.pages, PAGES_SHOWN)
    alt = str(file.fact.value["caption"]) or file.name
    return {
        "line": line(file.held, catalogue, number=number, people={}),
        "given": file.fact.given_at.astimezone(clock.AMSTERDAM),
        "pages": [
            {
                "url": reverse("attachment_page", args=[number, file.fact.contribution, page]),
                "alt": alt if file.pages == 1 else _("%(what)s, bladzijde %(n)d") % {"what": alt, "n": page},
                "n": page,
            }
            for page in range(1, shown + 1)
        ],
        "many": file.pages > 1,
        "is_text": file.type == kinds.TEXT,
        "is_pdf": file.type == kinds.PDF,
        "text": text[:TEXT_SHOWN],
        "not_shown": file.pages - shown,
        "text_cut": len(text) > TEXT_SHOWN,
    }


def audience_rows(found: list[tuple[str, tuple[str, ...]]]) -> list[dict[str, Any]]:
    """Per field who would see it, as monograms."""
    return [{"field_label": label, "agencies": [partner(type_) for type_ in types]} for label, types in found]


def _row(held: Held, catalogue: Catalogue, *, number: str) -> Row:
    found = held.fact or held.told
    if found is None:
        raise ValueError("a file is known by a fact or by an announcement")
    fact = held.fact
    return Row(
        kind="fact" if fact else "announced",
        code=found.code,
        label=catalogue.by_code[found.code].label(language()),
        source=monogram(found.source),
        article=article_label(fact) if fact else _("art. %(nr)s") % {"nr": found.article.article},
        covenant=found.article.covenant,
        given_on=found.given_at.astimezone(clock.AMSTERDAM).date() if fact else None,
        is_new=found.is_new,
        is_own=found.is_own,
        why_url=why_url(number, field=found.code, source=found.source.code, person=held.subject),
    )


def _measures(value: Any) -> str:
    size = filesizeformat(value["size"])
    if value["type"] != kinds.PDF:
        return size
    pages = int(value["pages"])
    return ngettext("%(n)d bladzijde", "%(n)d bladzijden", pages) % {"n": pages} + f", {size}"
