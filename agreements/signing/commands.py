"""Signing a version, and saying that one will not. Keys are in key_commands.py, what is against it in place.py.

What is refused is journalled apart: the entry stays though the transaction it speaks of is rolled back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.commands.entering import Signer, about, enter_into_force
from agreements.covenants.commands.shared import author_of, finish, journal
from agreements.covenants.epoch import current_epoch, lock_epoch
from agreements.covenants.queries import version_for
from agreements.covenants.rules import State
from agreements.covenants.vouching import row_of
from agreements.parties.reader import Visit
from agreements.signing import keys, tasks
from agreements.signing.certificates import read_certificate, was_valid
from agreements.signing.keys import KeyRefused
from agreements.signing.models import SigningKey
from agreements.signing.place import (
    Place,
    bytes_stand,
    check_may_sign,
    place_for,
    required,
    start_if_completed,
    statement_for,
)
from agreements.signing.refusals import SignatureRefused
from agreements.signing.statement import Statement, StatementUnreadable, kid_of, open_signed, sign
from audit.journal.apart import append_apart
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.scope import write_scope
from foundation import clock
from foundation.clock import AMSTERDAM
from foundation.errors import Invalid
from foundation.jose import TokenRefused

WINDOW = timedelta(minutes=15)
"""How old a statement may be that was signed elsewhere."""
_LONGEST = 200

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a signature did. starts: the moment from which the version rules, when it was the last one.

    waiting: how many parties must still sign.
    """

    kid: str
    waiting: int
    starts: datetime | None


def sign_version(
    visit: Visit, code: str, number: int, *, mandate: str, confirm_sha256: str, agrees: bool = True
) -> Signed:
    """Sign a version for the visit's agency, with the key that this installation keeps for the signatory.

    confirm_sha256: the hash of what the signatory was shown. The caller has seen to a fresh strong sign-in.
    When this was the last signature that was needed, the version rules from its term on, or from now.

    Raises:
        Invalid: no mandate, or not said that the text was read.
        SignatureRefused, KeyRefused: with why; journalled. NotFound: no such version for this visit.
    """

    def act() -> Signed:
        place, now = place_for(visit, code, number), clock.now()
        check_may_sign(place, now)
        if confirm_sha256 != place.version.sha256 or not bytes_stand(place.version):
            raise SignatureRefused("other_bytes")
        words = _clean(mandate, agrees=agrees)
        with write_scope(reason="covenant.signed"):
            person, agency = place.membership.professional, place.row.agency
            key = keys.signing_key(person, agency, by=author_of(visit))
            # Not before the key's certificate, which may have been made just now.
            statement = statement_for(place, mandate=words, at=max(now, key.made_at))
            return _place_signature(visit, place, statement, sign(statement, keys.private_jwk(key)), key)

    return _attempt(visit, code, number, act)


def submit_signature(visit: Visit, code: str, number: int, *, jws: str) -> Signed:
    """Place a signature that a party made with its own registered key over the statement of this place.

    Everything in the statement but mandate and moment is fixed (`place.statement_for`).

    Raises: as sign_version.
    """

    def act() -> Signed:
        place, now = place_for(visit, code, number), clock.now()
        check_may_sign(place, now)
        person, agency = place.membership.professional, place.row.agency
        key = keys.own_key(person, agency, kid_of(jws))
        statement = _opened(jws, key)
        _check_statement(statement, statement_for(place, mandate="-", at=now), now)
        if not was_valid(read_certificate(key.certificate), statement.moment):
            raise SignatureRefused("signed_at_off")
        if not bytes_stand(place.version):
            raise SignatureRefused("other_bytes")
        with write_scope(reason="covenant.signed"):
            return _place_signature(visit, place, statement, jws, key)

    return _attempt(visit, code, number, act)


def decline_version(visit: Visit, code: str, number: int, *, reason: str) -> None:
    """Say that the visit's agency will not sign this version, and why. It may still sign later.

    Raises: Invalid: no reason. SignatureRefused, NotFound: as sign_version; journalled.
    """

    def act() -> None:
        place = place_for(visit, code, number)
        check_may_sign(place, clock.now())
        said = reason.strip()
        if not said:
            raise Invalid(_("Schrijf waarom uw organisatie niet tekent."), field="reason")
        if len(said) > 500:
            raise Invalid(_("Houd de reden onder 500 tekens."), field="reason")
        row = place.row
        row.declined_at, row.reason, row.recorded_at = clock.now(), said, clock.now()
        with write_scope(reason="covenant.signature_declined"):
            row.save(update_fields=["declined_at", "reason", "recorded_at"])
            told = about(place.version).event("covenant.signature_declined", Action.UPDATE, agency=row.agency.code)
            journal(author_of(visit), [replace(told, reason=said, rows=(row_of(row),))])

    _attempt(visit, code, number, act)


def note_read(visit: Visit, code: str, number: int) -> None:
    """Journal that a signatory opened a version that awaits their signature. Raises as place_for."""
    with transaction.atomic():
        place = place_for(visit, code, number)
        told = about(place.version).event("covenant.offer_read", Action.READ, agency=place.row.agency.code)
        journal(author_of(visit), [told])


