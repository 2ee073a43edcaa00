"""Everything that stands in the way of a step of a draft, in words. Which steps there are: steps.py."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.covenants.labels import label
from agreements.covenants.models import Covenant, CovenantVersion
from agreements.covenants.rules import State
from agreements.drafting.findings import findings_about, with_answers
from agreements.drafting.models import Draft, DraftParty, DraftState
from agreements.drafting.steps import Step
from agreements.drafting.texts import outline
from agreements.policy.document import CovenantDocument
from agreements.policy.vocabulary import BUREAU
from foundation import clock

Obstacle = tuple[str, str]
"""Where ("parties", "findings", "remarks", "version", "term", "code") and what, in a sentence."""


def state_of(draft: Draft) -> DraftState:
    """The state as it is: a draft whose version everybody signed is adopted, whoever signed last."""
    if draft.state == DraftState.FOR_SIGNATURE and draft.version is not None and draft.version.state == State.AGREED:
        return DraftState.ADOPTED
    return DraftState(draft.state)


def obstacles(draft: Draft, step: Step) -> tuple[Obstacle, ...]:
    """Everything that stands in the way of a step which exists from the present state; () when nothing does."""
    if step is Step.OPEN_CONSULTATION:
        return tuple(_nobody_to_consult(draft))
    if step is Step.PUT_UP:
        return tuple(_before_signing(draft))
    return ()


def next_number(code: str) -> int:
    """The first version number of a covenant that nothing has yet."""
    numbers = CovenantVersion.objects.filter(covenant__code=code).values_list("number", flat=True)
    return max(numbers, default=0) + 1


def _nobody_to_consult(draft: Draft) -> Iterator[Obstacle]:
    if not draft.parties.exclude(agency_id=draft.owner_id).exists():
        yield "parties", _("Er is nog niemand om te raadplegen: kies eerst de andere partijen.")


def _before_signing(draft: Draft) -> Iterator[Obstacle]:
    yield from _about_findings(draft)
    open_ones = draft.remarks.filter(resolved_at=None).count()
    if open_ones:
        yield (
            "remarks",
            ngettext(
                "%(n)d opmerking is nog niet beantwoord.", "%(n)d opmerkingen zijn nog niet beantwoord.", open_ones
            )
            % {"n": open_ones},
        )
    rows = list(draft.parties.select_related("agency"))
    if not any(row.capacity != BUREAU for row in rows):
        yield "parties", _("Er zijn nog geen partijen gekozen die tekenen.")
    document = outline(draft.text).document
    if document is not None:
        yield from _about_capacities(rows, document)
        yield from _about_code(draft, rows, document)
        yield from _about_number(document)
        yield from _about_term(document)


def _about_findings(draft: Draft) -> Iterator[Obstacle]:
    views = with_answers(draft, findings_about(draft))
    errors = sum(item.severity == "error" for item in views)
    unanswered = sum(item.severity != "error" and item.blocks for item in views)
    if errors:
        yield (
            "findings",
            ngettext("De tekst heeft nog %(n)d fout.", "De tekst heeft nog %(n)d fouten.", errors) % {"n": errors},
        )
    if unanswered:
        yield (
            "findings",
            ngettext(
                "%(n)d waarschuwing is nog niet beantwoord.",
                "%(n)d waarschuwingen zijn nog niet beantwoord.",
                unanswered,
            )
            % {"n": unanswered},
        )


def _about_capacities(rows: Iterable[DraftParty], document: CovenantDocument) -> Iterator[Obstacle]:
    for row in rows:
        said = document.capacity_of(row.agency.code, row.agency.type)
        if said == row.capacity:
            continue
        words = {
            "name": row.agency.name,
            "chosen": label("capacity", row.capacity).lower(),
            "said": label("capacity", said).lower() if said else "",
        }
        if said:
            yield "parties", _("%(name)s is gekozen als %(chosen)s; de tekst zegt %(said)s.") % words
        else:
            yield "parties", _("%(name)s is gekozen als %(chosen)s; de tekst noemt deze partij niet.") % words


def _about_code(draft: Draft, rows: Iterable[DraftParty], document: CovenantDocument) -> Iterator[Obstacle]:
    """A next version is for those who are party now: nobody else makes one, and nobody is left out by it."""
    if draft.based_on is not None and document.code != draft.based_on.covenant.code:
        words = {"code": document.code, "known": draft.based_on.covenant.code}
        yield "code", _("De tekst heet %(code)s, maar dit is een volgende versie van %(known)s.") % words
    covenant = Covenant.objects.filter(code=document.code).first()
    if covenant is None or not covenant.versions.filter(state=State.AGREED).exists():
        return
    bound = covenant.parties.filter(ends=None).select_related("agency")
    if not any(row.agency_id == draft.owner_id for row in bound):
        yield (
            "code",
            _("Er is al een convenant %(code)s, en %(owner)s is daar geen partij bij.")
            % {
                "code": document.code,
                "owner": draft.owner.name,
            },
        )
        return
    chosen = {row.agency_id for row in rows}
    for row in bound:
        if row.agency_id not in chosen:
            yield (
                "parties",
                _("%(name)s is nu partij bij %(code)s en ontbreekt hier. Een partij vertrekt door zelf op te zeggen.")
                % {"name": row.agency.name, "code": document.code},
            )


def _about_number(document: CovenantDocument) -> Iterator[Obstacle]:
    versions = CovenantVersion.objects.filter(covenant__code=document.code)
    words = {"n": document.version, "next": next_number(document.code)}
    if versions.filter(number=document.version).exists():
        yield "version", _("Versie %(n)d bestaat al. Geef de tekst nummer %(next)d.") % words
    elif versions.filter(number__gt=document.version, state=State.AGREED).exists():
        yield "version", _("Er is al een latere versie getekend. Geef de tekst nummer %(next)d.") % words


def _about_term(document: CovenantDocument) -> Iterator[Obstacle]:
    first, last = document.term.from_, document.term.until
    if last is not None and last < first:
        yield "term", _("De looptijd eindigt voordat zij begint.")
    elif last is not None and last < clock.today():
        yield "term", _("De looptijd is al voorbij: zij eindigt op %(day)s.") % {"day": last.isoformat()}
    latest = _last_start(document.code)
    if latest is not None and max(clock.start_of(first), clock.now()) <= latest:
        day = latest.astimezone(clock.AMSTERDAM).date().isoformat()
        yield "term", _("De versie die al getekend is, begint op %(day)s. Laat deze later beginnen.") % {"day": day}


def _last_start(code: str) -> datetime | None:
    agreed = CovenantVersion.objects.filter(covenant__code=code, state=State.AGREED)
    return agreed.order_by("-starts").values_list("starts", flat=True).first()
