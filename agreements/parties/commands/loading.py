"""Agencies and personas from a file (deploy/demo/parties.yaml): made, or brought up to date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from agreements.parties.models import Agency, DemoCard, Membership, Professional
from agreements.parties.rules import check_roles
from audit.journal.appender import append
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from foundation import clock

LOADER = "system:load_parties"
# Before anything that the demo tells about the past.
_SINCE = date(2024, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many rows the file holds, and how many memberships were new or changed."""

    agencies: int
    professionals: int
    memberships_changed: int


@transaction.atomic
def load_parties(data: Mapping[str, Any]) -> Loaded:
    """Make the agencies, professionals and memberships of `data` true; a second run changes nothing.

    data: {agencies: [{code, type, oin, name, name_en?, monogram, email?}], personas: [{key, name, agency,
    roles, title: {nl, en?}, look: {nl, en?}, email?, also?: [{agency, roles}]}]}.

    Raises:
        Invalid: a role that the agency cannot give.
        KeyError: a persona names an agency that the file does not have.
    """
    with write_scope(reason="load_parties"):
        agencies = {row["code"]: _agency(row) for row in data["agencies"]}
        changed: list[Membership] = []
        for position, row in enumerate(data.get("personas", ())):
            person = _professional(row, agencies[row["agency"]])
            _card(row, person, position)
            for post in ({"agency": row["agency"], "roles": row["roles"]}, *row.get("also", ())):
                changed += _membership(person, agencies[post["agency"]], post["roles"])
        loaded = Loaded(
            agencies=len(agencies),
            professionals=len(data.get("personas", ())),
            memberships_changed=len(changed),
        )
        append([_summary(loaded), *(_granted(membership) for membership in changed)])
    return loaded


def _agency(row: Mapping[str, Any]) -> Agency:
    agency, _ = Agency.objects.update_or_create(
        code=row["code"],
        defaults={
            "type": row["type"],
            "oin": str(row["oin"]),
            "name": row["name"],
            "name_en": row.get("name_en", ""),
            "monogram": row["monogram"],
            "contact_email": row.get("email", ""),
        },
    )
    return agency


def _professional(row: Mapping[str, Any], agency: Agency) -> Professional:
    person = Professional.objects.filter(demo_key=row["key"]).first()
    if person is None:
        person = Professional(demo_key=row["key"])
        person.set_unusable_password()
    person.email = row.get("email") or f"{row['key']}@{agency.code.lower()}.example"
    person.name = row["name"]
    person.job_title = row["title"]["nl"]
    person.job_title_en = row["title"].get("en", "")
    person.is_active = True
    person.save()
    return person


def _card(row: Mapping[str, Any], person: Professional, position: int) -> None:
    look = row.get("look", {})
    DemoCard.objects.update_or_create(
        professional=person,
        defaults={"position": position, "look_at_nl": look.get("nl", ""), "look_at_en": look.get("en", "")},
    )


def _membership(person: Professional, agency: Agency, roles: list[str]) -> list[Membership]:
    wanted = list(check_roles(roles, agency_type=agency.type))
    row = Membership.objects.filter(professional=person, agency=agency, ends=None).first()
    if row is None:
        made = Membership(professional=person, agency=agency, roles=wanted, starts=clock.start_of(_SINCE))
    elif row.roles == wanted:
        return []
    else:
        made = row
        made.roles = wanted
    made.save()
    return [made]


def _summary(loaded: Loaded) -> Entry:
    return Entry(
        event_type="parties.loaded",
        action=Action.EXECUTE,
        outcome=Outcome.OK,
        actor_ref=LOADER,
        agency_ref=LOADER,
        detail={"agencies": loaded.agencies, "professionals": loaded.professionals},
    )


def _granted(membership: Membership) -> Entry:
    return Entry(
        event_type="membership.granted",
        action=Action.CREATE,
        outcome=Outcome.OK,
        actor_ref=LOADER,
        agency_ref=membership.agency.oin,
        subject_ref=membership.professional.reference,
        detail={"given_roles": " ".join(membership.roles), "starts": membership.starts.isoformat()},
    )
