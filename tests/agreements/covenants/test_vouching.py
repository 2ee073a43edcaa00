"""Covenants in a bundle: the verifier compares versions, signatures, parties and suspensions with the journal."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from agreements.covenants.commands import resume_covenant, suspend_covenant, withdraw_party
from agreements.covenants.models import CovenantVersion, Party, Signature, Suspension
from agreements.models import Agency
from audit.models import Entry
from audit.signer.core import LocalSigner
from tests.agreements.covenants.world import BY, PGA, house, load
from tests.agreements.vouched import not_vouched_for
from tests.audit.integrity.conftest import fresh_lanes, signer
from tests.audit.integrity.steps import bundled, seal_and_sign, verify
from tests.audit.sealing.steps import tamper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("organisations")]
__all__ = ["fresh_lanes", "signer"]
ROWS = "history.ndjson"


@pytest.fixture
def organisations() -> None:
    """As `house`, without its look afterwards: here rows are changed behind the journal's back."""
    house()


def checked(place: Path, *more: str) -> Any:
    folder = bundled(place, "--with-history", *more)
    return verify("history", folder, str(folder / ROWS))


def test_the_verifier_finds_every_change_of_a_covenant_that_has_no_entry(signer: LocalSigner, tmp_path: Path) -> None:
    load()
    suspend_covenant(PGA, reason="proef", by=BY)
    resume_covenant(PGA, by=BY)
    seal_and_sign(signer)
    told = checked(tmp_path / "honest")
    assert told.returncode == 0, told.stdout
    rows = sum(model.objects.count() for model in (CovenantVersion, Signature, Party, Suspension))
    assert f"{rows} standing rows are as the last entry about each says" in told.stdout

    version, party, pause = CovenantVersion.objects.get(), Party.objects.first(), Suspension.objects.get()
    place = Signature.objects.exclude(signed_on=None).first()
    assert party
    assert place
    outsider = Agency.objects.exclude(pk__in=Party.objects.values("agency")).first()
    assert outsider
    tamper("UPDATE agreements_covenantversion SET ends = NULL WHERE id = %s", [version.pk])
    tamper("UPDATE agreements_signature SET mandate = 'zqx' WHERE id = %s", [place.pk])
    tamper("DELETE FROM agreements_suspension WHERE id = %s", [pause.pk])
    same = "covenant_id, capacity, starts, ends, facts_stay"
    tamper(
        f"INSERT INTO agreements_party ({same}, agency_id) SELECT {same}, %s FROM agreements_party WHERE id = %s",
        [outsider.pk, party.pk],
    )
    smuggled = Party.objects.latest("pk")

    told = checked(tmp_path / "changed")

    assert told.returncode == 1, told.stdout
    for table, number in (("covenantversion", version.pk), ("signature", place.pk), ("suspension", pause.pk)):
        assert f"row {number} of agreements_{table}, about which entry" in told.stdout
    assert f"no entry vouches for row {smuggled.pk} of agreements_party" in told.stdout


def test_what_changed_after_the_checkpoint_is_told_and_in_the_next_bundle_it_verifies(
    signer: LocalSigner, tmp_path: Path
) -> None:
    load()
    seal_and_sign(signer)
    withdraw_party(PGA, agency="GEM-MD", by=BY, reason="proef")
    suspend_covenant(PGA, reason="een rij die het checkpoint nog niet kent", by=BY)

    told = checked(tmp_path / "early")
    assert told.returncode == 2, told.stdout
    assert "changed after this checkpoint, says who made this: ask for a newer bundle" in told.stdout
    assert "TAMPERED" not in told.stdout

    seal_and_sign(signer)
    assert checked(tmp_path / "later").returncode == 0


def test_covenants_of_before_come_under_the_journal_with_the_migration() -> None:
    load()
    tamper("UPDATE agreements_covenantversion SET number = number + 10")
    assert not_vouched_for()

    with transaction.atomic():
        import_module("agreements.migrations.0005_vouch_for_covenants").vouch(apps, None)

    assert not_vouched_for() == []
    assert Entry.objects.filter(event_type="covenant.vouched").count() == 1
