"""From the button to a checked copy: what is in a bundle, for whom, for how long, and what the verifier says of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from audit import ports
from audit.integrity import commands, looking, views
from audit.integrity.bundles import sweep
from audit.integrity.export import checkpoint_for
from audit.integrity.models import Bundle, BundleState
from audit.journal.urgency import needs_sealing_at_once
from audit.models import Cosignature, Entry
from audit.proofs.policy import Group, Policy, PolicyLog, PolicyWitness
from audit.signer.core import LocalSigner
from audit.witness.core import Witness
from foundation import clock
from foundation.errors import Invalid, NotFound, SignInNeeded
from tests.audit.integrity.steps import SECOND, bundled, officer, seal_and_sign, verify
from tests.audit.sealing.steps import tamper, write
from tests.audit.stand_ins import POLICE, SCHOOL, TEACHER, ZORRO

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("upper_floor")]


def unpacked(path: Path, place: Path) -> Path:
    with ZipFile(path) as file:
        file.extractall(place)
    (folder,) = place.iterdir()
    return folder


def test_a_bundle_is_asked_for_made_fetched_and_verified(signer: LocalSigner, tmp_path: Path) -> None:
    write(3, subject_ref=ZORRO, reason="zqx waarom qzx")
    made = seal_and_sign(signer)

    uid = commands.order_bundle(officer())
    (ready,) = looking.integrity(officer()).bundles
    assert (ready.state, ready.size, bytes(ready.root)) == (BundleState.DONE, made.size, bytes(made.root))
    _found, path = commands.fetch_bundle(officer(), uid)

    folder = unpacked(path, tmp_path / "out")
    told = verify("bundle", folder, "--bodies")
    assert told.returncode == 0, told.stdout
    assert not any(b"zqx waarom" in file.read_bytes() for file in folder.rglob("*") if file.is_file())
    fetched = Entry.objects.get(event_type="bundle.fetched")
    assert ready.sha256 in bytes(fetched.body).decode()
    assert needs_sealing_at_once(fetched.event_type, False)


def test_a_bundle_is_fetched_by_who_asked_while_it_is_kept(signer: LocalSigner) -> None:
    write()
    seal_and_sign(signer)
    uid = commands.order_bundle(officer())

    with pytest.raises(NotFound):
        commands.fetch_bundle(officer(actor_ref=SECOND), uid)
    with pytest.raises(NotFound):
        commands.fetch_bundle(officer(POLICE), uid)
    _found, path = commands.fetch_bundle(officer(), uid)
    assert sweep(clock.now() + timedelta(hours=25)) == 1
    assert not path.exists()
    with pytest.raises(NotFound):
        commands.fetch_bundle(officer(), uid)


def test_without_a_checkpoint_the_bundle_fails_and_says_so(signer: LocalSigner) -> None:
    commands.order_bundle(officer())

    assert Bundle.objects.get().state == BundleState.FAILED


def test_an_officer_of_one_agency_gets_its_entries_and_of_others_the_hashes_alone(
    signer: LocalSigner, tmp_path: Path
) -> None:
    write(2)
    write(3, agency_ref=SCHOOL, actor_ref=TEACHER)
    seal_and_sign(signer)

    uid = commands.order_bundle(officer(POLICE))
    folder = unpacked(commands.fetch_bundle(officer(POLICE), uid)[1], tmp_path / "out")

    told = verify("bundle", folder, "--bodies")
    assert told.returncode == 2, told.stdout
    assert "3 entries were left out" in told.stdout
    assert not any(TEACHER.encode() in file.read_bytes() for file in folder.rglob("*") if file.is_file())
    # What lies in the scope is still bound: one changed byte of it is found.
    (entries,) = [file for file in (folder / "tile" / "entries").rglob("*") if file.is_file()]
    entries.write_bytes(entries.read_bytes().replace(b"case.read", b"case.reae", 1))
    assert verify("bundle", folder).returncode == 1


def test_parts_and_only_parts_of_the_log_open_its_commitments(signer: LocalSigner, tmp_path: Path) -> None:
    write(2, subject_ref=ZORRO)
    seal_and_sign(signer)
    folder = bundled(tmp_path / "bundle", "--with-parts")

    told = verify("parts", folder)
    assert told.returncode == 0, told.stdout
    assert "2 personal parts are those that the entries bind" in told.stdout
    other = tmp_path / "other.ndjson"
    lines = (folder / "parts.ndjson").read_text().splitlines(keepends=True)
    other.write_text(lines[0].replace('"kind": "subject"', '"kind": "actor"') + lines[1])
    assert verify("parts", folder, "--parts", str(other)).returncode == 1


def test_the_newest_checkpoint_with_enough_witnesses_is_taken(signer: LocalSigner, tmp_path: Path) -> None:
    witness = PolicyWitness("police", Witness.create(tmp_path / "w", tmp_path / "key", name="police.example/w"))
    policy = Policy((PolicyLog(signer.verifier()),), (witness,), (Group("all", 1, ("police",)),), "all").text().encode()
    for size in (1, 2):
        write()
        seal_and_sign(signer)
        if size == 1:
            Cosignature.objects.create(size=1, witness="police", line="—", cosigned_at=clock.now())

    assert checkpoint_for(policy).size == 1
    assert checkpoint_for(b"quorum none\n").size == 2


def test_a_reported_check_is_compared_with_this_log(signer: LocalSigner) -> None:
    write(3)
    made = seal_and_sign(signer)
    root = bytes(made.root).hex()

    commands.record_verification(officer(), outcome="verified", size=3, root=f" {root.upper()} ", words="thuis")
    commands.record_verification(officer(), outcome="verified", size=3, root="00" * 32)
    commands.record_verification(officer(), outcome="tampered", size=9, root=root)

    assert [one.matches for one in looking.integrity(officer()).verifications] == [False, False, True]
    for wrong in ({"root": "zqx"}, {"size": 0}, {"outcome": "fine"}):
        given: dict[str, Any] = {"outcome": "verified", "size": 3, "root": root, **wrong}
        with pytest.raises(Invalid) as told:
            commands.record_verification(officer(), **given)
        assert told.value.field == next(iter(wrong))


def test_a_tree_that_is_not_whole_is_said_and_does_not_break_the_page(signer: LocalSigner) -> None:
    write(3)
    seal_and_sign(signer)
    tamper("DELETE FROM audit_leaf WHERE seq = 1")

    found = looking.integrity(officer()).state

    assert (found.whole, found.root) == (False, b"")


def test_a_session_that_is_not_fresh_fetches_no_bundle(signer: LocalSigner) -> None:
    def stale(request: HttpRequest) -> None:
        raise SignInNeeded("te lang geleden")

    write()
    seal_and_sign(signer)
    uid = commands.order_bundle(officer())
    request = RequestFactory().get("/privacy/integriteit/bundel/")
    request.visit = officer().visitor  # type: ignore[attr-defined]
    assert b"".join(views.bundle(request, uid))[:2] == b"PK"  # type: ignore[arg-type]
    ports.supply("sessions", ports.Supply(check_fresh=stale))

    with pytest.raises(SignInNeeded):
        views.bundle(request, uid)

    assert Entry.objects.filter(event_type="bundle.fetched").count() == 1
