"""What was chosen on the pages of insight: read from an address, checked, with the options beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.covenants.labels import label
from agreements.insight.subjects import Member, Subject
from agreements.parties.rules import roles_of_type
from agreements.policy.conditions import CONDITIONS, condition_bits
from agreements.policy.vocabulary import CASE_KINDS, PHASES, ROLES, THIRD_PARTY
from foundation.errors import Invalid

Asked = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice of a list: its value in the address, its words, and whether it is the one."""

    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """For which purpose, phase and kind of case one looks; role "" is any."""

    purpose: str
    phase: str
    kind: str
    role: str

    @property
    def query(self) -> dict[str, str]:
        """The same in an address."""
        return {"doel": self.purpose, "fase": self.phase, "soort": self.kind, "rol": self.role}


def terms_of(subject: Subject, asked: Asked, *, roles: Iterable[str] = ROLES, role: str = "") -> Terms:
    """What `asked` (doel, fase, soort, rol) chooses of this subject. Raises Invalid for what it does not know.

    role: the one that counts when none was asked for.
    """
    purposes = tuple(dict.fromkeys(subject.document.purposes.values()))
    return Terms(
        purpose=_one(asked, "doel", purposes, default=purposes[0] if purposes else "", empty=not purposes),
        phase=_one(asked, "fase", PHASES, default="plan"),
        kind=_one(asked, "soort", kinds_of(subject), default=kinds_of(subject)[0]),
        role=_one(asked, "rol", tuple(roles), default=role, empty=True),
    )


def kinds_of(subject: Subject) -> tuple[str, ...]:
    """The kinds of case that the document is for; all when it does not say."""
    return subject.document.case_kinds or CASE_KINDS


def purpose_options(subject: Subject, chosen: str) -> list[Option]:
    """The purposes by the article that names them: "4.1 Persoonsgerichte aanpak"."""
    return [
        Option(value=code, label=f"{number} {label('purpose', code)}", selected=code == chosen)
        for number, code in subject.document.purposes.items()
    ]


def phase_options(chosen: str) -> list[Option]:
    """The phases with their place in the order."""
    return [
        Option(value=code, label=f"{place} {label('phase', code)}", selected=code == chosen)
        for place, code in enumerate(PHASES, start=1)
    ]


def kind_options(subject: Subject, chosen: str) -> list[Option]:
    """The kinds of case."""
    return [Option(value=code, label=label("case_kind", code), selected=code == chosen) for code in kinds_of(subject)]


def role_options(roles: Iterable[str], chosen: str, *, any_role: bool) -> list[Option]:
    """Roles; any_role: with, first, that it does not matter."""
    first = [Option(value="", label=_("Alle rollen"), selected=not chosen)] if any_role else []
    return first + [Option(value=code, label=label("role", code), selected=code == chosen) for code in roles]


def roles_in(subject: Subject) -> tuple[str, ...]:
    """The roles that some rule of the document names, in their fixed order."""
    named = {role for _kind, _path, _article, rule in subject.document.placed_rules() for role in rule.roles}
    return tuple(role for role in ROLES if role in named)


def roles_for(member: Member) -> tuple[str, ...]:
    """The roles that somebody at this party can have."""
    return tuple(role for role in roles_of_type(member.type) if role in ROLES)


def member_of(subject: Subject, code: str, *, default: str) -> Member:
    """The party to look as: the one asked for, else that of the visitor, else the first. Raises Invalid."""
    if not subject.members:
        raise Invalid(
            _("Bij dit concept staan nog geen partijen."), remedy=_("Zet eerst de partijen erbij."), field="org"
        )
    known = {member.code: member for member in subject.members}
    if code and code not in known:
        raise Invalid(_("Deze organisatie is hier geen partij."), remedy=_("Kies uit de lijst."), field="org")
    return known.get(code or default) or subject.members[0]


def conditions_in(subject: Subject) -> tuple[str, ...]:
    """The conditions that some rule of the document sets, in their fixed order."""
    named: set[str] = set()
    for _kind, _path, _article, rule in subject.document.placed_rules():
        named |= {name for group in getattr(rule, "conditions", ()) for name in group}
        unless = getattr(rule, "unless", None)
        named |= {unless.condition} if unless else set()
        named |= {rule.condition} if hasattr(rule, "condition") else set()
    return tuple(name for name in CONDITIONS if name in named)


def usual_conditions(member: Member, purpose: str) -> list[str]:
    """What a page assumes before anything was chosen: somebody who takes part, or a third party that was asked in;
    and, for a purpose about youth, that it is about a minor.
    """
    third = ["invited", "secrecy_signed"] if member.capacity == THIRD_PARTY else []
    return ["involved", *third, *(["minor"] if purpose in _ABOUT_YOUTH else [])]


_ABOUT_YOUTH = frozenset({"pga_youth", "youth_school"})


def satisfied_of(names: Iterable[str]) -> int:
    """The conditions as the policy counts them. Raises Invalid for one that does not exist."""
    try:
        return condition_bits(names)
    except KeyError as unknown:
        raise Invalid(
            _("Deze voorwaarde bestaat niet."), remedy=_("Kies uit de lijst."), field="voorwaarde"
        ) from unknown


def options(pairs: Iterable[tuple[str, str]], chosen: str) -> list[Option]:
    """Options of (value, words)."""
    return [Option(value=value, label=words, selected=value == chosen) for value, words in pairs]


def _one(asked: Any, name: str, known: tuple[str, ...], *, default: str, empty: bool = False) -> str:
    value: str = asked.get(name, "") or default
    if value not in known and not (empty and not value):
        raise Invalid(
            _("Deze keuze bestaat hier niet: %(value)s.") % {"value": value[:40]},
            remedy=_("Kies uit de lijst."),
            field=name,
        )
    return value
