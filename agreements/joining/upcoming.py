"""What comes up in the covenants of a visit's agency, for the list of covenants. What is due: dates.py."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agreements.covenants.in_force import current_policy
from agreements.covenants.models import Covenant, Party, Signature
from agreements.covenants.rules import State
from agreements.joining.dates import dues_of
from agreements.joining.situation import gathered, place_of, situation_of
from agreements.joining.steps import Step, why_not
from agreements.parties.reader import Visit
from foundation import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """One line. tone: danger, warn or info."""

    sentence: str
    on: date
    url: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joinable:
    """A covenant in force that names the visit's agency as a party which it is not."""

    code: str
    title: str


def upcoming(visit: Visit) -> tuple[Upcoming, ...]:
    """What is due in the covenants of this agency, by day: those to which it is party or whose text it has to sign.

    A fixed number of queries, however many covenants.
    """
    now, today, policy = clock.now(), clock.today(), current_policy()
    in_force = Party.objects.filter(Q(ends=None) | Q(ends__gt=now), agency_id=visit.agency.id, starts__lte=now)
    to_sign = Signature.objects.filter(agency_id=visit.agency.id, version__state=State.FOR_SIGNATURE)
    mine = Q(pk__in=in_force.values("covenant_id")) | Q(pk__in=to_sign.values("version__covenant_id"))
    found = [
        due
        for covenant in gathered(Covenant.objects.filter(mine))
        for due in dues_of(situation_of(covenant, at=now, policy=policy), today=today)
    ]
    lines = (Upcoming(sentence=due.sentence, on=due.on, url=due.url, tone=due.tone) for due in found)
    return tuple(sorted(lines, key=lambda line: (line.on, line.sentence)))


def joinable(visit: Visit) -> tuple[Joinable, ...]:
    """The covenants to which this visit may ask to accede; only a signatory may."""
    if "signatory" not in visit.roles:
        return ()
    now, policy = clock.now(), current_policy()
    running = Covenant.objects.filter(versions__state=State.AGREED, versions__starts__lte=now).distinct()
    return tuple(
        Joinable(code=covenant.code, title=covenant.title)
        for covenant in gathered(running.order_by("title"))
        if why_not(Step.ACCEDE, place_of(visit, situation_of(covenant, at=now, policy=policy))) is None
    )