def statement_to_sign(visit: Visit, code: str, number: int, *, mandate: str) -> Statement:
    """What this visit states when it signs at this moment, for who signs elsewhere. Raises: as sign_version."""

    def act() -> Statement:
        place, now = place_for(visit, code, number), clock.now()
        check_may_sign(place, now)
        return statement_for(place, mandate=_clean(mandate, agrees=True), at=now)

    return _attempt(visit, code, number, act)


def ask_for_pdf(visit: Visit, code: str, number: int) -> None:
    """Have the sealed PDF made of a version that has none; a second time does nothing.

    Raises NotFound: no such version for this visit. Invalid: not everybody signed.
    """
    version = version_for(code, number, agency_id=visit.agency.id)
    if version.state != State.AGREED:
        raise Invalid(_("Deze versie is nog niet door iedereen getekend."), remedy=_("De PDF komt daarna vanzelf."))
    tasks.seal_later(version.pk)


def _attempt(visit: Visit, code: str, number: int, act: Callable[[], Done]) -> Done:
    """Run an act under the lock, in one transaction; a refusal is journalled after its rollback."""
    try:
        with transaction.atomic():
            lock_epoch()
            return act()
    except (SignatureRefused, KeyRefused) as refused:
        append_apart([_refusal(visit, code, number, refused.why)])
        if refused.why == "no_place":
            # To an agency that has nothing to do with it, the covenant does not exist.
            version_for(code, number, agency_id=visit.agency.id)
        raise


def _place_signature(visit: Visit, place: Place, statement: Statement, jws: str, key: SigningKey) -> Signed:
    """Fill the place, and let the version begin when it was the last one. In a write scope."""
    row, now = place.row, clock.now()
    row.signatory, row.mandate = statement.signatory, statement.mandate
    row.professional, row.jws, row.certificate = place.membership.professional, jws, key.certificate
    row.signed_at, row.signed_on = statement.moment, statement.moment.astimezone(AMSTERDAM).date()
    row.declined_at, row.reason, row.recorded_at = None, "", now
    row.save()
    by = author_of(visit)
    said = {"agency": row.agency.code, "signed_on": row.signed_on.isoformat(), "kid": key.kid}
    told = about(place.version).event("covenant.signed", Action.EXECUTE, **said)
    events = [replace(told, rows=(row_of(row),))]
    # `row` is one of `places`, so what it says now counts.
    waiting = [item for item in required(place.places) if item.signed_on is None]
    if waiting:
        journal(by, events)
        return Signed(kid=key.kid, waiting=len(waiting), starts=None)
    starts = start_if_completed(place.version, now)
    # Everybody signed before this moment, so everybody is bound from the start.
    signers = [Signer(agency=item.agency, capacity=item.capacity, signed_from=None) for item in place.places]
    events += enter_into_force(place.version, signers, at=starts)
    finish(by, events)
    version_id = place.version.pk
    transaction.on_commit(lambda: tasks.seal_later(version_id), robust=True)
    return Signed(kid=key.kid, waiting=0, starts=starts)


def _opened(jws: str, key: SigningKey) -> Statement:
    try:
        return open_signed(jws, read_certificate(key.certificate))
    except (TokenRefused, StatementUnreadable) as wrong:
        raise SignatureRefused("bad_signature") from wrong


def _check_statement(given: Statement, expected: Statement, now: datetime) -> None:
    if given.document_sha256 != expected.document_sha256:
        raise SignatureRefused("other_bytes")
    if given.without_own_words() != expected.without_own_words():
        raise SignatureRefused("statement_differs")
    if not now - WINDOW <= given.moment <= now:
        raise SignatureRefused("signed_at_off")


def _clean(mandate: str, *, agrees: bool) -> str:
    """The mandate as one line. Raises Invalid: none, too long, or not said that the text was read."""
    words = " ".join(mandate.split())
    if not words or not words.isprintable():
        raise Invalid(
            _("Noem het mandaat waarmee u tekent."),
            remedy=_("Bijvoorbeeld: mandaatbesluit college van B&W 2024-118."),
            field="mandate",
        )
    if len(words) > _LONGEST:
        raise Invalid(_("Houd het mandaat onder 200 tekens."), field="mandate")
    if not agrees:
        raise Invalid(_("Vink aan dat u de tekst heeft gelezen en ermee instemt."), field="agrees")
    return words


def _refusal(visit: Visit, code: str, number: int, why: str) -> Entry:
    by = author_of(visit)
    return Entry(
        event_type="covenant.signature_refused",
        action=Action.EXECUTE,
        outcome=Outcome.REFUSED,
        actor_ref=by.actor_ref,
        actor_name=by.name,
        agency_ref=by.agency_ref,
        policy_epoch=current_epoch().number,
        detail={"covenant": code, "version": number, "why": why},
        trace_id=by.trace_id,
    )
