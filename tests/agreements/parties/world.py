"""A small world of people: two police officers, an administrator, a school, and one person with two hats."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.test import Client

from agreements.parties.commands import load_parties
from agreements.parties.models import Agency, Membership, Professional
from agreements.parties.reader import Visit, visit_of
from audit.journal.models import Entry
from audit.journal.scope import write_scope
from foundation import clock

PASSWORD = "een lange zin over fietsen"
LOCAL = {"HTTP_HOST": "localhost"}

PARTIES = {
    "agencies": [
        {"code": "POL-MD", "type": "POL", "oin": "00000099100000001000", "name": "Politie", "name_en": "Police",
         "monogram": "POL", "email": "politie@voorbeeld.example"},
        {"code": "OND-BAKEN", "type": "OND", "oin": "00000099100000013000", "name": "Het Baken College",
         "monogram": "OND"},
        {"code": "ZVH-MD", "type": "ZVH", "oin": "00000099100000018000", "name": "Zorg- en Veiligheidshuis",
         "monogram": "ZVH"},
    ],
    "personas": [
        {"key": "ruben", "name": "Ruben Kok", "agency": "POL-MD", "roles": ["professional"],
         "title": {"nl": "Wijkagent", "en": "Community police officer"},
         "look": {"nl": "Ziet het bejegeningsadvies.", "en": "Sees the handling advice."}},
        {"key": "bas", "name": "Bas Oudeman", "agency": "POL-MD", "roles": ["agency_admin"],
         "title": {"nl": "Functioneel beheerder"}, "look": {"nl": "Beheert accounts."}},
        {"key": "peter", "name": "Peter van Dam", "agency": "OND-BAKEN", "roles": ["professional"],
         "title": {"nl": "Zorgcoördinator"}, "look": {"nl": "Leest mee."}},
        {"key": "ineke", "name": "Ineke Vos", "agency": "ZVH-MD", "roles": ["privacy_officer"],
         "title": {"nl": "Privacy officer"}, "look": {"nl": "Leest het logboek."},
         "also": [{"agency": "POL-MD", "roles": ["privacy_officer"]}]},
    ],
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The people by name, and what tests ask of them again and again."""

    ruben: Professional
    bas: Professional
    peter: Professional
    ineke: Professional
    police: Agency
    school: Agency

    def membership(self, person: Professional) -> Membership:
        """Where this person works now; the first when there are more."""
        return (
            Membership.objects.in_force()
            .filter(professional=person)
            .select_related("professional", "agency")
            .order_by("pk")[0]
        )

    def visit(self, person: Professional) -> Visit:
        """This person as a command sees them."""
        return visit_of(self.membership(person), strength="password", trace_id="0" * 32)

    def with_password(self, person: Professional) -> Professional:
        """The person, able to sign in with PASSWORD."""
        person.set_password(PASSWORD)
        person.save()
        return person

    def end(self, person: Professional, *, at: datetime | None = None) -> None:
        """The membership of this person ends, as if decided elsewhere."""
        row = self.membership(person)
        row.ends = at or clock.now()
        save(row)


def make_world() -> World:
    """Load PARTIES and find its people."""
    load_parties(PARTIES)
    people = {person.demo_key: person for person in Professional.objects.all()}
    return World(
        ruben=people["ruben"],
        bas=people["bas"],
        peter=people["peter"],
        ineke=people["ineke"],
        police=Agency.objects.get(code="POL-MD"),
        school=Agency.objects.get(code="OND-BAKEN"),
    )


def save(row: Membership) -> None:
    """Store a membership where the journal is not what the test is about."""
    from audit.journal.appender import append
    from audit.journal.entry import Action, Entry, Outcome

    entry = Entry(
        event_type="membership.ended",
        action=Action.UPDATE,
        outcome=Outcome.OK,
        actor_ref="system:test",
        agency_ref="system:test",
    )
    with transaction.atomic(), write_scope(reason="test"):
        row.save()
        append([entry])


def sign_in(client: Client, person: Professional, password: str = PASSWORD) -> object:
    """Post the sign-in form."""
    return client.post("/account/inloggen/", {"login": person.email, "password": password})


def events(*kinds: str) -> list[str]:
    """Event types in the journal, oldest first; only these, when any are named."""
    found = Entry.objects.order_by("uid").values_list("event_type", flat=True)
    return [kind for kind in found if not kinds or kind in kinds]


def yesterday() -> datetime:
    """This time, one day ago."""
    return clock.now() - timedelta(days=1)
