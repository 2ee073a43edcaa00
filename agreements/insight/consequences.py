"""What a difference means for a recipient, in sentences: "Onderwijs ziet voortaan …, niet meer …"."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.covenants.labels import label, labels, listed
from agreements.covenants.sentences import party_name
from agreements.policy.catalogue import load_catalogue
from agreements.policy.difference import RightChange
from agreements.policy.question import Grade
from agreements.policy.vocabulary import PHASES

_INVOLVED = "involved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """One change of rights. gained: more is known than before. terms: (name, text); articles: numbers it comes from."""

    gained: bool
    sentence: str
    terms: tuple[tuple[str, str], ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRecipient:
    """Everything that changes for one party of the documents."""

    code: str
    name: str
    gained: tuple[Consequence, ...]
    lost: tuple[Consequence, ...]


def by_recipient(changes: Iterable[RightChange]) -> tuple[OfRecipient, ...]:
    """The changes per recipient, in their order."""
    found: dict[str, list[RightChange]] = {}
    for change in changes:
        found.setdefault(change.recipient, []).append(change)
    return tuple(
        OfRecipient(
            code=code,
            name=party_name(code),
            gained=tuple(_consequence(item) for item in items if item.gained),
            lost=tuple(_consequence(item) for item in items if not item.gained),
        )
        for code, items in found.items()
    )


def _consequence(change: RightChange) -> Consequence:
    words = {
        "who": _capital(party_name(change.recipient)),
        "what": _fields(change.fields),
        "source": listed(party_name(token) for token in change.sources),
        "phase": _phases(change.phases),
    }
    numbers = (*change.given_after, *change.forbidden_after, *change.given_before, *change.forbidden_before)
    return Consequence(
        gained=change.gained,
        sentence=_pattern(change) % words,
        terms=tuple((name, text) for name, text in _terms(change) if text),
        articles=tuple(dict.fromkeys(numbers)),
    )


def _pattern(change: RightChange) -> str:
    """The sentence by what was known and what will be, and by how it is read."""
    if change.delivery == "break_glass":
        if change.gained:
            return _("%(who)s kan voortaan bij noodinzage lezen: %(what)s van %(source)s.")
        return _("%(who)s kan niet meer bij noodinzage lezen: %(what)s van %(source)s.")
    if change.delivery == "extract":
        if change.gained:
            return _("%(who)s krijgt voortaan op maat %(what)s van %(source)s, %(phase)s.")
        return _("%(who)s krijgt niet meer op maat %(what)s van %(source)s, %(phase)s.")
    return {
        (Grade.SILENT, Grade.VISIBLE): _("%(who)s ziet voortaan %(what)s van %(source)s, %(phase)s."),
        (Grade.ANNOUNCED, Grade.VISIBLE): _(
            "%(who)s ziet voortaan %(what)s van %(source)s, %(phase)s, en niet alleen dat er iets bekend is."
        ),
        (Grade.SILENT, Grade.ANNOUNCED): _(
            "%(who)s weet voortaan of er bij %(source)s iets bekend is over %(what)s, %(phase)s."
        ),
        (Grade.VISIBLE, Grade.SILENT): _("%(who)s ziet niet meer %(what)s van %(source)s, %(phase)s."),
        (Grade.VISIBLE, Grade.ANNOUNCED): _(
            "%(who)s ziet niet meer %(what)s van %(source)s, %(phase)s, en weet alleen nog of er iets bekend is."
        ),
        (Grade.ANNOUNCED, Grade.SILENT): _(
            "%(who)s weet niet meer of er bij %(source)s iets bekend is over %(what)s, %(phase)s."
        ),
    }[change.before, change.after]


def _terms(change: RightChange) -> Iterable[tuple[str, str]]:
    yield _("Voor wie werkt als"), listed(labels("role", change.roles), last=_("of"))
    yield _("Doel"), listed(labels("purpose", change.purposes))
    yield _("Casussoort"), listed(labels("case_kind", change.case_kinds))
    yield _("Als"), listed((_together(group) for group in change.conditions), last=_("of"))
    yield _("Niet als ook"), listed((_together(group) for group in change.ends_with if group), last=_("of"))
    yield _("Alleen op"), listed(_days(*span) for span in change.days)


def _together(group: Iterable[str]) -> str:
    return listed(labels("condition", (name for name in group if name != _INVOLVED)))


def _days(first: str, end: str) -> str:
    return _("%(first)s tot %(end)s") % {"first": first or "…", "end": end or "…"}


def _phases(phases: tuple[str, ...]) -> str:
    if set(phases) >= set(PHASES):
        return _("in alle fasen")
    words = {"phases": listed(label("phase", code) for code in phases)}
    return (_("in de fase %(phases)s") if len(phases) == 1 else _("in de fasen %(phases)s")) % words


def _fields(codes: tuple[str, ...]) -> str:
    catalogue, language = load_catalogue(), get_language() or "nl"
    return listed(f"“{catalogue.by_code[code].label(language)}”" for code in codes if code in catalogue.by_code)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
