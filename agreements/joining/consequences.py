"""What a step brings about, in words, before it is taken. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.covenants.commands import stays_in_cases
from agreements.covenants.labels import label, listed
from agreements.covenants.models import Party
from agreements.joining.clauses import withdrawal_article
from agreements.joining.models import Motion, MotionKind
from agreements.joining.notice import in_words, last_day_of, notice_of
from agreements.joining.situation import Situation, asked_of, left_at
from agreements.joining.steps import BUREAU, CONTROLLER
from agreements.parties.reader import AgencyRef
from agreements.policy.document import CovenantDocument, RuleKind
from agreements.policy.vocabulary import ANY
from foundation import clock
from foundation.clock import AMSTERDAM


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """One sentence. tone: info, warn or danger."""

    sentence: str
    tone: str = "info"


def of_withdrawal(situation: Situation, agency: AgencyRef, last_day: date) -> tuple[Consequence, ...]:
    """What happens when an agency leaves after `last_day`: to its reading, to what it gave, to who is left."""
    version, document = situation.ruling()
    words = {"agency": agency.name, "day": date_format(last_day), "notice": in_words(notice_of(document))}
    article = withdrawal_article(document)
    if article:
        notice = _("De opzegtermijn is %(notice)s (art. %(article)s).") % {**words, "article": article}
    else:
        notice = _("Het convenant noemt geen opzegtermijn; dan geldt %(notice)s.") % words
    found = [
        Consequence(sentence=notice),
        Consequence(sentence=_("%(agency)s is partij tot en met %(day)s en leest daarna niets meer.") % words),
    ]
    moment = clock.end_of(last_day)
    if version.ends is not None and version.ends < moment and not situation.following:
        ends = _("Het convenant zelf eindigt al eerder: op %(day)s.") % {"day": date_format(last_day_of(version.ends))}
        found.append(Consequence(sentence=ends, tone="warn"))
    if stays_in_cases(situation.covenant, at=moment):
        stays = _("Wat %(agency)s inbracht, blijft voor de anderen leesbaar in lopende casussen, tot die sluiten.")
    else:
        stays = _("Wat %(agency)s inbracht, gaat terug: vanaf dat moment lezen anderen het niet meer.")
    found.append(Consequence(sentence=stays % words))
    return (*found, *_who_is_left(situation, agency, document, moment))


def of_staying(agency: AgencyRef) -> tuple[Consequence, ...]:
    """What happens when an agency takes back its notice."""
    said = _("%(agency)s blijft partij. Wat was opgezegd, vervalt.") % {"agency": agency.name}
    return (Consequence(sentence=said),)


def of_suspension(situation: Situation, *, starts: datetime | None, ends: datetime | None) -> tuple[Consequence, ...]:
    """What happens when the covenant is suspended."""
    since = _("vanaf nu") if starts is None else _("vanaf %(moment)s") % {"moment": _moment(starts)}
    until = _("tot iemand hervat") if ends is None else _("tot %(moment)s") % {"moment": _moment(ends)}
    n = len(situation.parties)
    words = {"code": situation.covenant.code, "since": since, "until": until, "n": n}
    return (
        Consequence(
            sentence=ngettext(
                "%(n)d partij leest niets meer onder %(code)s: %(since)s, %(until)s.",
                "%(n)d partijen lezen niets meer onder %(code)s: %(since)s, %(until)s.",
                n,
            )
            % words,
            tone="danger",
        ),
        Consequence(sentence=_("Open pagina's worden binnen een seconde opnieuw gelezen. Eigen gegevens blijven.")),
        Consequence(sentence=_("Alleen uw organisatie of het contactpunt kan hervatten.")),
    )


def of_resumption(situation: Situation) -> tuple[Consequence, ...]:
    """What happens when the covenant is resumed."""
    said = _("%(code)s geldt weer vanaf nu, voor alle partijen. Wat in de tussentijd gebeurde, blijft zo.")
    return (Consequence(sentence=said % {"code": situation.covenant.code}),)


def of_ending(situation: Situation, *, last_day: date | None, by_id: int) -> tuple[Consequence, ...]:
    """What happens when the covenant ends before its term, and who must agree."""
    others = [row for row in situation.parties if row.capacity == CONTROLLER and row.agency_id != by_id]
    words = {
        "code": situation.covenant.code,
        "day": date_format(last_day) if last_day else "",
        "who": listed(row.agency.name for row in others),
    }
    if others:
        needs = _("Het convenant eindigt pas als alle verwerkingsverantwoordelijken instemmen: ook %(who)s.")
    else:
        needs = _("Uw organisatie is de enige verwerkingsverantwoordelijke: niemand anders hoeft in te stemmen.")
    after = _("Na %(day)s") if last_day else _("Met de laatste instemming")
    ends = after % words + " " + _("geldt %(code)s niet meer; onder dit convenant leest dan niemand nog iets.") % words
    found = [Consequence(sentence=needs % words), Consequence(sentence=ends, tone="danger")]
    if situation.following:
        number = situation.following[0].number
        found.append(
            Consequence(sentence=_("Ook versie %(n)d, die al getekend is, eindigt dan.") % {"n": number}, tone="warn")
        )
    return tuple(found)


def of_accession(situation: Situation, agency: AgencyRef, *, first_day: date | None) -> tuple[Consequence, ...]:
    """What happens when an agency accedes: in which capacity, by which articles it reads and gives, who must agree."""
    version, document = situation.ruling()
    words = {
        "agency": agency.name,
        "capacity": label("capacity", document.capacity_of(agency.code, agency.type)).lower(),
        "n": version.number,
        "day": date_format(first_day) if first_day else "",
    }
    since = _("vanaf %(day)s") % words if first_day else _("vanaf de laatste instemming")
    found = [
        Consequence(
            sentence=_("%(agency)s wordt %(capacity)s, %(since)s, onder versie %(n)d.") % {**words, "since": since}
        ),
        *_articles_for(document, agency),
    ]
    asked = asked_of(Motion(kind=MotionKind.ACCESSION, agency_id=agency.id), situation)
    if asked:
        who = listed(item.name for item in asked)
        found.append(Consequence(sentence=_("Hiermee moeten instemmen: %(who)s.") % {"who": who}))
    if situation.following:
        row = situation.following[0]
        said = _("Versie %(n)d, die op %(day)s begint, is al getekend. Daarvoor vraagt u dan opnieuw toetreding.")
        words = {"n": row.number, "day": date_format(row.starts.astimezone(AMSTERDAM))}
        found.append(Consequence(sentence=said % words, tone="warn"))
    return tuple(found)


def of_motion(motion: Motion, situation: Situation) -> tuple[Consequence, ...]:
    """What happens when everybody consents to a motion."""
    if situation.version is None:
        return ()
    if motion.kind == MotionKind.ENDING:
        last_day = last_day_of(motion.moment) if motion.moment else None
        return of_ending(situation, last_day=last_day, by_id=motion.by_id)
    first_day = motion.moment.astimezone(AMSTERDAM).date() if motion.moment else None
    by = motion.by
    ref = AgencyRef(id=by.pk, code=by.code, type=by.type, oin=by.oin, name=by.name)
    return of_accession(situation, ref, first_day=first_day)


def _who_is_left(
    situation: Situation, agency: AgencyRef, document: CovenantDocument, moment: datetime
) -> Iterator[Consequence]:
    left = [row for row in left_at(situation, moment, without=[agency.id]) if row.capacity != BUREAU]
    words = {"n": len(left), "who": listed(row.agency.name for row in left)}
    if len(left) < 2:
        said = _("Er blijft dan geen samenwerking over: minder dan twee partijen.")
        yield Consequence(sentence=said, tone="danger")
    else:
        yield Consequence(sentence=_("Er blijven %(n)d partijen over: %(who)s.") % words)
    if document.contact_point and not _some(left, document.contact_point):
        said = _("Er is dan geen contactpunt meer voor betrokkenen: dat is nu %(agency)s.")
        yield Consequence(sentence=said % {"agency": agency.name}, tone="danger")
    if document.bureau is not None and not _some(left, document.bureau.acts_for):
        said = _("Het bureau werkt namens %(agency)s; zonder deze partij kan het niet verder.")
        yield Consequence(sentence=said % {"agency": agency.name}, tone="danger")
    if not any(row.capacity == CONTROLLER for row in left):
        said = _("Er is dan geen verwerkingsverantwoordelijke partij meer.")
        yield Consequence(sentence=said, tone="danger")


def _some(parties: list[Party], token: str) -> bool:
    return any(token in (row.agency.code, row.agency.type) for row in parties)


def _articles_for(document: CovenantDocument, agency: AgencyRef) -> Iterator[Consequence]:
    tokens = {agency.code, agency.type, ANY}
    reads, gives = [], []
    for kind, _path, _article, rule in document.placed_rules():
        if kind is RuleKind.PROHIBITION:
            continue
        if tokens & set(rule.to):
            reads.append(rule.id)
        if tokens & set(rule.from_):
            gives.append(rule.id)
    name = {"agency": agency.name}
    if reads:
        yield Consequence(
            sentence=_("%(agency)s leest dan volgens art. %(articles)s.") % {**name, "articles": listed(reads)}
        )
    else:
        yield Consequence(sentence=_("Volgens deze versie leest %(agency)s niets.") % name, tone="warn")
    if gives:
        yield Consequence(
            sentence=_("%(agency)s geeft dan volgens art. %(articles)s.") % {**name, "articles": listed(gives)}
        )


def _moment(moment: datetime) -> str:
    return date_format(moment.astimezone(AMSTERDAM), "DATETIME_FORMAT")
