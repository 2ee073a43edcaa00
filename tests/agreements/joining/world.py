"""PGA-MD with few parties, a signatory at each of them, and the same covenant saying other things about its course."""

from datetime import datetime, timedelta
from typing import Any

import yaml
from django.test import Client

from agreements.covenants.models import CovenantVersion, Party
from agreements.joining.commands import Asked, answer, ask_accession
from agreements.joining.models import Motion
from agreements.joining.sealing import seal_here
from agreements.parties.commands import load_parties
from agreements.parties.models import Agency, Membership, Professional
from agreements.parties.reader import Visit, visit_of
from audit.journal.models import Entry
from foundation import clock
from tests.agreements.covenants import world as covenants
from tests.invariants.crawl import sign_in

PGA = covenants.PGA
PARTIES = ("POL-MD", "OM-MD", "GEM-MD", "RCL-MD", "ZVH-MD")
"""Three controllers, a participant and the bureau; the demo's other parties are left out."""

_WITHDRAWAL = "withdrawal: {notice: P3M, running_cases: until_closing}"
PLAIN = "withdrawal: {notice: P1D, running_cases: until_closing}"
RETURNED = "withdrawal: {notice: P1D, running_cases: returned}"
_SIGNATORIES = {
    "otto": "OM-MD",
    "rosa": "RCL-MD",
    "zeno": "ZVH-MD",
    "hugo": "HLT-MD",
    "juul": "JB-MD",
}
__all__ = ["PARTIES", "PGA"]


def house() -> None:
    """Organisations of the demo, and a signatory where it has none."""
    data = yaml.safe_load((covenants.DEMO / "parties.yaml").read_text())
    data["personas"] += [
        {
            "key": key,
            "name": f"{key.title()} Tekenaar",
            "agency": agency,
            "roles": ["signatory"],
            "title": {"nl": "Bestuurder"},
            "look": {"nl": "Tekent."},
        }
        for key, agency in _SIGNATORIES.items()
    ]
    load_parties(data)


def load(
    *, withdrawal: str = _WITHDRAWAL, more: str = "", parties: tuple[str, ...] = PARTIES, number: int = 2, **dates: Any
) -> CovenantVersion:
    """PGA-MD between `parties`. withdrawal, more: lines of its last article ("accession: {consent: controllers}")."""
    text = covenants.version(number).replace(_WITHDRAWAL, "\n      ".join(part for part in (withdrawal, more) if part))
    data = covenants.signatures(**dates)
    data["signatures"] = [item for item in data["signatures"] if item["agency"] in parties]
    covenants.load(text, data)
    return CovenantVersion.objects.get(covenant__code=PGA, number=number)


def visit(key: str) -> Visit:
    """A persona as a command sees them."""
    row = Membership.objects.in_force().filter(professional__demo_key=key).select_related("professional", "agency")[0]
    return visit_of(row, strength="strong", trace_id="0" * 32)


def browser(key: str, *, strong: bool = True) -> Client:
    """A session of a persona; strong: with a second factor, moments ago."""
    client = sign_in(Professional.objects.get(demo_key=key))
    session = client.session
    if strong:
        session["account_authentication_methods"] = [{"method": "mfa", "at": clock.now().timestamp()}]
    session.save()
    return client


def party(code: str) -> Party:
    """The newest accession of an agency."""
    return Party.objects.filter(covenant__code=PGA, agency=Agency.objects.get(code=code)).order_by("starts").last()


def motion() -> Motion:
    return Motion.objects.get()


def ask(key: str = "juul", **changes: Any) -> Motion:
    """Somebody asks to accede."""
    said = {"mandate": "bestuursbesluit 12", "reason": "wij werken al samen", **changes}
    return ask_accession(visit(key), PGA, asked=Asked(**said), seal=seal_here)


def agree(key: str) -> Motion:
    return answer(visit(key), PGA, uid=motion().uid, agrees=True)


def events(prefix: str = "") -> list[str]:
    """Event types in the journal, oldest first."""
    found = Entry.objects.order_by("id").values_list("event_type", flat=True)
    return [item for item in found if item.startswith(prefix)]


def last_refusal() -> Any:
    """The newest refused entry."""
    return Entry.objects.filter(outcome="refused").order_by("id").last()


def in_days(n: float) -> datetime:
    return clock.now() + timedelta(days=n)
