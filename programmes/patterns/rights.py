"""Who may know how many signals there are: whom a covenant gives the field "reports per quarter". Nobody else."""

from collections.abc import Iterable
from datetime import datetime
from typing import NoReturn

from django.utils.translation import gettext as _

from agreements.models import Agency
from agreements.parties.reader import Visit
from agreements.policy.compile import Policy
from agreements.policy.conditions import condition_bit
from agreements.policy.question import Actor, Reader, Setting
from agreements.policy.rows import ArticleRef
from agreements.policy.vocabulary import ANY
from audit.journal.apart import append_apart
from audit.journal.entry import Outcome
from cases.disclosure.preview import reading_role
from cases.disclosure.reading import Reading, actor
from cases.records.phases import Kind, Phase
from foundation.errors import Refused
from programmes.areas.ways import Way, lay
from programmes.patterns.events import READ, WAY, WAY_OF_ONE

FIELD = "nuisance_count"
"""The catalogue's field for how many reports an area had in a quarter (profile RA)."""
DECIDING = frozenset({"case_director", "chair", "team_lead", "professional"})
"""Who decides about a cluster; who meets the street reads along."""


class NoCounts(Refused):
    """No covenant gives this reader the number of reports of a neighbourhood."""

    code = "no_signal_counts"
    is_recorded = True


def granted(reading: Reading) -> dict[str, ArticleRef]:
    """Covenant → the article by which this reader knows how many signals there are; {} for nobody.

    A token for one case reads that case and no neighbourhoods.
    """
    if reading.visit.case_pinned:
        return {}
    purposes = {purpose: reading.reader(purpose) for purpose in _all_purposes(reading.policy)}
    return _granted(reading.policy, purposes.values(), at=reading.at)


def lay_ways() -> None:
    """Let the pages of areas lead here, for whom a covenant gives the numbers; called once, from AppConfig.ready."""

    def is_open(visit: Visit) -> bool:
        return bool(granted(_looking(visit)))

    lay(Way(route="patterns", label=WAY, is_open=is_open))
    lay(Way(route="pattern_area", label=WAY_OF_ONE, is_open=is_open, of_one=True))


def _looking(visit: Visit) -> Reading:
    return Reading.begin(visit, route="areas", event=READ)


def counting_covenants(policy: Policy, *, at: datetime) -> tuple[str, ...]:
    """The covenants under which signals are counted now: those that give some party the number."""
    readers = [
        Reader(agency=actor(agency.code, agency.type), roles=frozenset({reading_role(agency.type)}), purpose=purpose)
        for agency in Agency.objects.all()
        for purpose in _all_purposes(policy)
    ]
    return tuple(sorted(_granted(policy, readers, at=at)))


def _granted(policy: Policy, readers: Iterable[Reader], *, at: datetime) -> dict[str, ArticleRef]:
    bit = policy.catalogue.by_code[FIELD].bit
    sources = _sources(policy)
    found: dict[str, ArticleRef] = {}
    for reader in readers:
        for code in policy.index.versions:
            if code in found:
                continue
            where = Setting(kind=Kind.AREA.value, phase=Phase.SIGNAL.value, covenants=frozenset({code}))
            prepared = policy.prepare(reader, where, at=at)
            for source in sources:
                # One's own facts are always visible; that is no article.
                if source.code == reader.agency.code:
                    continue
                decision = prepared.decide(source, frozenset({code}), condition_bit("involved"))
                if decision.visible >> bit & 1 and (article := decision.article_of(bit)):
                    found[code] = article
                    break
    return found


def _sources(policy: Policy) -> list[Actor]:
    """The agencies that can give the number."""
    types = policy.catalogue.by_code[FIELD].sources
    return [actor(one.code, one.type) for one in Agency.objects.filter(type__in=types).order_by("code")]


def _all_purposes(policy: Policy) -> tuple[str, ...]:
    return tuple(sorted(purpose for purpose in policy.index.purposes if purpose != ANY))


def covenant_for(reading: Reading, code: str = "") -> tuple[str, ArticleRef, tuple[str, ...]]:
    """(covenant, article, all its choices): the one asked for, or the first. Raises NoCounts (journalled)."""
    found = granted(reading)
    chosen = code or next(iter(sorted(found)), "")
    if chosen not in found:
        _refuse(reading)
    return chosen, found[chosen], tuple(sorted(found))


def check_decides(reading: Reading) -> None:
    """Raises Refused, journalled, for a role that decides about no cluster."""
    if not reading.visit.roles & DECIDING:
        append_apart([reading.entry(outcome=Outcome.REFUSED)])
        raise Refused(
            _("Uw rol beslist niet over een cluster."),
            remedy=_("Vraag een procesregisseur, voorzitter, teamleider of professional."),
        )


def _refuse(reading: Reading) -> NoReturn:
    append_apart([reading.entry(outcome=Outcome.REFUSED)])
    raise NoCounts(
        _("Geen convenant geeft u het aantal meldingen van een wijk (veld ‘Meldingen per kwartaal’)."),
        remedy=_("Partijen bij een gebiedsconvenant zien dit. Vraag uw contactpunt of uw organisatie partij is."),
    )
