"""The signals of the demo: from the street, a school, a neighbourhood team, two about one place, and a resident."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from agreements.covenants.rules import operator
from agreements.parties.reader import visit_of
from agreements.parties.tokens import membership_for
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from cases.disclosure.reading import Reading
from cases.intake.commands import Reported, merge_signal, report_signal
from cases.intake.commands.resident import new_token, report_as_resident
from cases.intake.models import Channel, Signal
from cases.models import Case
from cases.retention.rows import erase_case
from foundation import clock

STREET, SCHOOL, TEAM, QUAY, QUAY_TOO = "street", "school", "team", "quay", "quay_too"
REPORTS: tuple[tuple[str, str, timedelta, Reported], ...] = (
    (
        TEAM, "tessa", timedelta(days=4, hours=3),
        Reported(
            about="person", kind="debts", person="Mevrouw van eind veertig, portiek naast de wasserette",
            place="Rietveld-Zuid, portiek naast de wasserette", reliability="several",
            seen="Vrouw opent haar post niet meer en leent geld in het portiek. Twee buren zeggen dat er een man "
            "bij haar intrekt die ook haar pas heeft.",
        ),
    ),
    (
        QUAY, "ruben", timedelta(days=2, hours=5),
        Reported(
            about="area", kind="youth", place="Kade 9, Havenkwartier", reliability="seen",
            seen="Elke avond tussen tien en twaalf een groep bij de steiger; vuur in een vat, auto's keren op de kade.",
        ),
    ),
    (
        QUAY_TOO, "farid", timedelta(days=1, hours=20),
        Reported(
            about="area", kind="youth", place="Steiger bij Kade 9", reliability="seen",
            seen="Jongeren staan later buiten dan vorige week. Na elf uur komen er ouderen bij van buiten de buurt.",
        ),
    ),
    (
        SCHOOL, "peter", timedelta(hours=22),
        Reported(
            about="person", kind="school", urgency="high", person="Leerling uit 3B, jongste van drie broers",
            reliability="seen",
            seen="Leerling van veertien komt sinds de herfst met nieuwe kleren en twee telefoons, en wordt na school "
            "opgehaald door iemand die wij niet kennen. Is bang om erover te praten.",
        ),
    ),
    (
        STREET, "esra", timedelta(hours=1, minutes=40),
        Reported(
            about="person", kind="domestic", urgency="acute", person="Bewoner van de derde verdieping, man van dertig",
            place="Flat aan de Waterkant, derde verdieping", reliability="several",
            seen="Derde keer deze week geschreeuw en gebonk. Een kind deed open en zei dat alles goed ging. "
            "Deur heeft een verse schopplek.",
        ),
    ),
)  # fmt: skip
RESIDENT = Reported(
    about="area", kind="nuisance", place="Speeltuin achter de Vuurtorenlaan", reliability="unverified",
    seen="Bij de speeltuin liggen 's ochtends ballonnen en kleine flesjes. Mijn kinderen mogen er niet meer heen. "
    "Het begon na de zomer, meestal in het weekend.",
)  # fmt: skip
CONTACT = "Liever niet bellen; een brief mag in de bus van de buurtkamer."


def load_demo_intake() -> None:
    """Report the signals of the demo; nothing when they stand."""
    if Signal.objects.filter(submission=_mark(STREET)).exists():
        return
    now = clock.now()
    numbers = {
        key: report_signal(_reading(persona, at=now - ago), replace(reported, submission=_mark(key)))
        for key, persona, ago, reported in REPORTS
    }
    merge_signal(_reading("nadia", at=now - timedelta(days=1)), numbers[QUAY_TOO], into=numbers[QUAY])
    report_as_resident(new_token(at=now - timedelta(minutes=2)), RESIDENT, contact=CONTACT)


def remove_demo_intake() -> None:
    """Take the signals away that are of the demo, with their files; those of a resident too, which only a demo has."""
    signals = Signal.objects.filter(submission__in=[_mark(key) for key, *_rest in REPORTS])
    signals |= Signal.objects.filter(channel=Channel.RESIDENT)
    files = list(signals.values_list("file_id", flat=True))
    if not files:
        return
    with transaction.atomic(), write_scope(reason="remove_demo_intake"):
        cases = list(Case.objects.filter(pk__in=files))
        for case in cases:
            erase_case(case)
        refs = [case.ref for case in cases]
        Case.objects.filter(pk__in=files).delete()
        append([_removed(ref) for ref in refs])


def _reading(persona: str, *, at: datetime) -> Reading:
    visit = visit_of(membership_for(persona=persona), strength="demo", trace_id="0" * 32)
    return replace(Reading.begin(visit, route="load_demo", event="signal.reported"), at=at)


def _mark(key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"verbond:demo:signal:{key}")


def _removed(ref: str) -> Entry:
    by = operator("load_demo")
    return Entry(
        event_type="signal.removed", action=Action.DELETE, outcome=Outcome.OK, actor_ref=by.actor_ref,
        agency_ref=by.agency_ref, case_ref=ref,
    )  # fmt: skip
