"""What one reader would see under a subject: every field with its grade, source, article, or why not. Rules only.

The grades are those of agreements.policy.sheet; that no facts exist makes no difference to them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.covenants.in_force import current_policy
from agreements.insight.choices import Terms
from agreements.insight.subjects import Member, Subject
from agreements.insight.words import why_not
from agreements.policy.catalogue import Catalogue, Field, load_catalogue
from agreements.policy.conditions import Condition, condition_bit
from agreements.policy.decide import Policy
from agreements.policy.explain import Explanation, explain_all
from agreements.policy.question import Actor, Delivery, Grade, Question, Reader, Setting
from agreements.policy.sheet import sheet
from foundation import clock

GRADES = {
    "visible": _("zichtbaar"),
    "extract": _("op maat"),
    "break_glass": _("bij noodinzage"),
    "announced": _("alleen dat het er is"),
    "silent": _("niet te zien"),
}
_VISIBLE_BY = {
    Delivery.LIVE: "visible",
    Delivery.EXTRACT: "extract",
    Delivery.BREAK_GLASS: "break_glass",
}
_ACUTE = condition_bit(Condition.ACUTE_DANGER)
_WAYS = (Delivery.LIVE, Delivery.EXTRACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A field of one source. grade: a key of GRADES. change: "gained", "lost" or "" against what rules now.

    was: the grade under what rules now, when that is another.
    """

    field: str
    label: str
    source: Member
    grade: str
    grade_words: str
    article: str
    change: str = ""
    was_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A field that nobody's rule gives to this reader, with the reason that is nearest to a mend."""

    field: str
    label: str
    article: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRights:
    """A section of the catalogue: what is given of it, what was given and is not, and what is silent."""

    code: str
    label: str
    rights: tuple[Right, ...]
    silent: tuple[Silent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TryOut:
    """n_*: pairs of field and source; n_fields: fields of which something is seen. compared: with what rules now."""

    sections: tuple[SectionRights, ...]
    n_fields: int
    n_gained: int
    n_lost: int
    compared: bool

    @property
    def given(self) -> tuple[SectionRights, ...]:
        """The sections of which something is, or was, to be seen."""
        return tuple(section for section in self.sections if section.rights)

    @property
    def all_silent(self) -> tuple[SectionRights, ...]:
        """The other sections."""
        return tuple(section for section in self.sections if not section.rights)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    subject: Subject
    reader: Reader
    setting: Setting
    satisfied: int
    ways: tuple[Delivery, ...]


Grades = dict[tuple[str, str], tuple[str, str]]
"""Grade and article by field and source."""


def try_page(subject: Subject, member: Member, terms: Terms, *, satisfied: int, compare: bool) -> TryOut:
    """Every field for somebody at `member`, own facts left out. satisfied: conditions that hold, as the policy's bits.

    compare: mark what is gained and lost against the rules in force now.
    """
    asked = _Asked(
        subject=subject,
        reader=Reader(agency=member.actor, roles=frozenset({terms.role}), purpose=terms.purpose),
        setting=Setting(kind=terms.kind, phase=terms.phase, covenants=frozenset({subject.code})),
        satisfied=satisfied,
        ways=(*_WAYS, Delivery.BREAK_GLASS) if satisfied & _ACUTE else _WAYS,
    )
    now = clock.now()
    policy = subject.policy_if_in_force(now)
    grades = _grades(policy, asked)
    before = _grades(current_policy(), asked) if compare else grades
    catalogue = load_catalogue()
    silent = _reasons(policy, asked, catalogue, {field for field, _source in grades})
    sections = tuple(_sections(asked, catalogue, grades, before, silent))
    rights = [right for section in sections for right in section.rights]
    return TryOut(
        sections=sections,
        n_fields=len({right.field for right in rights if right.grade != "silent"}),
        n_gained=sum(right.change == "gained" for right in rights),
        n_lost=sum(right.change == "lost" for right in rights),
        compared=compare,
    )


def _grades(policy: Policy, asked: _Asked) -> Grades:
    """The best grade of each field and source over the ways of reading; silent ones are left out."""
    sources = [item.actor for item in asked.subject.members if item.code != asked.reader.agency.code]
    found: Grades = {}
    for via in asked.ways:
        rows = sheet(policy, asked.reader, asked.setting, sources, asked.satisfied, clock.now(), via)
        for row in rows:
            held = policy.catalogue.by_code[row.field].sources
            for cell in row.cells:
                if cell.grade is Grade.SILENT or cell.source.type not in held:
                    continue
                grade = _VISIBLE_BY[via] if cell.grade is Grade.VISIBLE else "announced"
                place, article = (row.field, cell.source.code), cell.article.article if cell.article else ""
                if place not in found or _RANK[grade] > _RANK[found[place][0]]:
                    found[place] = (grade, article)
    return found


def _sections(
    asked: _Asked, catalogue: Catalogue, grades: Grades, before: Grades, silent: dict[str, Silent]
) -> Iterable[SectionRights]:
    english = (get_language() or "nl").startswith("en")
    for section in catalogue.sections:
        fields = [field for field in catalogue.fields if field.section == section.code]
        rights = [right for field in fields for right in _rights(asked, field, grades, before)]
        unseen = [silent[field.code] for field in fields if field.code in silent]
        if rights or unseen:
            yield SectionRights(
                code=section.code,
                label=section.label_en if english else section.label_nl,
                rights=tuple(rights),
                silent=tuple(unseen),
            )


def _rights(asked: _Asked, field: Field, grades: Grades, before: Grades) -> Iterable[Right]:
    for member in asked.subject.members:
        place = (field.code, member.code)
        grade, article = grades.get(place, ("silent", ""))
        was = before.get(place, ("silent", ""))[0]
        if grade == was == "silent":
            continue
        more = _RANK[grade] - _RANK[was]
        yield Right(
            field=field.code,
            label=field.label(get_language() or "nl"),
            source=member,
            grade=grade,
            grade_words=str(GRADES[grade]),
            article=article,
            change="gained" if more > 0 else "lost" if more < 0 else "",
            was_words=str(GRADES[was]) if more else "",
        )


def _reasons(policy: Policy, asked: _Asked, catalogue: Catalogue, seen: set[str]) -> dict[str, Silent]:
    """For each field that is silent and that some party can hold: the reason of the source that gets furthest."""
    best: dict[str, Explanation] = {}
    for member in asked.subject.members:
        if member.code == asked.reader.agency.code:
            continue
        codes = [f.code for f in catalogue.fields if _unseen(f, member, seen, area=asked.setting.kind == "area")]
        for found in explain_all(policy, _question(asked, member.actor), codes) if codes else ():
            if found.mend and (found.field not in best or _distance(found) < _distance(best[found.field])):
                best[found.field] = found
    return {code: _silent(catalogue.by_code[code], found) for code, found in best.items()}


def _unseen(field: Field, member: Member, seen: set[str], *, area: bool) -> bool:
    # Only a case about an area holds the fields without personal data, and it holds no others.
    fits = (field.data_class == "n") == area
    return fits and not field.retired and field.code not in seen and member.type in field.sources


def _distance(found: Explanation) -> tuple[bool, int]:
    return (found.mend[0].kind == "field", len(found.mend))


def _question(asked: _Asked, source: Actor) -> Question:
    return Question(
        reader=asked.reader,
        setting=asked.setting,
        source=source,
        under=asked.setting.covenants,
        satisfied=asked.satisfied,
        at=clock.now(),
    )


def _silent(field: Field, found: Explanation) -> Silent:
    last = found.mend[-1] if found.mend[-1].kind == "prohibition" else found.mend[0]
    return Silent(field=field.code, label=field.label(get_language() or "nl"), article=last.article, why=why_not(last))


_RANK = {grade: rank for rank, grade in enumerate(reversed(tuple(GRADES)))}
