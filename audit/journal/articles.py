"""Finding entries by the covenant articles under which their fields left. The articles themselves stand in the bodies.

An entry keeps a number for its set of articles. There are few sets, since readers of one role read under the same
articles; so which sets hold an article is asked of one body each, and the entries are found by an index.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField

from audit.journal import models

NONE = 0
"""The number of an entry without articles."""

_SETS = (
    "WITH RECURSIVE seen(ref) AS ("
    " SELECT (SELECT min(articles_ref) FROM audit_entry WHERE articles_ref > 0)"
    " UNION ALL"
    " SELECT (SELECT min(articles_ref) FROM audit_entry WHERE articles_ref > seen.ref)"
    " FROM seen WHERE seen.ref IS NOT NULL"
    ") SELECT ref, (SELECT body FROM audit_entry WHERE articles_ref = seen.ref LIMIT 1)"
    " FROM seen WHERE ref IS NOT NULL"
)


def ref_of(articles: Sequence[str]) -> int:
    """The number of a set of articles: 63 bits of the SHA-256 of its JSON; NONE for the empty set."""
    return _ref_of(tuple(articles)) if articles else NONE


@lru_cache(maxsize=4096)
def _ref_of(articles: tuple[str, ...]) -> int:
    digest = hashlib.sha256(json.dumps(articles).encode()).digest()
    # Never NONE: one chance in 2^63 is still a wrong answer.
    return (int.from_bytes(digest[:8], "big") >> 1) or 1


def sets() -> Mapping[int, tuple[str, ...]]:
    """Every set of articles in the journal by its number: one index seek and one body a set."""
    with connection.cursor() as cursor:
        cursor.execute(_SETS)
        return {ref: _articles_of(bytes(body)) for ref, body in cursor.fetchall()}


def known() -> tuple[str, ...]:
    """Every article under which something ever left, as the bodies spell it, sorted."""
    return tuple(sorted({article for found in sets().values() for article in found}))


def fits(article: str, wanted: str) -> bool:
    """Whether `article` is the wanted one, a part of it ("6.1" of "6"), or of the wanted covenant or version."""
    return article == wanted or article.startswith((f"{wanted}.", f"{wanted} "))


def under(entries: "QuerySet[models.Entry]", wanted: str) -> "QuerySet[models.Entry]":
    """Those of `entries` whose fields left under an article that fits `wanted`.

    Entries of before this column have no number: of those the body is searched, which is slow but misses none.
    """
    refs = [ref for ref, articles in sets().items() if any(fits(article, wanted) for article in articles)]
    return entries.filter(Q(articles_ref__in=refs) | (Q(articles_ref__isnull=True) & _spelled(wanted)))


def _spelled(wanted: str) -> Q:
    within = "position(%s::bytea in body) > 0" if connection.vendor == "postgresql" else "instr(body, %s) > 0"
    # As a body spells it, up to the quote, or to what may follow.
    start = json.dumps(wanted, ensure_ascii=False)[:-1]
    found = [Q(RawSQL(within, [f"{start}{end}".encode()], output_field=BooleanField())) for end in ('"', ".", " ")]  # noqa: S611
    return found[0] | found[1] | found[2]


def _articles_of(body: bytes) -> tuple[str, ...]:
    try:
        matter: Any = json.loads(body)["matter"]
        return tuple(str(article) for article in matter.get("articles", ()))
    except (ValueError, KeyError, TypeError, AttributeError):
        # A body that was tampered with is the integrity check's business; it names no article here.
        return ()
