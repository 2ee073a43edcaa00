"""By which covenants an agency may report a signal, and who would read it: answers about rules, before it is typed.

Not here: storing a signal.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from agreements.covenants.in_force import version_of
from agreements.covenants.standing import capacities_of, covenants_of_party
from agreements.models import Agency
from agreements.policy.catalogue import Catalogue
from agreements.policy.compile import Policy
from agreements.policy.conditions import condition_bit
from agreements.policy.lint_law import in_days
from agreements.policy.question import Actor, Reader, Setting
from agreements.policy.rows import ArticleRef
from agreements.policy.sheet import purposes_for
from cases.disclosure.preview import reading_role
from cases.disclosure.reading import Reading, actor
from cases.records.phases import Kind, Phase
from foundation.errors import Unavailable

PERSON, AREA = Kind.PERSON.value, Kind.AREA.value
SEEN_PERSON = ("signal_summary", "school_observation", "home_nuisance", "youth_work_note")
"""Where what was seen about a person is kept: the first of these that reaches who takes the signal in.

Third parties report in the field of their own that their covenant names (PGA-MD art. 7.3).
"""
SEEN_AREA = "hotspot_note"
"""What was seen at a place: no persons, so a field without personal data (HAV-GEBIED art. 3 and 8)."""
THIRD_PARTY, TAKES_OVER = "third_party", "GEM"
NOT_ADMITTED_DAYS = 14
"""How long a signal without a follow-up is kept when no covenant says so (domain 8)."""

PREFERRED: dict[str, tuple[str, ...]] = {
    "school": ("youth_school", "pga_youth"),
    "youth": ("pga_youth", "youth_group", "youth_school"),
    "domestic": ("pga_youth", "pga_adult"),
    "housing": ("prevent_eviction", "pga_adult"),
    "release": ("aftercare_detention", "pga_adult"),
}
"""Sort of signal → the purposes that fit it, best first; else an adult's approach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a signal about a person or an area may be given for one purpose.

    seen: the field for what was seen. handler: the agency that must act on it. fields: mask of what the handler
    reads of it at once. third: the reporting agency is a third party there.
    """

    kind: str
    purpose: str
    covenants: frozenset[str]
    seen: str
    fields: int
    third: bool
    handler: Agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """All ways in for one agency."""

    own: Agency
    bureau: Agency
    ways: tuple[Way, ...]

    def of(self, kind: str) -> tuple[Way, ...]:
        """The ways for a person, or for an area."""
        return tuple(way for way in self.ways if way.kind == kind)

    def best(self, kind: str, sort: str) -> Way | None:
        """The way that fits this sort of signal: what was seen in the fullest field, then the fitting purpose."""
        liked = (*PREFERRED.get(sort, ()), "pga_adult")
        order = {purpose: place for place, purpose in enumerate(liked)}
        fields = (*SEEN_PERSON, SEEN_AREA)
        return min(
            self.of(kind),
            key=lambda way: (fields.index(way.seen), order.get(way.purpose, len(order)), way.purpose),
            default=None,
        )


def bureau() -> Agency:
    """The Zorg- en Veiligheidshuis that takes signals in. Raises Unavailable when there is none."""
    return _agency("ZVH")


def municipality() -> Agency:
    """The municipality that takes over what residents and third parties report (domain 3)."""
    named = getattr(settings, "INTAKE_AGENCY", "")
    found = Agency.objects.filter(code=named).first() if named else None
    return found or _agency(TAKES_OVER)


def _agency(type_: str) -> Agency:
    found = Agency.objects.filter(type=type_).order_by("code").first()
    if found is None:
        raise Unavailable(_("Melden kan hier nu niet."), remedy=_("Bel de gemeente."))
    return found


def ways_in(reading: Reading) -> Ways:
    """How the reader's agency may report now, under the covenants in force; none when no covenant lets it.

    What a third party of a covenant reports, the municipality takes over (domain 3).
    """
    policy, who, at = reading.policy, reading.agency, reading.at
    zvh, taker = bureau(), municipality()
    found: dict[tuple[str, str, str, bool], tuple[set[str], int]] = {}
    for code in sorted(covenants_of_party(policy, agency=who, covenants=frozenset(policy.index.versions), at=at)):
        third = THIRD_PARTY in capacities_of(policy, agency=who, covenants=frozenset({code}), at=at)
        handler = taker if third else zvh
        for kind in (PERSON, AREA):
            for purpose in _purposes(policy, handler, kind, code, at):
                fields = read_by(policy, handler, source=who, kind=kind, purpose=purpose, code=code, at=at)
                if seen := _seen(policy.catalogue, kind, who.type, fields):
                    codes, mask = found.get((kind, purpose, seen, third), (set(), 0))
                    found[kind, purpose, seen, third] = (codes | {code}, mask | fields)
    return Ways(
        own=Agency.objects.get(pk=reading.visit.agency.id),
        bureau=zvh,
        ways=tuple(
            Way(
                kind=kind, purpose=purpose, covenants=frozenset(codes), seen=seen, fields=mask, third=third,
                handler=taker if third else zvh,
            )
            for (kind, purpose, seen, third), (codes, mask) in found.items()
        ),
    )  # fmt: skip


def read_by(
    policy: Policy, agency: Agency, *, source: Actor, kind: str, purpose: str, code: str, at: datetime,
    phase: str = Phase.SIGNAL,
) -> int:  # fmt: skip
    """The fields of `source` that the ordinary reader of `agency` reads of a signal under covenant `code`."""
    reader = Reader(
        agency=actor(agency.code, agency.type), roles=frozenset({reading_role(agency.type)}), purpose=purpose
    )
    prepared = policy.prepare(reader, Setting(kind=kind, phase=phase, covenants=frozenset({code})), at=at)
    return prepared.decide(source, frozenset({code}), condition_bit("involved")).visible


def _purposes(policy: Policy, agency: Agency, kind: str, code: str, at: datetime) -> list[str]:
    who, roles = actor(agency.code, agency.type), frozenset({reading_role(agency.type)})
    setting = Setting(kind=kind, phase=Phase.SIGNAL, covenants=frozenset({code}))
    return sorted(purposes_for(policy, who, roles, setting, at))


def _seen(catalogue: Catalogue, kind: str, type_: str, fields: int) -> str:
    """The field for what an agency of this type saw; "" when nothing of a signal would reach its handler."""
    mine = [code for code in (*SEEN_PERSON, SEEN_AREA) if type_ in catalogue.by_code[code].sources]
    if kind == AREA:
        return SEEN_AREA if SEEN_AREA in mine and fields & catalogue.mask([SEEN_AREA, "signal_place"]) else ""
    return next((code for code in mine if code != SEEN_AREA and fields & catalogue.mask([code])), "")


def gone_on(policy: Policy, covenants: frozenset[str], at: datetime, day: date) -> date:
    """The day on which a signal without a follow-up must be gone: the shortest term of its covenants.

    Source: BGS art. 1.16(1)(a); the covenants' own article on keeping (not_admitted).
    """
    terms = [days for code in covenants for days in _terms(policy, code, at)]
    return day + timedelta(days=min(terms, default=NOT_ADMITTED_DAYS))


def _terms(policy: Policy, code: str, at: datetime) -> list[int]:
    found = []
    for version in policy.index.versions.get(code, ()):
        if version.interval.contains(at):
            ref = ArticleRef(covenant=version.covenant, version=version.number, article="")
            terms = version_of(ref, policy=policy)
            kept = [article.retention for article in terms.document.articles if article.retention] if terms else []
            found += [int(in_days(item.not_admitted)) for item in kept if item.not_admitted]
    return found
