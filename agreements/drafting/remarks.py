"""Reads of remarks about a draft. Making and answering them is in commands/remarks.py."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from agreements.drafting.answers import RemarkView
from agreements.drafting.models import Draft, Remark
from agreements.drafting.rights import draft_for, may_reopen, may_write
from agreements.drafting.texts import article_of, outline
from agreements.parties.reader import Visit


def remarks_of(visit: Visit, uid: Any) -> tuple[RemarkView, ...]:
    """The remarks about a draft, open ones first, then in order of making. Raises NotFound."""
    draft = draft_for(visit, uid)
    rows = draft.remarks.select_related("agency", "author", "resolved_by").order_by("made_at", "pk")
    titles = {str(item.get("article", "")): str(item.get("title", "")) for _place, item in outline(draft.text).articles}
    texts = {row.number: row.text for row in draft.revisions.all()} if rows else {}
    views = [_remark(visit, draft, row, titles, texts) for row in rows]
    return tuple(sorted(views, key=lambda item: item.resolved))


def _remark(visit: Visit, draft: Draft, row: Remark, titles: Mapping[str, str], texts: Mapping[int, str]) -> RemarkView:
    number = article_of(row.article)
    then = texts.get(row.revision, draft.text)
    return RemarkView(
        uid=str(row.uid),
        article=row.article,
        article_title=titles.get(number, ""),
        revision=row.revision,
        text=row.text,
        agency_name=row.agency.name_in(get_language() or "nl"),
        agency_monogram=row.agency.monogram,
        author=row.author.name,
        made_at=row.made_at,
        resolved=row.resolved_at is not None,
        answer=row.answer,
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by.name if row.resolved_by else "",
        outdated=_part_of(then, number) != _part_of(draft.text, number),
        may_resolve=row.resolved_at is None and may_write(visit, draft),
        may_reopen=row.resolved_at is not None and may_reopen(visit, draft, row),
    )


def _part_of(text: str, number: str) -> object:
    """What a remark was about: an article as values, or the whole text."""
    if not number:
        return text
    return next((item for _place, item in outline(text).articles if str(item.get("article")) == number), None)
