"""A covenant that waits for signatures, and the people who may set them. On top of the demo's organisations."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import Client

from agreements.covenants.commands import Loaded, load_covenant
from agreements.covenants.models import CovenantVersion
from agreements.parties.models import Membership, Professional
from agreements.parties.reader import Visit, visit_of
from agreements.signing.commands import Signed, sign_version
from agreements.signing.models import SealedVersion
from agreements.signing.sealing import seal_version
from audit.journal.appender import append
from audit.journal.entry import Action, Outcome
from audit.journal.entry import Entry as Said
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from foundation import clock
from tests.agreements.covenants.world import BY

JS = "JS-SIG"
SIGNERS = ("carla", "hilde", "karin")
PARTIES = (("GEM-MD", "controller"), ("POL-MD", "controller"), ("OND-BAKEN", "controller"), ("ZVH-MD", "bureau"))
TEXT = """\
covenant:
  code: {code}
  title: Convenant Spijbelen Maasdelta
  version: {number}
  regime: general
  term: {{from: {starts}, until: {until}}}
  contact_point: GEM
  parties:
    controller: [POL, GEM, OND]
  bureau: {{code: ZVH, acts_for: GEM}}
  purposes: {{"2.1": youth_school}}
  articles:
    - {{article: "1", title: Partijen, text: "Politie, gemeente en school doen mee.", case_kinds: [person]}}
    - {{article: "2", title: Doel, text: "Een leerling terug naar school helpen."}}
    - article: "3"
      title: Verzuim
      text: "De school meldt verzuim aan de gemeente: “wie niet komt, wordt gemist”."
      grants:
        - id: "3.1"
          from: [OND]
          to: [GEM, ZVH]
          roles: [professional, case_director]
          fields: [truancy_hours]
          purposes: ["2.1"]
          phases: [plan]
          conditions: [involved]
          obligations: [log]
          basis: [AVG-6-1-e]
"""


def text(number: int = 1, *, starts: str = "2025-01-01", until: str = "2099-12-31", code: str = JS) -> str:
    return TEXT.format(number=number, starts=starts, until=until, code=code)


def put_up(number: int = 1, *, parties: Any = PARTIES, **more: str) -> CovenantVersion:
    """A version with an empty place for each party."""
    load(text(number, **more), [{"agency": agency, "capacity": capacity} for agency, capacity in parties])
    return version(number, code=more.get("code", JS))


def load(source: str, places: list[dict[str, Any]]) -> Loaded:
    return load_covenant(source, {"signatures": places}, by=BY)


def version(number: int = 1, *, code: str = JS) -> CovenantVersion:
    return CovenantVersion.objects.select_related("covenant").get(covenant__code=code, number=number)


def person(key: str) -> Professional:
    return Professional.objects.get(demo_key=key)


def membership(key: str) -> Membership:
    return Membership.objects.select_related("professional", "agency").get(professional=person(key))


def visit(key: str) -> Visit:
    return visit_of(membership(key), strength="demo", trace_id="0" * 32)


def sign(key: str, number: int = 1, *, code: str = JS, **changes: Any) -> Signed:
    given = {"mandate": f"mandaatbesluit van {key}", "confirm_sha256": version(number, code=code).sha256}
    return sign_version(visit(key), code, number, **{**given, **changes})


def sign_all(number: int = 1) -> CovenantVersion:
    for key in SIGNERS:
        sign(key, number)
    return version(number)


def sealed(number: int = 1) -> SealedVersion:
    return seal_version(sign_all(number).pk)


def change(row: Any, **values: Any) -> None:
    """Change a guarded row, as if decided elsewhere."""
    for name, value in values.items():
        setattr(row, name, value)
    with elsewhere():
        row.save()


@contextmanager
def elsewhere() -> Iterator[None]:
    """Guarded tables take changes, with an entry that says so."""
    with transaction.atomic(), write_scope(reason="test"):
        yield
        said = Said(event_type="test.changed", action=Action.UPDATE, outcome=Outcome.OK, actor_ref="t", agency_ref="t")
        append([said])


def end_membership(key: str) -> None:
    change(membership(key), ends=clock.now())


def refusals() -> list[str]:
    """The reasons of the refusals in the journal, oldest first."""
    rows = Entry.objects.filter(event_type="covenant.signature_refused", outcome="refused").order_by("id")
    return [json.loads(bytes(row.body))["matter"]["detail"]["why"] for row in rows]


def events() -> list[str]:
    kinds = r"^(covenant|party|signing_key|house_key)\."
    return list(Entry.objects.filter(event_type__regex=kinds).order_by("id").values_list("event_type", flat=True))


def browser(key: str, **session: Any) -> Client:
    """A session of this person; as a persona unless `session` says how it was proven."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(person(key), backend="allauth.account.auth_backends.AuthenticationBackend")
    stored = client.session
    stored.update(session or {"demo": True})
    stored.save()
    return client
