"""Editing operations on the YAML of a covenant, which keep comments, order and style. Pure; saving is in commands.

Each takes a text and gives an Edited. How a text is read and written back is in yaml_text.py, where things
stand in it in places.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.drafting import places
from agreements.drafting.places import ARTICLE_KEYS, HEAD_KEYS, RULE_KEYS, RULE_LISTS, refuse
from agreements.drafting.yaml_text import Change, Content, block, prose, read, rewritten, styled
from agreements.policy.errors import DocumentInvalid
from agreements.policy.locations import Path
from foundation.errors import Invalid

KINDS = (*RULE_LISTS, "break_glass")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The new text, what was done in words for the list of revisions, and the number it was done to."""

    text: str
    note: str
    number: str = ""


def set_head(text: str, *, changes: Mapping[str, Any]) -> Edited:
    """Change keys of the head: {"title": "…", "term": {"from": "2026-01-01"}, "dpia": None}.

    A mapping changes those keys of the part and leaves its others; None removes a key. Days may be ISO text.
    Raises Invalid: the text cannot be read, or a key is none of the head.
    """
    unknown = sorted(set(changes) - set(HEAD_KEYS))
    if unknown:
        refuse(_("'%(key)s' staat niet in de aanhef.") % {"key": unknown[0][:40]}, field=unknown[0][:40])

    def change(content: Content) -> None:
        for key, value in changes.items():
            places.amend(content, key, places.with_days(value), order=HEAD_KEYS)

    return Edited(text=_rewritten(text, change), note=_("aanhef gewijzigd: %(keys)s") % {"keys": ", ".join(changes)})


def add_article(text: str, *, number: str = "", title: str, body: str = "", after: str = "") -> Edited:
    """A new article after article `after` ("" = last). number "": the next free whole number.

    Raises Invalid: unreadable, or the number is taken or none.
    """
    content = _content(text)
    new = places.new_number(number, content) if number else places.next_article(content)

    def change(content: Content) -> None:
        articles = places.articles(content)
        at = places.article_at(content, after)[0] + 1 if after else len(articles)
        made = {"article": new, "title": prose(title), "text": prose(body)}
        articles.insert(at, block({key: value for key, value in made.items() if value}))

    return Edited(text=_rewritten(text, change), note=_("artikel %(n)s toegevoegd") % {"n": new}, number=new)


def set_article(text: str, *, number: str, title: str, body: str, more: Mapping[str, Any] | None = None) -> Edited:
    """The title and text of an article; more: its other keys (basis, case_kinds, retention, …), None removes one.

    Raises Invalid: unreadable, no such article, or a key of `more` that an article does not have.
    """
    changes = {"title": title.strip(), "text": body, **(more or {})}
    unknown = sorted(set(changes) - set(ARTICLE_KEYS) | set(changes) & {"article", *KINDS})
    if unknown:
        refuse(_("'%(key)s' hoort niet bij een artikel.") % {"key": unknown[0][:40]}, field=unknown[0][:40])

    def change(content: Content) -> None:
        article = places.article_at(content, number)[1]
        for key, value in changes.items():
            given = prose(value) if isinstance(value, str) else value
            places.replace(article, key, given, order=ARTICLE_KEYS)

    return Edited(text=_rewritten(text, change), note=_("artikel %(n)s gewijzigd") % {"n": number}, number=number)


def remove_article(text: str, *, number: str) -> Edited:
    """Take out an article with its rules. Raises Invalid: unreadable, or no such article."""
    cut: Path = ("articles", places.article_at(_content(text), number)[0])

    def change(content: Content) -> None:
        del places.articles(content)[places.article_at(content, number)[0]]

    note = _("artikel %(n)s geschrapt") % {"n": number}
    return Edited(text=_rewritten(text, change, cut=cut), note=note, number=number)


def put_rule(text: str, *, article: str, kind: str, rule: Mapping[str, Any], replaces: str = "") -> Edited:
    """A rule in an article: a new one, or in the place of rule `replaces`, wherever that stands.

    kind: grants, announcements, prohibitions or break_glass. rule: the keys of the document; "id" may be
    left out, then it keeps its number or gets the next free one. Empty values are left out.

    Raises Invalid: unreadable, no such article, rule or kind, a number that is taken or none, or a second
    break_glass in one article.
    """
    if kind not in KINDS:
        refuse(_("'%(kind)s' is geen soort regel.") % {"kind": kind[:40]}, field="kind")
    new = _number_of_rule(_content(text), article=article, rule=rule, replaces=replaces)
    written = {"id": new} | {
        key: places.with_days({key: value})[key] for key, value in rule.items() if key != "id" and places.says(value)
    }

    def change(content: Content) -> None:
        found = places.rule_at(content, replaces) if replaces else None
        home = places.article_at(content, article)[1]
        if found is not None and found.article is home and found.kind == kind:
            places.rewrite(found.rule, written, order=RULE_KEYS)
            return
        if found is not None:
            places.take_out(found)
        places.add_rule(home, kind, styled(places.in_order(written, RULE_KEYS)))

    names = {"old": replaces, "new": new}
    note = _("artikel %(new)s toegevoegd") % names
    if replaces:
        note = _("artikel %(new)s gewijzigd") if replaces == new else _("artikel %(old)s is nu %(new)s")
        note %= names
    return Edited(text=_rewritten(text, change), note=note, number=new)


