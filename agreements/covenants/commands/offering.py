"""Putting a version up for signature, and taking that back. Signing is in agreements.signing, loading in loading.py."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.covenants.commands.entering import named_after
from agreements.covenants.commands.loading import CovenantRefused
from agreements.covenants.commands.shared import Event, finish
from agreements.covenants.drawing_up import Drawn, draw_up
from agreements.covenants.epoch import lock_epoch
from agreements.covenants.models import Covenant, CovenantVersion, Signature
from agreements.covenants.rules import Author, State
from agreements.covenants.vouching import row_of
from audit.journal.entry import Action
from audit.journal.scope import write_scope
from audit.ports import Row
from foundation import clock
from foundation.errors import Invalid


@transaction.atomic
def offer_version(document_text: str, *, parties: Mapping[str, str], by: Author) -> CovenantVersion:
    """A version for signature: its canonical document with SHA-256, and an empty place for every party.

    document_text: the YAML. parties: agency code -> capacity, the bureau included (it need not sign). The term is
    the one stated in the text; who completes the signatures works out the moment from which it rules.

    Raises:
        CovenantRefused: something is against it (draw_up), with all findings; nothing was written.
        Invalid: this number of this covenant exists, in whatever state.
    """
    lock_epoch()
    places = [{"agency": code, "capacity": capacity} for code, capacity in parties.items()]
    drawn, findings = draw_up(document_text, {"signatures": places})
    if drawn is None:
        raise CovenantRefused(findings)
    if drawn.known is not None:
        raise Invalid(
            _("Versie %(n)d van %(code)s bestaat al.") % {"n": drawn.document.version, "code": drawn.document.code},
            remedy=_("Geef de tekst een nieuw nummer."),
            field="version",
        )
    with write_scope(reason="covenant.offered"):
        version = _write(drawn)
        rows = tuple(map(row_of, (version, *version.signatures.all())))
        finish(by, [_event("covenant.offered", Action.CREATE, version, rows=rows)])
    return version


@transaction.atomic
def withdraw_offer(version: CovenantVersion, *, by: Author, reason: str) -> CovenantVersion:
    """Take a version out of signing. Its places stay, signed or not: as evidence, for they no longer bind.

    Raises Invalid: it is not up for signature (any more).
    """
    lock_epoch()
    found = CovenantVersion.objects.select_for_update(of=("self",)).select_related("covenant").get(pk=version.pk)
    if found.state != State.FOR_SIGNATURE:
        raise Invalid(
            _("Deze versie ligt niet (meer) ter ondertekening."),
            remedy=_("Een getekende versie eindigt door een volgende, of door beëindiging."),
            field="version",
        )
    found.state = State.WITHDRAWN
    with write_scope(reason="covenant.offer_withdrawn"):
        found.save(update_fields=["state"])
        rows = (row_of(found),)
        finish(by, [_event("covenant.offer_withdrawn", Action.UPDATE, found, reason=reason, rows=rows)])
    return found


def _write(drawn: Drawn) -> CovenantVersion:
    document = drawn.document
    covenant, _new = Covenant.objects.get_or_create(code=document.code, defaults=named_after(document))
    now = clock.now()
    version = CovenantVersion.objects.create(
        covenant=covenant,
        number=document.version,
        text=drawn.text,
        document=drawn.canonical,
        sha256=drawn.sha256,
        starts=clock.start_of(document.term.from_),
        ends=drawn.ends,
        state=State.FOR_SIGNATURE,
        loaded_at=now,
    )
    Signature.objects.bulk_create(
        Signature(version=version, agency=agency, capacity=item.capacity, recorded_at=now)
        for item, agency in drawn.signers
    )
    return version


def _event(type_: str, action: Action, version: CovenantVersion, *, rows: tuple[Row, ...], reason: str = "") -> Event:
    detail: dict[str, str | int] = {"version": version.number, "sha256": version.sha256}
    return Event(type=type_, action=action, covenant=version.covenant.code, detail=detail, reason=reason, rows=rows)
