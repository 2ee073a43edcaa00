"""What is looked at: a version of a covenant or a draft, as a document with its parties. Rights are checked here.

A subject has a key that fits in an address: "versie-PGA-MD-2" or "concept-<uid>".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from agreements.covenants.drawing_up import document_hash
from agreements.covenants.in_force import document_of, policy_if
from agreements.covenants.models import CovenantVersion, Party
from agreements.covenants.queries import version_for
from agreements.covenants.rules import State
from agreements.drafting.models import Draft
from agreements.drafting.rights import draft_for
from agreements.parties.models import Agency
from agreements.parties.reader import Visit
from agreements.policy.catalogue import load_catalogue
from agreements.policy.compile import Accession, Policy, VersionTerms, compile_policy
from agreements.policy.document import CovenantDocument, load_document
from agreements.policy.question import Actor
from agreements.policy.vocabulary import BUREAU
from foundation import clock
from foundation.errors import NotFound

_VERSION = re.compile(r"versie-([A-Z][A-Z0-9-]{1,39})-([0-9]{1,6})")
_DRAFT = re.compile(r"concept-([0-9a-f-]{36})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An agency as party to what is looked at."""

    code: str
    type: str
    name: str
    monogram: str
    capacity: str

    @property
    def actor(self) -> Actor:
        """The agency as the policy sees it."""
        return Actor(code=self.code, type=self.type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A document with its parties. sha: SHA-256 of its text, so that an answer can say what it was about."""

    key: str
    code: str
    number: int
    title: str
    is_draft: bool
    document: CovenantDocument
    members: tuple[Member, ...]
    sha256: str

    def accessions(self, at: datetime) -> tuple[Accession, ...]:
        """Its parties, from `at` on."""
        return tuple(
            Accession(agency=item.actor, capacity=item.capacity, starts=at, ends=None) for item in self.members
        )

    def policy_alone(self, at: datetime) -> Policy:
        """This document by itself, in force from `at`: what the matrix shows."""
        terms = VersionTerms(document=self.document, starts=at, ends=None, accessions=self.accessions(at))
        return compile_policy(load_catalogue(), [terms])

    def policy_if_in_force(self, at: datetime) -> Policy:
        """All covenants as they are, with this document in the place of what rules under its code."""
        return policy_if(self.document, self.accessions(at), at=at)


def subject_for(visit: Visit, key: str) -> Subject:
    """The version or draft that `key` names, for this visit.

    Raises:
        NotFound: none, or none for this visit (the same answer).
        DocumentInvalid: a draft whose text cannot be read as a covenant yet.
    """
    if found := _VERSION.fullmatch(key):
        return of_version(version_for(found[1], int(found[2]), agency_id=visit.agency.id))
    if found := _DRAFT.fullmatch(key):
        return of_draft(draft_for(visit, found[1]))
    raise NotFound(_("Dit convenant of concept bestaat niet."), remedy=_("Kies het uit de lijst."))


def of_version(version: CovenantVersion) -> Subject:
    """A stored version, with those who are asked to sign it, and who acceded since (at its last moment so far)."""
    document = document_of(version)
    places = version.signatures.select_related("agency").order_by("pk")
    if version.state == State.AGREED:
        # A place that is still empty here is of an accession that the parties have not consented to yet.
        places = places.exclude(~Q(capacity=BUREAU), signed_on=None)
    joined = version.covenant.parties.select_related("agency").order_by("pk")
    at = min(max(clock.now(), version.starts), version.ends or clock.now())
    rows = {row.agency_id: (row.agency, row.capacity) for row in places}
    rows |= {row.agency_id: (row.agency, row.capacity) for row in joined if _is_party(row, at)}
    return Subject(
        key=f"versie-{version.covenant.code}-{version.number}",
        code=version.covenant.code,
        number=version.number,
        title=document.title,
        is_draft=False,
        document=document,
        members=_members(rows.values()),
        sha256=version.sha256,
    )


def of_draft(draft: Draft) -> Subject:
    """A draft as it stands. Raises DocumentInvalid."""
    document = load_document(draft.text, catalogue=load_catalogue())
    places = draft.parties.select_related("agency")
    return Subject(
        key=f"concept-{draft.uid}",
        code=document.code,
        number=document.version,
        title=document.title,
        is_draft=True,
        document=document,
        members=_members((row.agency, row.capacity) for row in places),
        sha256=document_hash(document),
    )


def _is_party(row: Party, at: datetime) -> bool:
    return row.starts <= at and (row.ends is None or row.ends >= at)


def _members(rows: Iterable[tuple[Agency, str]]) -> tuple[Member, ...]:
    order = ("controller", "participant", "third_party", "bureau")
    made = [
        Member(code=agency.code, type=agency.type, name=agency.name, monogram=agency.monogram, capacity=capacity)
        for agency, capacity in rows
    ]
    return tuple(sorted(made, key=lambda item: (order.index(item.capacity), item.type, item.code)))
