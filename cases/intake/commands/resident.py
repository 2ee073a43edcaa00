"""What residents do without an account: report, and come back with a code. The municipality takes it over.

The number in the form makes both the code and the mark by which a second sending is known. Neither the number nor
the code is stored: only HMACs of them are.
"""

import base64
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from agreements.models import Agency
from agreements.parties.reader import AgencyRef, Visit
from audit.journal.apart import keep
from audit.journal.scope import write_scope
from cases.casework.commands.wording import checked_words
from cases.disclosure.reading import Reading
from cases.intake.commands.files import Taker, new_signal, open_file, write_report
from cases.intake.commands.photos import checked_photo, keep_photo
from cases.intake.commands.reporting import CLOSED, Reported, check, names_of, neighbourhood_of, values_of
from cases.intake.commands.steps import note_step
from cases.intake.models import Channel, Report, Signal, SignalStep
from cases.intake.ways import municipality, ways_in
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused, Unavailable

SEEN = "signal_summary"
UNSURE = "unverified"
MIN_SECONDS, MAX_SECONDS = 4, 4 * 3600
MOST_ADDITIONS = 20
_SALT = "cases.intake.resident"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentVisit(Visit):
    """Somebody without an account, at the counter of the agency that takes the report over. Holds no role."""

    @property
    def actor_ref(self) -> str:
        """The journal knows that it was a resident, and not which."""
        return "resident:anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The code that is shown once, and whether this report had come in before."""

    code: str
    repeated: bool


def new_token(*, at: datetime | None = None) -> str:
    """What a fresh form carries: a random number and the moment (now, or `at`), signed."""
    return signing.dumps({"n": secrets.token_hex(16), "t": int((at or clock.now()).timestamp())}, salt=_SALT)


def number_of(token: str) -> str:
    """The random number in a form. Raises Invalid when it is not ours, too quick for a person, or too old."""
    remedy = _("Verstuur het formulier nog een keer; wat u typte staat er nog.")
    try:
        held = signing.loads(token, salt=_SALT)
        number, moment = str(held["n"]), datetime.fromtimestamp(int(held["t"]), tz=UTC)
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        raise Invalid(_("Dit formulier is niet van deze website."), field="token", remedy=remedy) from None
    age = (clock.now() - moment).total_seconds()
    if age < MIN_SECONDS:
        raise Invalid(_("Dat ging erg snel."), field="token", remedy=_("Kijk het na en verstuur het dan."))
    if age > MAX_SECONDS:
        raise Invalid(_("Het formulier stond te lang open."), field="token", remedy=remedy)
    return number


