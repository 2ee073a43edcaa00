"""What the API of search takes and gives."""

from typing import Any

from ninja import Field, Schema

from cases.casework.schemas import CaseLineOut, SourceOut, case_line
from cases.search.queries import Hit, Said, text_of


class SearchIn(Schema):
    """A question. Its purpose is that of the token. `after` is the cursor of an earlier answer."""

    q: str
    after: str = ""
    size: int = Field(20, ge=1, le=50)


class SaidOut(Schema):
    """Words of a room in which it was found. room: what it is called; page: where they stand; text: in that field."""

    room: str
    field: str
    text: str
    source: SourceOut
    article: str
    page: str


class HitOut(CaseLineOut):
    """A case in which something was found. `persons` holds names for the title and the facts that matched, no more.

    matched: codes of the fields in which the question stood; words: of rooms around the case. Both empty when it is
    the case's number.
    """

    matched: list[str]
    words: list[SaidOut] = []


class HitsOut(Schema):
    """A page of hits, without a total; `next` is the cursor for `after`, empty at the end."""

    items: list[HitOut]
    next: str


def hit_out(hit: Hit) -> dict[str, Any]:
    """A hit as the API gives it."""
    return case_line(hit.answer) | {
        "matched": sorted({fact.code for _person, fact in hit.facts}),
        "words": [_said(said) for said in hit.words],
    }


def _said(said: Said) -> dict[str, Any]:
    fact = said.fact
    return {
        "room": said.room,
        "field": fact.code,
        "text": text_of(said),
        "source": {"code": fact.source.code, "type": fact.source.type, "name": fact.source.name},
        "article": str(fact.article),
        "page": said.url,
    }
