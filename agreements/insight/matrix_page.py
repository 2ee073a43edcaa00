"""The matrix of a subject for its page and the API: rows, letters, counts, and one cell opened. Rules only.

The letters are decided in agreements.policy.matrix; here they get names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.covenants.bases import bases_words
from agreements.covenants.wording import RuleInWords, rule_in_words
from agreements.insight.choices import Terms
from agreements.insight.subjects import Member, Subject
from agreements.insight.words import FIELD_LETTERS, GIVING, LETTERS, PATTERNS
from agreements.parties.rules import HOLDERS
from agreements.policy.catalogue import Catalogue, load_catalogue
from agreements.policy.matrix import Cell, FieldCell, Letter, Matrix, MatrixRow, matrix
from agreements.policy.question import Grade
from foundation import clock
from foundation.errors import Invalid

SAME_LETTER = "±"
MOST_ARTICLES = 3
"""So many articles stand under the name of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellOut:
    """key: how an address names the cell. was: the letter in the version that it is compared with, when other;
    "±" when the letter is the same but not all that is behind it; "" when nothing differs.
    """

    key: str
    recipient: str
    letter: str
    pattern: str
    words: str
    was: str = ""
    was_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOut:
    """What one source can hold of one section. articles: those that give something of it, in words."""

    section: str
    section_label: str
    source: Member
    articles: str
    cells: tuple[CellOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixOut:
    """n_given: cells in which something is given; n_conditional: those of them only under a condition.

    n_left_out: rows that give nothing here and are left out. n_changed: cells with another letter than before.
    """

    recipients: tuple[Member, ...]
    rows: tuple[RowOut, ...]
    n_given: int
    n_conditional: int
    n_left_out: int
    n_changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCell:
    """One cell opened: fields by letter, and the articles that give or forbid, each with its terms.

    fields: (pattern, letter, words, labels of fields). forbidden: as articles.
    """

    key: str
    section_label: str
    source: Member
    recipient: Member
    letter: str
    pattern: str
    words: str
    fields: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    articles: tuple[RuleInWords, ...]
    forbidden: tuple[RuleInWords, ...]
    bases: str


def matrix_page(subject: Subject, terms: Terms, *, base: Subject | None = None, everything: bool = False) -> MatrixOut:
    """The matrix of a subject. base: mark the cells that differ from it. everything: also rows that give nothing."""
    catalogue = load_catalogue()
    found = _matrix(subject, terms)
    before = _cells(_matrix(base, terms)) if base else None
    rows = [_row(subject, row, catalogue, before) for row in found.rows]
    kept = tuple(row for row in rows if everything or _says_something(row))
    cells = [cell for row in rows for cell in row.cells]
    return MatrixOut(
        recipients=subject.members,
        rows=kept,
        n_given=sum(Letter(cell.letter) in GIVING for cell in cells),
        n_conditional=sum(cell.letter == Letter.CONDITION for cell in cells),
        n_left_out=len(rows) - len(kept),
        n_changed=sum(bool(cell.was) for cell in cells),
    )


def open_cell(subject: Subject, terms: Terms, key: str) -> OpenCell:
    """The cell that `key` ("education.GEM-MD.POL-MD") names. Raises Invalid when there is none."""
    section, source, recipient = (*key.split("."), "", "", "")[:3]
    found = _matrix(subject, terms).cell(section, source, recipient)
    if found is None:
        raise Invalid(_("Deze cel staat niet in de matrix."), remedy=_("Kies een cel."), field="cel")
    members = {member.code: member for member in subject.members}
    rules = _rules(subject)
    return OpenCell(
        key=key,
        section_label=_section_label(load_catalogue(), section),
        source=members[source],
        recipient=members[recipient],
        letter=found.letter.value,
        pattern=PATTERNS[found.letter],
        words=str(LETTERS[found.letter]),
        fields=tuple(_by_letter(found)),
        articles=tuple(rules[ref.article] for ref in found.articles if ref.article in rules),
        forbidden=tuple(rules[ref.article] for ref in found.forbidden if ref.article in rules),
        bases=_bases(subject, (ref.article for ref in found.articles)),
    )


def cell_before(base: Subject, terms: Terms, key: str) -> OpenCell | None:
    """The same cell in what it is compared with; None when that had no such party or purpose."""
    try:
        return open_cell(base, terms, key)
    except Invalid:
        return None


def _matrix(subject: Subject, terms: Terms) -> Matrix:
    now = clock.now()
    return matrix(
        subject.policy_alone(now),
        load_catalogue(),
        subject.members,
        purpose=terms.purpose,
        phase=terms.phase,
        case_kind=terms.kind,
        role=terms.role or None,
        at=now,
        holders=HOLDERS,
    )


Cells = Mapping[tuple[str, str, str], Cell]


def _cells(found: Matrix) -> Cells:
    return {(row.section, row.source.code, cell.recipient): cell for row in found.rows for cell in row.cells}


def _row(subject: Subject, row: MatrixRow, catalogue: Catalogue, before: Cells | None) -> RowOut:
    numbers = list(dict.fromkeys(ref.article for cell in row.cells for ref in cell.articles))
    return RowOut(
        section=row.section,
        section_label=_section_label(catalogue, row.section),
        source=next(member for member in subject.members if member.code == row.source.code),
        articles=_articles(subject, numbers),
        cells=tuple(_cell(row, cell, before) for cell in row.cells),
    )


def _cell(row: MatrixRow, cell: Cell, before: Cells | None) -> CellOut:
    was, was_words = "", ""
    if before is not None:
        old = before.get((row.section, row.source.code, cell.recipient))
        was, was_words = _was(old, cell)
    return CellOut(
        key=f"{row.section}.{row.source.code}.{cell.recipient}",
        recipient=cell.recipient,
        letter=cell.letter.value,
        pattern=PATTERNS[cell.letter],
        words=str(LETTERS[cell.letter]),
        was=was,
        was_words=was_words,
    )


def _was(old: Cell | None, new: Cell) -> tuple[str, str]:
    letter = old.letter if old else Letter.SILENT
    if letter is not new.letter:
        return letter.value, _("was %(words)s") % {"words": LETTERS[letter]}
    if old is not None and _behind(old) != _behind(new):
        return SAME_LETTER, _("andere gegevens of voorwaarden dan eerst")
    return "", ""


def _behind(cell: Cell) -> set[tuple[object, ...]]:
    """What a cell gives, apart from the numbers of articles: a renumbered article changes nothing."""
    return {
        (item.field, item.letter, frozenset((way.grade, way.roles, way.conditions, way.delivery) for way in item.ways))
        for item in cell.fields
    }


def _says_something(row: RowOut) -> bool:
    return any(cell.was or cell.letter not in (Letter.SILENT, Letter.OWN) for cell in row.cells)


def _by_letter(cell: Cell) -> Iterable[tuple[str, str, str, tuple[str, ...]]]:
    catalogue, language = load_catalogue(), get_language() or "nl"
    for letter in Letter:
        names = tuple(catalogue.by_code[item.field].label(language) for item in cell.fields if item.letter is letter)
        if names:
            yield PATTERNS[letter], letter.value, str(FIELD_LETTERS[letter]), names
    more = tuple(catalogue.by_code[item.field].label(language) for item in cell.fields if _opens_on_condition(item))
    if more:
        letter = Letter.CONDITION
        yield PATTERNS[letter], letter.value, str(FIELD_LETTERS[letter]), more


def _opens_on_condition(item: FieldCell) -> bool:
    """Whether a field that is now only announced is visible once a condition holds."""
    return item.letter is Letter.ANNOUNCED and any(way.grade is Grade.VISIBLE for way in item.ways)


def _rules(subject: Subject) -> dict[str, RuleInWords]:
    catalogue, document = load_catalogue(), subject.document
    return {
        rule.id: rule_in_words(document, kind, article, rule, catalogue=catalogue)
        for kind, _path, article, rule in document.placed_rules()
    }


def _bases(subject: Subject, numbers: Iterable[str]) -> str:
    asked = set(numbers)
    placed = [(article, rule) for _kind, _path, article, rule in subject.document.placed_rules() if rule.id in asked]
    return bases_words(code for article, rule in placed for code in rule.basis or article.basis)


def _articles(subject: Subject, numbers: list[str]) -> str:
    if not numbers:
        return ""
    shown = ", ".join(numbers[:MOST_ARTICLES]) + (" …" if len(numbers) > MOST_ARTICLES else "")
    bases = _bases(subject, numbers[:1]) if len(numbers) == 1 else ""
    return _("art. %(numbers)s") % {"numbers": shown} + (f" · {bases}" if bases else "")


def _section_label(catalogue: Catalogue, code: str) -> str:
    english = (get_language() or "nl").startswith("en")
    found = next((section for section in catalogue.sections if section.code == code), None)
    return "" if found is None else found.label_en if english else found.label_nl
