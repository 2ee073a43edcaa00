"""What happened to a covenant and what is known to come, as one line of time. From tables, without the journal."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from agreements.covenants.labels import label
from agreements.covenants.models import Covenant
from agreements.covenants.rules import State
from agreements.joining.answers import Happening
from agreements.joining.models import MotionKind

Told = tuple[datetime, str, str, str]
"""When, a sentence, a detail, a tone."""


def happenings_of(covenant: Covenant, *, at: datetime) -> tuple[Happening, ...]:
    """Newest first: versions, parties, suspensions, motions and their answers. covenant: from situation.gathered."""
    found: list[Told] = [*_versions(covenant), *_parties(covenant), *_suspensions(covenant), *_motions(covenant)]
    made = (
        Happening(at=when, sentence=sentence, detail=detail, tone=tone, is_ahead=when > at)
        for when, sentence, detail, tone in found
    )
    return tuple(sorted(made, key=lambda item: item.at, reverse=True))


def _versions(covenant: Covenant) -> Iterator[Told]:
    rows = sorted((row for row in covenant.versions.all() if row.state == State.AGREED), key=lambda row: row.starts)
    starts = {row.starts for row in rows}
    for row in rows:
        words = {"n": row.number}
        yield row.starts, _("Versie %(n)d gaat in") % words, "", "ok"
        if row.ends is not None and row.ends not in starts:
            ended = row.ends == covenant.ended_at
            said = (
                _("Convenant beëindigd door de partijen") if ended else _("Looptijd van versie %(n)d voorbij") % words
            )
            yield row.ends, said, "", "danger"


def _parties(covenant: Covenant) -> Iterator[Told]:
    first = min((row.starts for row in covenant.versions.all() if row.state == State.AGREED), default=None)
    rows = list(covenant.parties.all())
    begun = {(row.agency_id, row.starts) for row in rows}
    for row in rows:
        words = {"agency": row.agency.name}
        changed = any(other.agency_id == row.agency_id and other.ends == row.starts for other in rows)
        # Who was there from the beginning did not accede, and a change of capacity is no new accession.
        if row.starts != first and not changed:
            capacity = label("capacity", row.capacity)
            yield row.starts, _("%(agency)s treedt toe") % words, capacity, "ok"
        if row.ends is not None and (row.agency_id, row.ends) not in begun:
            stays = _("wat zij inbracht blijft in lopende casussen") if row.facts_stay else ""
            yield row.ends, _("%(agency)s is geen partij meer") % words, stays, "warn"


def _suspensions(covenant: Covenant) -> Iterator[Told]:
    for row in covenant.suspensions.all():
        yield row.starts, _("Opgeschort: niemand leest nog onder dit convenant"), row.reason, "danger"
        if row.ends is not None:
            yield row.ends, _("Hervat"), "", "ok"


def _motions(covenant: Covenant) -> Iterator[Told]:
    for row in covenant.motions.all():
        words = {"agency": row.by.name}
        accession = row.kind == MotionKind.ACCESSION
        asked = _("%(agency)s vraagt toetreding") if accession else _("%(agency)s stelt voor om te beëindigen")
        yield row.proposed_at, asked % words, row.reason, "info"
        for answer in row.consents.all():
            if answer.agency_id == row.by_id and answer.given_at == row.proposed_at:
                continue
            said = _("%(agency)s stemt in") if answer.agrees else _("%(agency)s stemt niet in")
            tone = "ok" if answer.agrees else "warn"
            yield answer.given_at, said % {"agency": answer.agency.name}, answer.reason, tone
        refused = any(not answer.agrees for answer in row.consents.all())
        if row.dropped_at is not None and not refused:
            yield row.dropped_at, _("%(agency)s trekt de vraag in") % words, "", "info"
        if row.carried_at is not None:
            yield row.carried_at, _("De vraag van %(agency)s is aangenomen") % words, "", "ok"
