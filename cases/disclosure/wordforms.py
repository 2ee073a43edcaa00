"""How text becomes words to search by, and a question becomes words to look for: the same for both databases.

No table and no right here. The words of a field are a bag: sorted, each once, so that what was said cannot be
read back from the order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from unicodedata import combining, normalize

from django.utils.translation import gettext as _

from foundation.errors import Invalid

LONGEST_WORD = 64
LONGEST_QUESTION = 100
MOST_WORDS = 8
SHORTEST = 2

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan"), ("februari", "feb"), ("maart", "mrt"), ("april", "apr"), ("mei",), ("juni", "jun"),
            ("juli", "jul"), ("augustus", "aug"), ("september", "sep", "sept"), ("oktober", "okt"),
            ("november", "nov"), ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b")
_DUTCH = re.compile(r"\b(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4})\b")
_NAMED = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WRITTEN = re.compile(rf"\b(?P<d>\d{{1,2}})\s+(?P<m>{_NAMED})\.?\s+(?P<y>\d{{4}})\b")
_POSTCODE = re.compile(r"\b(\d{4}) ?([a-z]{2})\b")
_ADDRESS = re.compile(r"\b(\d{4}) ?([a-z]{2})\b(?:[ ,]+(?P<house>\d{1,5}[a-z]{0,2})\b(?![-/.]\d))?")
_NUMBER = re.compile(r"(?<![\w-])(?:(?:[a-z]{1,6}-)?\d{4}-\d{1,6}|[a-z]{1,6}-\d{1,6})(?![\w-])")
"""The number of a case amid other words: with its letters or its year, for any number can stand in an address."""
_PHONE = re.compile(r"(?<![\w+])\+?\d(?:[ -]?\d){7,13}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to look for: every one of `words`, in one field; `start` need only be how a word begins ("" is none).

    kind: date, number, postcode, phone or words. number: the number of a case, as typed, that answers it as well.
    """

    kind: str
    words: tuple[str, ...]
    start: str
    number: str = ""


def words_of(text: str) -> frozenset[str]:
    """The words by which a text is found: small letters, no accents, and dates, postcodes and telephones whole."""
    folded = _folded(text)
    whole = {word for _span, word in _wholes(folded)}
    return frozenset(word[:LONGEST_WORD] for word in whole.union(_WORD.findall(folded)))


def question_of(text: str) -> Question:
    """A question as typed. Raises Invalid when it is too short or too long to be one.

    The last word may be the beginning of one, unless it is a date: who types a name need not finish it.
    """
    if len(text) > LONGEST_QUESTION:
        raise _unfit(_("Deze zoekvraag is te lang."))
    rest = _folded(text)
    whole = []
    # From the back, so that what is cut out leaves the places before it as they are.
    for (begin, end), word in sorted(_wholes(rest), reverse=True):
        if rest[begin:end].strip(" "):
            whole.append(word)
            rest = f"{rest[:begin]}{' ' * (end - begin)}{rest[end:]}"
    loose = [word[:LONGEST_WORD] for word in _WORD.findall(rest)]
    if not any(len(word) >= SHORTEST for word in (*whole, *loose)):
        raise _unfit(_("Typ ten minste twee letters of cijfers."))
    if len(whole) + len(loose) > MOST_WORDS:
        raise _unfit(_("Gebruik ten hoogste acht woorden."))
    start = loose.pop() if loose and len(loose[-1]) >= SHORTEST else ""
    kind = "date" if whole and not loose and not start and whole[0].isdigit() and len(whole[0]) == 8 else "words"
    return Question(kind=kind, words=tuple(sorted({*whole, *loose})), start=start)


_KINDS = ("date", "phone", "number", "postcode", "words")
"""The kinds of a part, the one that finds least first."""


def parts_of(text: str) -> tuple[Question, ...]:
    """A question taken apart by kind, the part that finds least first: each must be found, but not in one field.

    A date, a telephone number, the number of a case, and a postcode with its house number are a part each; what is
    left is one part. Only the last word of all may be the beginning of one. Raises Invalid as question_of.
    """
    question_of(text)
    rest = _folded(text).rstrip()
    last = len(rest)
    parts: list[Question] = []

    def take(kind: str, span: tuple[int, int], *words: str, number: str = "") -> None:
        nonlocal rest
        begin, end = span
        if not rest[begin:end].strip():
            return
        rest = f"{rest[:begin]}{' ' * (end - begin)}{rest[end:]}"
        unfinished = kind not in ("date", "phone") and end == last and len(words) > 1 and len(words[-1]) >= SHORTEST
        whole, start = (words[:-1], words[-1]) if unfinished else (words, "")
        parts.append(Question(kind=kind, words=tuple(sorted(set(whole))), start=start, number=number))

    for span, word in list(_dates(rest)):
        take("date", span, word)
    for found in list(_NUMBER.finditer(rest)):
        take("number", found.span(), *_WORD.findall(found[0]), number=found[0].upper())
    for span, word in list(_phones(rest)):
        take("phone", span, word)
    for found in list(_ADDRESS.finditer(rest)):
        take("postcode", found.span(), found[1] + found[2], *([found["house"]] if found["house"] else []))
    if loose := [word[:LONGEST_WORD] for word in _WORD.findall(rest)]:
        start = loose.pop() if len(loose[-1]) >= SHORTEST else ""
        parts.append(Question(kind="words", words=tuple(sorted(set(loose))), start=start))
    return tuple(sorted(parts, key=lambda part: _KINDS.index(part.kind)))


def _folded(text: str) -> str:
    """Small letters without accents."""
    return "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign)).casefold()


def _wholes(folded: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Dates as yyyymmdd, postcodes and telephone numbers without spaces: where they stand, and the word."""
    yield from _dates(folded)
    for found in _POSTCODE.finditer(folded):
        yield found.span(), found[1] + found[2]
    yield from _phones(folded)


def _dates(folded: str) -> Iterator[tuple[tuple[int, int], str]]:
    for pattern in (_ISO, _DUTCH, _WRITTEN):
        for found in pattern.finditer(folded):
            if word := _day(found["y"], found["m"], found["d"]):
                yield found.span(), word


def _phones(folded: str) -> Iterator[tuple[tuple[int, int], str]]:
    for found in _PHONE.finditer(folded):
        digits = re.sub(r"\D", "", found[0])
        if len(digits) >= 9:
            yield found.span(), re.sub(r"^(0031|31(?=\d{9}$))", "0", digits)


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), _MONTHS.get(month) or int(month), int(day)).strftime("%Y%m%d").zfill(8)
    except ValueError:
        return ""


def _unfit(sentence: str) -> Invalid:
    return Invalid(sentence, field="q", remedy=_("Zoek op een naam, geboortedatum, adres, casusnummer of woord."))