def report_as_resident(token: str, reported: Reported, *, contact: str = "", trace_id: str = "") -> Receipt:
    """A resident's report; the municipality takes it over and is its handler. The same form again reports once.

    contact: how to reach the reporter, kept apart from the case (field reporter_contact).
    Raises Invalid (every field), Unavailable when no covenant lets the municipality take it in.
    Source: domain 3 and 10 (the reporter's identity is never a fact in a case).
    """
    number = number_of(token)
    code = _code(number)
    mark = UUID(bytes=salted_hmac(_SALT + ".mark", number, algorithm="sha256").digest()[:16])
    if Signal.objects.filter(submission=mark).exists():
        return Receipt(code=code, repeated=True)
    reading = _reading(municipality(), route="resident_report", event="signal.reported", trace_id=trace_id)
    check(reading.policy.catalogue, reported)
    ways = ways_in(reading)
    way = ways.best(reported.about, reported.kind)
    if way is None:
        raise Unavailable(_("Melden kan hier nu niet."), remedy=_("Bel de gemeente. Is er nu gevaar? Bel 112."))
    values = values_of(SEEN, reported)
    words = {"reporter_contact": contact.strip()} if contact.strip() else {}
    checked_words(reading, {**values, **words}, names={**names_of(SEEN), "reporter_contact": "contact"})
    photo = checked_photo(reported.photo)
    try:
        with transaction.atomic(), write_scope():
            case = open_file(
                reading, way, bureau=ways.bureau, urgency=reported.urgency, takers=[Taker(agency=ways.own)]
            )
            signal = new_signal(
                reading, case, channel=Channel.RESIDENT, kind=reported.kind, handler=ways.own, submission=mark,
                receipt=receipt_of(code), neighbourhood=neighbourhood_of(reported),
            )  # fmt: skip
            report = write_report(reading, signal, Report.Sort.REPORT, values, event="signal.reported")
            keep_photo(reading, report, SEEN, photo)
            if words:
                write_report(
                    reading, signal, Report.Sort.CONTACT, words, event="signal.reported", heard=[ways.own.code]
                )
    except IntegrityError:
        if not Signal.objects.filter(submission=mark).exists():
            raise
        return Receipt(code=code, repeated=True)
    return Receipt(code=code, repeated=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What somebody with a code learns: where the report stands, the answer, and whether they may add to it."""

    state: str
    reply: str
    since: datetime
    open_for_more: bool


def follow(code: str, *, trace_id: str = "") -> Followed:
    """Where the report with this code stands; journalled. Raises NotFound for a code that is none."""
    signal = _signal(code)
    taken_by = signal.reported_by or municipality()
    reading = _reading(taken_by, route="resident_follow", event="signal.followed", trace_id=trace_id)
    keep([reading.entry(case_ref=signal.file.ref)])
    return Followed(
        state=signal.state, reply=signal.reply, since=signal.received_at, open_for_more=signal.state not in CLOSED
    )


def add_as_resident(code: str, *, seen: str, token: str, trace_id: str = "") -> None:
    """Whoever holds the code adds to the report. The same form again adds once.

    Raises NotFound, Invalid, and Refused when the report is closed or very much was added already.
    """
    signal = _signal(code)
    mark = UUID(bytes=salted_hmac(_SALT + ".more", number_of(token), algorithm="sha256").digest()[:16])
    if not seen.strip():
        raise Invalid(_("Schrijf wat u wilt toevoegen."), field="seen", remedy=_("Eén zin is genoeg."))
    taken_by = signal.reported_by or municipality()
    reading = _reading(taken_by, route="resident_follow", event="signal.added", trace_id=trace_id)
    values = {SEEN: seen.strip()}
    checked_words(reading, values, names={SEEN: "seen"})
    with transaction.atomic(), write_scope():
        signal = Signal.objects.select_for_update().get(pk=signal.pk)
        if signal.state in CLOSED or signal.reports.count() > MOST_ADDITIONS:
            raise Refused(_("Deze melding is afgesloten."), remedy=_("Doe een nieuwe melding."))
        if signal.reports.filter(submission=mark).exists():
            return
        write_report(reading, signal, Report.Sort.ADDITION, values, event="signal.added", submission=mark)
        note_step(reading, signal, SignalStep.Kind.ADDED)


def receipt_of(code: str) -> str:
    """What is stored of a code."""
    plain = re.sub(r"[^A-Z2-7]", "", code.upper())
    return salted_hmac(_SALT + ".receipt", plain, algorithm="sha256").hexdigest()


def _code(number: str) -> str:
    """80 bits as sixteen letters and digits in fours; without the number in the form nobody can make it."""
    text = base64.b32encode(salted_hmac(_SALT + ".code", number, algorithm="sha256").digest()[:10]).decode()
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def _signal(code: str) -> Signal:
    found = Signal.objects.select_related("file", "reported_by").filter(receipt=receipt_of(code)).first()
    if found is None:
        raise NotFound(
            _("Deze code kennen wij niet."),
            remedy=_("Kijk de code na. Een melding die lang geleden is afgesloten, bestaat niet meer."),
        )
    return found


def _reading(agency: Agency, *, route: str, event: str, trace_id: str) -> Reading:
    ref = AgencyRef(id=agency.pk, code=agency.code, type=agency.type, oin=agency.oin, name=agency.name)
    visit = ResidentVisit(
        professional_id=0, professional_uuid="", name="", agency=ref, roles=frozenset(), strength="password",
        membership_id=0, trace_id=trace_id,
    )  # fmt: skip
    return Reading.begin(visit, route=route, event=event)
