"""Who gave a fact, recorded a condition or decided: personas, or employees made for a name that cannot sign in."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.text import slugify

from agreements.covenants.rules import Author
from agreements.parties.models import Agency, Membership, Professional
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome

_ADDRESS = "{name}.{agency}@geen-account.invalid"
"""RFC 2606: a domain that never exists, so no letter and no password reset ever arrives."""


class Staff:
    """Looks people up, and makes the employees that are only known by name. Inside a write scope."""

    def __init__(self, people: dict[str, Professional], *, by: Author) -> None:
        self._people = people
        self._by = by
        self._made: dict[str, Professional] = {}

    def giver(self, name: str, agency: Agency, *, since: datetime) -> Professional:
        """The persona `name`, or the employee of `agency` with that name, who cannot sign in."""
        return self._people.get(name) or self._employee(name, agency, since)

    def words(self, name: str) -> str:
        """How a record names somebody: a persona with the agency, any other text as it stands."""
        person = self._people.get(name)
        if person is None:
            return name
        agency = person.memberships.select_related("agency").order_by("pk").first()
        return f"{person.name}, {agency.agency.name}"[:120] if agency else person.name

    def _employee(self, name: str, agency: Agency, since: datetime) -> Professional:
        address = _ADDRESS.format(name=slugify(name) or "medewerker", agency=agency.code.lower())
        found = self._made.get(address) or Professional.objects.filter(email=address).first()
        if found is None:
            found = self._make(name, address, agency, since)
        self._made[address] = found
        return found

    def _make(self, name: str, address: str, agency: Agency, since: datetime) -> Professional:
        person = Professional(email=address, name=name, is_active=False)
        person.set_unusable_password()
        person.save()
        # Without a membership the journal could not say for whom this person worked.
        Membership.objects.create(professional=person, agency=agency, roles=["professional"], starts=since)
        append(list(self._granted(person, agency)))
        return person

    def _granted(self, person: Professional, agency: Agency) -> Iterator[Entry]:
        yield Entry(
            event_type="membership.granted",
            action=Action.CREATE,
            outcome=Outcome.OK,
            actor_ref=self._by.actor_ref,
            agency_ref=agency.oin,
            subject_ref=person.reference,
            detail={"given_roles": "professional"},
        )
