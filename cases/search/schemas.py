"""What the API of search takes and gives."""

from typing import Any

from ninja import Field, Schema

from cases.casework.schemas import CaseLineOut, case_line
from cases.search.queries import Hit


class SearchIn(Schema):
    """A question. Its purpose is that of the token. `after` is the cursor of an earlier answer."""

    q: str
    after: str = ""
    size: int = Field(20, ge=1, le=50)


class HitOut(CaseLineOut):
    """A case in which something was found. `persons` holds names for the title and the facts that matched, no more.

    matched: codes of the fields in which the question stood; empty when it is the case's number.
    """

    matched: list[str]


class HitsOut(Schema):
    """A page of hits, without a total; `next` is the cursor for `after`, empty at the end."""

    items: list[HitOut]
    next: str


def hit_out(hit: Hit) -> dict[str, Any]:
    """A hit as the API gives it."""
    return case_line(hit.answer) | {"matched": sorted({fact.code for _person, fact in hit.facts})}
