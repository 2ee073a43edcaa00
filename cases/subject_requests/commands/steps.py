"""What the commands of this room share: a row held for a change, words checked, an entry."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from audit.journal.entry import Action, Entry
from cases.disclosure.reading import Reading
from cases.subject_requests.choices import AT_WORK, DECISIONS, GROUNDS, Decision, Kind
from cases.subject_requests.models import DecisionSheet, SubjectRequest
from foundation import clock
from foundation.errors import Invalid

LONGEST = 4000


class Withheld(NamedTuple):
    """Why something is withheld, checked."""

    ground: str
    reason: str


def held_request(found: SubjectRequest) -> SubjectRequest:
    """The same request, nobody else's until this transaction ends."""
    return SubjectRequest.objects.select_for_update(of=("self",)).select_related("receiver").get(pk=found.pk)


def open_sheet(reading: Reading, found: DecisionSheet) -> DecisionSheet:
    """The same sheet, held, if it can be changed. Raises Invalid when it is closed or the request is over."""
    request = held_request(found.request)
    sheet = DecisionSheet.objects.select_for_update(of=("self",)).select_related("agency").get(pk=found.pk)
    sheet.request = request
    if request.state not in AT_WORK:
        raise Invalid(_("Dit verzoek is al afgerond."), field="state", remedy=_("Ververs de pagina."))
    if sheet.closed_at is not None:
        raise Invalid(_("Dit beslisblad is afgerond."), field="state", remedy=_("Heropen het eerst."))
    return sheet


def words(text: str, *, field: str, what: str, needed: bool = True) -> str:
    """Text that somebody typed, trimmed. Raises Invalid when it is too long, or missing while it is needed."""
    found = text.replace("\0", "").strip()
    if any("\ud800" <= sign <= "\udfff" for sign in found):
        raise Invalid(_("Deze tekst bevat een onleesbaar teken."), field=field, remedy=_("Typ de tekst opnieuw."))
    if needed and not found:
        raise Invalid(what, field=field, remedy=_("Vul dit in."))
    if len(found) > LONGEST:
        raise Invalid(
            _("Deze tekst is te lang."), field=field, remedy=_("Gebruik ten hoogste %(n)d tekens.") % {"n": LONGEST}
        )
    return found


def withheld(kind: str, decision: str, ground: str, reason: str) -> Withheld:
    """Ground and reason of a decision on a request of this kind; both empty when it does what is asked.

    Raises Invalid.
    """
    does, does_not = DECISIONS[Kind(kind)]
    if decision not in (does, does_not):
        raise Invalid(_("Deze beslissing bestaat niet."), field="decision", remedy=_("Kies uit de lijst."))
    if decision == does:
        return Withheld("", "")
    if ground not in GROUNDS[does_not]:
        erasing = does_not == Decision.KEEP
        raise Invalid(
            _("Niet wissen kan alleen op een grond uit de wet.")
            if erasing
            else _("Niet verstrekken kan alleen op een grond uit de wet."),
            field="ground", remedy=_("Kies uit de lijst."), article="AVG art. 17(3)" if erasing else "AVG art. 23",
        )  # fmt: skip
    said = words(reason, field="reason", what=_("Schrijf op waarom deze grond hier geldt."))
    return Withheld(ground, said)


def review_day(day: date | None) -> date | None:
    """The day on which a withheld item is weighed again. Raises Invalid for one that is past."""
    if day is not None and day <= clock.today():
        raise Invalid(_("Deze dag is al voorbij."), field="review_on", remedy=_("Kies een latere dag."))
    return day


def entry(
    reading: Reading, request: SubjectRequest, event: str, action: Action, *, case: str = "", subject: str = "",
    why: str = "", **detail: str | int,
) -> Entry:  # fmt: skip
    """The entry of a change in this room. Its person stands in it only once a controller said who it is.

    why: the reason of a decision, kept as an erasable part.
    """
    return reading.entry(
        event=event, action=action, case_ref=case, subject_ref=subject, purpose="subject_request", reason=why,
        detail={"request": request.number, "kind": request.kind, **detail},
    )  # fmt: skip
