"""What happens when the last signature stands: a version begins, the one before it ends, parties come and go.

Shared by loading (signatures on paper) and signing. Who may sign, and whether all did, is decided there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from agreements.covenants.commands.leaving import stays_in_cases
from agreements.covenants.commands.shared import Event, not_ended_at
from agreements.covenants.in_force import document_of
from agreements.covenants.models import Covenant, CovenantVersion, Party
from agreements.covenants.rules import State
from agreements.covenants.vouching import row_of
from agreements.parties.models import Agency
from agreements.policy.document import CovenantDocument
from audit.journal.entry import Action
from audit.ports import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A party of a version. signed_from: since when it is bound; None for a bureau that did not sign."""

    agency: Agency
    capacity: str
    signed_from: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The version that the events of one command are about."""

    code: str
    number: int
    sha256: str

    def event(self, type_: str, action: Action, **more: str | int) -> Event:
        """An event about this version, with its number and hash."""
        detail = {"version": self.number, "sha256": self.sha256, **more}
        return Event(type=type_, action=action, covenant=self.code, detail=detail)


def about(version: CovenantVersion) -> About:
    """The version as its events name it."""
    return About(code=version.covenant.code, number=version.number, sha256=version.sha256)


def enter_into_force(version: CovenantVersion, signers: Iterable[Signer], *, at: datetime) -> list[Event]:
    """The version rules from `at` (now or later); returns what happened, in order, for the journal.

    The version that would rule then ends at `at`, and an agency that is not among `signers` leaves at
    that moment. Who signed later than `at` accedes on that day. Call in a write scope, after lock_epoch;
    the caller has seen to it that every required signature stands, and that `at` comes after the start
    of every agreed version.
    """
    covenant, told = version.covenant, about(version)
    stays = stays_in_cases(covenant, at=at)  # as the version says that rules until then
    # First: the database refuses two agreed versions of the same moment.
    ended = list(covenant.versions.filter(not_ended_at(at), state=State.AGREED))
    CovenantVersion.objects.filter(pk__in=[one.pk for one in ended]).update(ends=at)
    version.starts, version.state = at, State.AGREED
    version.save(update_fields=["starts", "state"])
    Covenant.objects.filter(pk=covenant.pk).update(**named_after(document_of(version)))
    began = told.event("covenant.version_in_force", Action.UPDATE, starts=at.isoformat())
    began = replace(began, rows=tuple(map(row_of, (version, *ended))))
    return [began, *_change_parties(covenant, signers, at, told, facts_stay=stays)]


def named_after(document: CovenantDocument) -> dict[str, str]:
    """What a covenant is known by, as its newest version says."""
    return {
        "title": document.title,
        "regime": document.regime,
        "bureau": document.bureau.code if document.bureau else "",
    }


def _change_parties(
    covenant: Covenant, signers: Iterable[Signer], moment: datetime, told: About, *, facts_stay: bool
) -> list[Event]:
    """Parties from the start of a version: who is new accedes, who is not among them leaves."""
    running = covenant.parties.filter(not_ended_at(moment)).select_related("agency")
    gone = {party.agency_id: party for party in running}
    events = []
    for signer in signers:
        party = gone.pop(signer.agency.pk, None)
        # Who signs after the start accedes on that day, and is not bound before.
        starts = max(moment, signer.signed_from or moment)
        rows: tuple[Row, ...] = ()
        if party is not None and party.capacity == signer.capacity and party.ends is None and starts == moment:
            continue
        if party is not None:
            rows = (_leave(party, moment, facts_stay=facts_stay),)
        made = Party.objects.create(covenant=covenant, agency=signer.agency, capacity=signer.capacity, starts=starts)
        said = {"agency": signer.agency.code, "capacity": signer.capacity, "starts": starts.isoformat()}
        events.append(replace(told.event("party.acceded", Action.CREATE, **said), rows=(*rows, row_of(made))))
    for party in gone.values():
        rows = (_leave(party, moment, facts_stay=facts_stay),)
        said = {"agency": party.agency.code, "ends": moment.isoformat()}
        events.append(replace(told.event("party.withdrew", Action.UPDATE, **said), rows=rows))
    return events


def _leave(party: Party, moment: datetime, *, facts_stay: bool) -> Row:
    """End an accession; one that would have begun later never was. facts_stay: as at Party. Returns which row."""
    row = row_of(party)
    if party.starts >= moment:
        party.delete()
        return row
    party.ends, party.facts_stay = moment, facts_stay
    party.save(update_fields=["ends", "facts_stay"])
    return row