def remove_rule(text: str, *, number: str) -> Edited:
    """Take out a rule, wherever it stands. Raises Invalid: unreadable, or no such rule."""
    found = places.rule_at(_content(text), number)

    def change(content: Content) -> None:
        places.take_out(places.rule_at(content, number))

    note = _("artikel %(n)s geschrapt") % {"n": number}
    return Edited(text=_rewritten(text, change, cut=found.path), note=note, number=number)


def put_set(text: str, *, name: str, fields: Iterable[str]) -> Edited:
    """Define a set of fields, or change it; no fields: take it out. Raises Invalid: unreadable, or no name."""
    chosen = list(dict.fromkeys(fields))
    if not name.isidentifier() or len(name) > 40:
        refuse(
            _("De naam van een set heeft niet de juiste vorm."),
            remedy=_("Gebruik letters, cijfers en liggende streepjes, zoals pol_light."),
            field="name",
        )

    def change(content: Content) -> None:
        places.amend(content, "sets", {name: chosen or None}, order=places.DOCUMENT_KEYS)

    note = _("set %(name)s gewijzigd") if chosen else _("set %(name)s geschrapt")
    return Edited(text=_rewritten(text, change), note=note % {"name": name}, number=name)


def put_purpose(text: str, *, number: str = "", code: str) -> Edited:
    """Name a purpose by its number ("4.1"); code "": take it out. number "": the next free one.

    Raises Invalid: unreadable, or the number is none.
    """
    content = _content(text)
    place = places.checked_number(number) if number else places.next_purpose(content)

    def change(content: Content) -> None:
        places.amend(content, "purposes", {place: code.strip() or None}, order=places.DOCUMENT_KEYS)

    note = _("doel %(n)s gewijzigd") if code.strip() else _("doel %(n)s geschrapt")
    return Edited(text=_rewritten(text, change), note=note % {"n": place}, number=place)


def set_parties(text: str, *, parties: Mapping[str, Iterable[str]], bureau: Mapping[str, str] | None = None) -> Edited:
    """Who the text names as party, by capacity (controller, participant, third_party): types or agency codes.

    bureau: {"code": "ZVH", "acts_for": "GEM"}; {} takes it out, None leaves it. Raises Invalid: unreadable.
    """
    chosen: dict[str, Any] = {
        capacity: list(parties.get(capacity, ())) or None for capacity in ("controller", "participant", "third_party")
    }

    def change(content: Content) -> None:
        places.amend(content, "parties", chosen, order=places.DOCUMENT_KEYS, keep_empty=True)
        if bureau is not None:
            places.amend(content, "bureau", dict(bureau) or None, order=places.DOCUMENT_KEYS)

    return Edited(text=_rewritten(text, change), note=_("partijen in de tekst gewijzigd"))


def _number_of_rule(content: Content, *, article: str, rule: Mapping[str, Any], replaces: str) -> str:
    home = places.article_at(content, article)[1]
    asked = str(rule.get("id") or "")
    if replaces:
        found = places.rule_at(content, replaces)
        asked = asked or (replaces if found.article is home else "")
    if asked and asked != replaces:
        return places.new_number(asked, content)
    return asked or places.next_rule(content, article)


def _content(text: str) -> Content:
    try:
        return read(text)[1]
    except DocumentInvalid as invalid:
        raise _unreadable(invalid) from invalid


def _rewritten(text: str, change: Change, *, cut: Path | None = None) -> str:
    try:
        return rewritten(text, change, cut=cut)
    except DocumentInvalid as invalid:
        raise _unreadable(invalid) from invalid


def _unreadable(invalid: DocumentInvalid) -> Invalid:
    first = invalid.findings[0]
    return Invalid(
        _("De tekst is nog niet te lezen: %(what)s") % {"what": first.message},
        errors=tuple((f"regel {item.line}", f"{item.message} {item.remedy}") for item in invalid.findings),
        remedy=_("Herstel eerst de tekst zelf. %(remedy)s") % {"remedy": first.remedy},
        field="text",
    )
