"""One typed line into an action or a decision: `@OND verzuim terugkoppelen vr`, `! avondhulp vanaf maandag`. Pure.

`@` names who does it (an agency by monogram, type or code, or somebody present by first name), the day stands at the
end, `!` in front makes a decision, the rest is the text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

WEEKDAYS = {"ma": 0, "di": 1, "wo": 2, "do": 3, "vr": 4, "za": 5, "zo": 6}
NAMED = {
    "maandag": 0, "dinsdag": 1, "woensdag": 2, "donderdag": 3, "vrijdag": 4, "zaterdag": 5, "zondag": 6,
}  # fmt: skip
MONTHS = {
    "jan": 1, "feb": 2, "mrt": 3, "maart": 3, "apr": 4, "mei": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "okt": 10, "nov": 11, "dec": 12, "januari": 1, "februari": 2, "april": 4, "juni": 6, "juli": 7, "augustus": 8,
    "september": 9, "oktober": 10, "november": 11, "december": 12,
}  # fmt: skip
RELATIVE = {"vandaag": 0, "morgen": 1, "overmorgen": 2}

_WHO = re.compile(r"(?:^|\s)@(\S+)")
_PLUS = re.compile(r"\+(\d{1,3})(w?)", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(\d{1,2})[-/](\d{1,2})(?:[-/](\d{4}|\d{2}))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Somebody or an agency that can be given something to do."""

    agency: str
    type: str
    monogram: str
    name: str
    person: UUID | None = None
    person_name: str = ""

    def answers_to(self, word: str) -> bool:
        """Whether `@word` means this one."""
        if self.person is not None:
            return word == self.person_name.split()[0].casefold()
        return word in (self.monogram.casefold(), self.type.casefold(), self.agency.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a line says so far. faults: what is missing or unclear, as (field, sentence)."""

    is_decision: bool
    text: str
    owner: Owner | None = None
    due_on: date | None = None
    faults: tuple[tuple[str, str], ...] = ()


def read_line(line: str, *, today: date, owners: Iterable[Owner]) -> Line:
    """What `line` says; `owners` are those who can be named now. Never raises: what is missing is in `faults`."""
    words = " ".join(line.split())
    if words.startswith("!"):
        text = words[1:].strip()
        return Line(is_decision=True, text=text, faults=() if text else (_no_text(),))
    faults: list[tuple[str, str]] = []
    named = _WHO.findall(words)
    owner, fault = _owner(named, tuple(owners))
    faults += [("owner", fault)] if fault else []
    rest = " ".join(_WHO.sub(" ", words).split())
    due_on, rest = _day(rest, today=today)
    if due_on is None:
        faults.append(("due_on", _("Wanneer is het klaar? Zet een dag op het eind: vr, morgen, 3 dec, +7.")))
    elif due_on < today:
        faults.append(("due_on", _("Deze dag is al voorbij.")))
    if not rest:
        faults.append(_no_text())
    return Line(is_decision=False, text=rest, owner=owner, due_on=due_on, faults=tuple(faults))


def _no_text() -> tuple[str, str]:
    return "text", _("Wat gebeurt er? Schrijf het in een paar woorden.")


def _owner(named: list[str], owners: tuple[Owner, ...]) -> tuple[Owner | None, str]:
    if not named:
        return None, _("Wie doet dit? Zet @ met een organisatie of een voornaam.")
    if len(named) > 1:
        return None, _("Eén organisatie doet het. Noem er een met @.")
    word = named[0].casefold().rstrip(",.:;")
    found = [owner for owner in owners if owner.answers_to(word)]
    agencies = {owner.agency for owner in found}
    if not found:
        return None, _("@%(word)s ken ik hier niet. Kies uit: %(all)s.") % {
            "word": named[0],
            "all": ", ".join(sorted({f"@{owner.monogram}" for owner in owners})),
        }
    if len(agencies) > 1 or len(found) > 1:
        return None, _("@%(word)s kan meer dan één zijn. Bedoelt u %(all)s?") % {
            "word": named[0],
            "all": _(" of ").join(sorted(f"@{owner.person_name or owner.agency}" for owner in found)),
        }
    return found[0], ""


def _day(text: str, *, today: date) -> tuple[date | None, str]:
    """The day at the end of `text`, and what stands before it."""
    words = text.split()
    for size in (3, 2, 1):
        if len(words) >= size and (day := _as_day([word.casefold() for word in words[-size:]], today)):
            return day, _without_by(words[:-size])
    return None, text


def _without_by(words: list[str]) -> str:
    """The text before a day, without the little word that leads up to it: "voor vr", "uiterlijk 3 dec"."""
    if words and words[-1].casefold() in ("voor", "op", "uiterlijk", "vóór", "tot"):
        words = words[:-1]
    return " ".join(words)


def _as_day(words: list[str], today: date) -> date | None:
    if len(words) == 1:
        return _one_word(words[0].rstrip("."), today)
    day, month = words[0], MONTHS.get(words[1].rstrip("."))
    if month is None or not day.isascii() or not day.isdigit():
        return None
    year = words[2] if len(words) == 3 else ""
    if year and not re.fullmatch(r"20\d\d", year, re.ASCII):
        return None
    return _calendar(int(day), month, year, today)


def _one_word(word: str, today: date) -> date | None:
    if word in RELATIVE:
        return today + timedelta(days=RELATIVE[word])
    weekday = WEEKDAYS.get(word, NAMED.get(word))
    if weekday is not None:
        # On a Friday "vr" is the next one: what is due today is said "vandaag".
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if plus := _PLUS.fullmatch(word):
        return today + timedelta(days=int(plus[1]) * (7 if plus[2] else 1))
    if exact := _DAY_MONTH.fullmatch(word):
        return _calendar(int(exact[1]), int(exact[2]), exact[3] or "", today)
    return None


def _calendar(day: int, month: int, year: str, today: date) -> date | None:
    """That day of the year named, or else the first one that is not past."""
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this = date(today.year, month, day)
        return this if this >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
