"""Loading a version of a covenant with its signatures: all of it or nothing. What is against it: drawing_up.py."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from agreements.covenants.commands.entering import About, Signer, enter_into_force, named_after
from agreements.covenants.commands.shared import Event, finish
from agreements.covenants.drawing_up import Drawn, draw_up, same_signature
from agreements.covenants.epoch import lock_epoch
from agreements.covenants.models import Covenant, CovenantVersion, Signature
from agreements.covenants.rules import Author, Outcome, State
from agreements.covenants.schemas import SignatureItem
from agreements.covenants.vouching import row_of
from agreements.parties.models import Agency
from agreements.policy.document import Finding
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from audit.ports import Row
from foundation import clock
from foundation.errors import Invalid


class CovenantRefused(Invalid):
    """The covenant cannot be loaded; `findings` says everything that is against it."""

    code = "covenant_refused"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = tuple(finding for finding in findings if finding.severity == "error")
        first = errors[0]
        super().__init__(
            first.message,
            errors=tuple((f"regel {f.line}" if f.line else "", f"{f.message} {f.remedy}") for f in errors),
            remedy=first.remedy,
            article=first.article,
        )
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What loading did. starts, ends: [from, until) in which the version rules, or would. warnings: worth a look."""

    code: str
    number: int
    outcome: Outcome
    starts: datetime
    ends: datetime | None
    warnings: tuple[Finding, ...]


def check_covenant(document_text: str, signatures_data: Mapping[str, Any] | None) -> tuple[Finding, ...]:
    """Everything that is against loading this covenant, and what is worth a look. Leaves no trace."""
    return draw_up(document_text, signatures_data)[1]


@transaction.atomic
def load_covenant(document_text: str, signatures_data: Mapping[str, Any] | None, *, by: Author) -> Loaded:
    """Load one version of a covenant with its signatures; it rules from its start once all have signed.

    document_text: the YAML. signatures_data: the parsed file of signatures (schemas.py), or None.
    The same text and signatures again change nothing. A later version ends the one before it at its own
    start, and an agency that is not among its parties leaves at that moment.

    Raises:
        CovenantRefused: with all findings; nothing was written.
    """
    lock_epoch()
    drawn, findings = draw_up(document_text, signatures_data)
    if drawn is None:
        raise CovenantRefused(findings)
    outcome = _outcome(drawn)
    if outcome is not Outcome.UNCHANGED:
        with write_scope(reason="covenant.loaded"):
            finish(by, _write(drawn))
    return Loaded(
        code=drawn.document.code,
        number=drawn.document.version,
        outcome=outcome,
        starts=drawn.starts,
        ends=drawn.ends,
        warnings=findings,
    )


def _outcome(drawn: Drawn) -> Outcome:
    known = drawn.known
    if known is None:
        return Outcome.IN_FORCE if drawn.is_complete else Outcome.FOR_SIGNATURE
    if known.state == State.AGREED or not _has_news(drawn, known):
        return Outcome.UNCHANGED
    return Outcome.IN_FORCE if drawn.is_complete else Outcome.SIGNED


def _has_news(drawn: Drawn, known: CovenantVersion) -> bool:
    """Whether the file of signatures names other places, or a signature that is not stored yet."""
    places = {row.agency_id: row for row in known.signatures.all()}
    if {agency.pk for _item, agency in drawn.signers} != set(places):
        return True
    waiting = [(item, places[agency.pk]) for item, agency in drawn.signers if not places[agency.pk].signed_on]
    return any(item.signed_on or not same_signature(place, item) for item, place in waiting)


def _write(drawn: Drawn) -> list[Event]:
    """The rows of a version; returns what happened, in order."""
    covenant = _covenant(drawn)
    about = About(code=covenant.code, number=drawn.document.version, sha256=drawn.sha256)
    events = [] if drawn.known else [about.event("covenant.loaded", Action.CREATE)]
    version = drawn.known or CovenantVersion(
        covenant=covenant,
        number=drawn.document.version,
        text=drawn.text,
        document=drawn.canonical,
        sha256=drawn.sha256,
        state=State.FOR_SIGNATURE,
        loaded_at=clock.now(),
    )
    version.starts, version.ends = drawn.starts, drawn.ends
    version.save()
    signed, places = _sign(version, drawn, about)
    events += signed
    if drawn.is_complete:
        signers = [
            Signer(agency=agency, capacity=item.capacity, signed_from=item.signed_from)
            for item, agency in drawn.signers
        ]
        events += enter_into_force(version, signers, at=drawn.starts)
    # The file may change nothing but who is asked to sign.
    first, *others = events or [about.event("covenant.loaded", Action.UPDATE)]
    return [replace(first, rows=(*first.rows, row_of(version), *places)), *others]


def _covenant(drawn: Drawn) -> Covenant:
    known = named_after(drawn.document)
    covenant, _is_new = Covenant.objects.get_or_create(code=drawn.document.code, defaults=known)
    return covenant


def _sign(version: CovenantVersion, drawn: Drawn, about: About) -> tuple[list[Event], list[Row]]:
    """Places for the signatures of this version, as the file has them now; an event for each new signature.

    Also returns the rows that came, changed or went.
    """
    before: dict[int, date | None] = dict(version.signatures.values_list("agency_id", "signed_on"))
    listed = [agency.pk for _item, agency in drawn.signers]
    dropped = version.signatures.filter(signed_on=None).exclude(agency_id__in=listed)
    rows = [row_of(place) for place in dropped]
    dropped.delete()
    events = []
    for item, agency in drawn.signers:
        if before.get(agency.pk) is None:
            rows.append(row_of(_place(version, item, agency)))
            if item.signed_on is not None:
                said = {"agency": agency.code, "signed_on": item.signed_on.isoformat()}
                events.append(about.event("covenant.signed", Action.EXECUTE, **said))
    return events, rows


def _place(version: CovenantVersion, item: SignatureItem, agency: Agency) -> Signature:
    made, _is_new = Signature.objects.update_or_create(
        version=version,
        agency=agency,
        defaults={
            "capacity": item.capacity,
            "signatory": item.signatory,
            "mandate": item.mandate,
            "signed_on": item.signed_on,
            "recorded_at": clock.now(),
        },
    )
    return made
