"""Bundles: whole ones verify, and one changed bit, wherever it stands, never goes by as verified."""

import json
import random
import shutil
from pathlib import Path

import pytest

from audit.proofs import verifier
from audit.proofs.bundle import write_bundle
from audit.proofs.tree import tiles_of
from audit.proofs.verifier import ProofError
from tests.audit.proofs.making import LOG, WITNESSES, Log, log_of, note, policy, text_of

COMMANDS = ("bundle", "parts")


def files(bundle: Path) -> list[Path]:
    return sorted(path for path in bundle.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Log, Path]:
    """A bundle of 300 entries, one of them longer than tlog-tiles has room for; never changed itself."""
    log = log_of(299, versions=0)
    log.add(299, route="r" * 70_000)
    return log, log.write(tmp_path_factory.mktemp("made") / "bundle")


@pytest.fixture
def bundle(made: tuple[Log, Path], tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return Path(shutil.copytree(made[1], tmp_path / "bundle"))


@pytest.mark.parametrize("count", [0, 1, 2, 255, 256, 257, 513])
def test_bundles_of_every_shape_verify(count, tmp_path, check, capsys):
    bundle = log_of(count).write(tmp_path / "bundle")

    assert check("bundle", bundle, "--bodies") == 0
    assert check("parts", bundle) == 0
    assert f"{count} of {count} entries" in capsys.readouterr().out


def test_three_levels_of_tiles_verify(tmp_path, check, capsys):
    log = Log(bodies=[b"{%d}" % number for number in range(65_536 + 300)])
    bundle = log.write(tmp_path / "bundle")

    assert (bundle / "tile/2/000.p/1").stat().st_size == 32
    assert check("bundle", bundle) == 0
    changed = bytearray((bundle / "tile/1/000").read_bytes())
    changed[77 * 32] ^= 1
    (bundle / "tile/1/000").write_bytes(changed)
    assert check("bundle", bundle) == 1
    assert "hash 77 of tile/1/000 is not that of the tile below it" in capsys.readouterr().out


def test_the_report_says_what_was_not_checked(bundle, check, capsys):
    assert check("bundle", bundle) == 0
    said = capsys.readouterr().out

    for words in ("NOT checked", "never written", "add --bodies", "`parts`", "`history`", "fieldset.json"):
        assert words in said
    assert said.endswith("Verdict: VERIFIED (klopt)\n")
    assert "witness w0 cosigned size 300 at 2026-11-18T" in said


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_one_changed_bit_in_any_file_is_never_verified(command, bundle, check, capsys):
    chance = random.Random(6962)
    for path in files(bundle):
        whole = path.read_bytes()
        offsets = {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(16 if command == "bundle" else 5))}
        for offset in sorted(offsets):
            changed = bytearray(whole)
            changed[offset] ^= 1 << chance.randrange(8)
            path.write_bytes(changed)
            code = check(command, bundle)
            assert code == 1, (path, offset, code, capsys.readouterr().out)
        path.write_bytes(whole)
    assert check(command, bundle) == 0


@pytest.mark.slow
def test_a_changed_bit_anywhere_in_a_checkpoint(bundle, check):
    path = bundle / "checkpoint"
    whole = path.read_bytes()
    for offset in range(0, len(whole), 3):
        changed = bytearray(whole)
        changed[offset] ^= 1 << offset % 8
        path.write_bytes(changed)
        assert check("bundle", bundle) == 1, offset


@pytest.mark.slow
def test_truncated_and_prolonged_files_are_never_verified(bundle, check):
    for path in files(bundle):
        whole = path.read_bytes()
        for changed in (b"", whole[:1], whole[: len(whole) // 2], whole[:-1], whole + b"\x00", whole + whole):
            path.write_bytes(changed)
            assert check("bundle", bundle) == 1, (path, len(changed))
        path.write_bytes(whole)


def test_removed_files_make_it_incomplete_or_worse(bundle, check):
    for path in files(bundle):
        whole = path.read_bytes()
        path.unlink()
        assert check("bundle", bundle) == 2, path
        path.mkdir()
        assert check("bundle", bundle) == 2, path
        path.rmdir()
        path.write_bytes(whole)


def test_files_that_belong_to_no_part_of_the_tree_are_told(bundle, check, capsys):
    for name in ("tile/0/007", "tile/entries/000.p/12", "large/005", "tile/x", "tile/9/000"):
        path = bundle / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 32)
        assert check("bundle", bundle) == 1, name
        assert f"1 files in {name.partition('/')[0]}/ belong to no part of this tree" in capsys.readouterr().out
        path.unlink()


def rewrite(bundle: Path, bodies: list[bytes]) -> None:
    """Put these entries in the place of the first 256."""
    (bundle / "tile/entries/000").write_bytes(b"".join(len(b).to_bytes(2, "big") + b for b in bodies))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("removed", lambda b: b[:9] + b[10:]),
        ("removed and replaced at the end", lambda b: [*b[:9], *b[10:], b[0]]),
        ("duplicated", lambda b: [*b[:9], b[8], *b[9:]]),
        ("duplicated over another", lambda b: [*b[:9], b[8], *b[10:]]),
        ("swapped", lambda b: [*b[:9], b[10], b[9], *b[11:]]),
        ("renumbered", lambda b: [*b[:9], b[9].replace(b'"uid":"0', b'"uid":"1'), *b[10:]]),
        ("reversed", lambda b: b[::-1]),
        ("none", lambda b: []),
    ],
)
def test_entries_removed_duplicated_swapped_or_renumbered(name, change, made, bundle, check, capsys):
    rewrite(bundle, change(made[0].bodies[:256]))

    assert check("bundle", bundle) == 1
    said = capsys.readouterr().out
    assert "entry 9 and its hash" in said or "entry 0 and its hash" in said or "exactly 256 whole entries" in said


def test_an_entry_emptied_is_an_entry_that_lacks(made, bundle, check, capsys):
    bodies = made[0].bodies
    rewrite(bundle, [*bodies[:9], b"", *bodies[10:256]])

    assert check("bundle", bundle) == 2
    assert "large/009 is not in the bundle" in capsys.readouterr().out


def test_an_entry_of_no_bytes_is_one_that_tlog_tiles_allows(tmp_path, check):
    assert check("bundle", Log(bodies=[b"", b"a", b""]).write(tmp_path / "bundle")) == 0


def test_an_entry_changed_together_with_its_hash_is_told_by_the_tile_above(made, bundle, check, capsys):
    bodies = list(made[0].bodies[:256])
    bodies[9] = bodies[9].replace(b"agency:zorg", b"agency:gort")
    rewrite(bundle, bodies)
    leaves = [verifier.leaf_hash(body) for body in bodies]
    (bundle / "tile/0/000").write_bytes(b"".join(leaves))

    assert check("bundle", bundle) == 1
    assert "hash 0 of tile/1/000.p/1 is not that of the tile below it" in capsys.readouterr().out


def test_a_tree_made_anew_under_a_checkpoint_that_was_signed_before_is_refused(made, tmp_path, check, capsys):
    """Every file agrees with every other; only the root that the log and the witnesses signed is another."""
    bodies = made[0].bodies
    log = Log(bodies=[*bodies[:9], bodies[10], bodies[9], *bodies[11:]])

    assert check("bundle", log.write(tmp_path / "bundle", checkpoint=made[0].checkpoint())) == 1
    said = capsys.readouterr().out
    assert "TAMPERED (gewijzigd):\n  - the tree has another root than the checkpoint\nNOT" in said


def test_an_insider_with_the_log_s_key_is_stopped_by_the_quorum(made, tmp_path, check, capsys):
    log = Log(bodies=made[0].bodies[1:])
    bundle = log.write(tmp_path / "bundle", checkpoint=log.checkpoint(LOG, WITNESSES[0]))

    assert check("bundle", bundle) == 2
    assert "no quorum" in capsys.readouterr().out


def test_the_bundle_s_own_policy_is_not_used(made, bundle, alone):
    said = alone("bundle", bundle)

    assert (said.returncode, "--policy" in said.stderr) == (3, True)


def test_a_policy_out_of_the_bundle_itself_is_told(made, alone):
    said = alone("bundle", made[1], "--policy", made[1] / "policy.txt")

    assert said.returncode == 0
    assert "you took it out of the bundle itself" in said.stdout


def test_an_absurd_size_is_not_looked_through(made, bundle, check, capsys):
    """Whoever has the log's key signs any size; the one who checks must not wait for it."""
    (bundle / "checkpoint").write_bytes(note(text_of(2**60, b"r" * 32)))

    assert check("bundle", bundle) == 1
    assert "next to nothing of a log of this size" in capsys.readouterr().out


# --- pruned ---


def test_a_pruned_bundle_keeps_its_proof_and_says_what_lacks(tmp_path, check, capsys):
    log = log_of(600)
    bundle = log.write(tmp_path / "bundle", minimum=512)

    assert not (bundle / "tile/entries/000").exists()
    assert check("bundle", bundle) == 2
    said = capsys.readouterr().out
    assert "88 of 600 entries are those under that root" in said
    assert "512 entries are not in the bundle" in said

    (bundle / "tile/0/000").unlink()
    (bundle / "tile/0/001").unlink()
    assert check("bundle", bundle) == 2
    assert "88 of 600 entries are those under that root" in capsys.readouterr().out

    (bundle / "tile/1/000.p/2").unlink()
    assert check("bundle", bundle) == 2
    assert "the root cannot be computed" in capsys.readouterr().out


def test_a_changed_hash_in_a_pruned_part_is_found(tmp_path, check):
    bundle = log_of(600).write(tmp_path / "bundle", minimum=512)
    for name in ("tile/0/000", "tile/0/001", "tile/1/000.p/2"):
        path = bundle / name
        whole = path.read_bytes()
        path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
        assert check("bundle", bundle) == 1
        path.write_bytes(whole)


# --- bodies ---


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b'{"act":{', b'{"act":{"action":"D",', 1),
        lambda body: body.replace(b'"uid"', b'"uid":"0","uid"', 1),
        lambda body: body.replace(b":", b": ", 1),
        lambda body: body + b"\n",
        lambda body: b" " + body,
        lambda body: body.replace(b"persoonsgerichte", b"persoonsgericht\\u0065", 1),
        lambda body: body.replace(b'"schema_v":1', b'"schema_v":1.0', 1),
        lambda body: body.replace(b'"schema_v":1', b'"schema_v":NaN', 1),
        lambda body: body.replace(b'"act"', b'"zzz"', 1),
        lambda body: body.replace(b'"purpose"', b'"a\xff"', 1),
        lambda body: body.replace(b'"subject":"', b'"subject":"X', 1),
        lambda body: body.replace(b'"parts":{', b'"parts":{"x":3,', 1),
        lambda body: body[:-1],
        lambda body: b"[]",
        lambda body: b"null",
        lambda body: b"[" * 60_000,
        lambda body: b'{"act":{},"matter":{"uid":' + b"9" * 5000 + b"}}",
        lambda body: b'{"act":{},"matter":{}}',
    ],
)
def test_a_sealed_body_that_the_journal_did_not_write_is_told_when_bodies_are_read(change, tmp_path, check, capsys):
    """A key that stands twice may be sealed all right; two readers would still read two things in it."""
    log = log_of(3)
    log.bodies[1] = change(log.bodies[1])
    bundle = log.write(tmp_path / "bundle")

    assert check("bundle", bundle) == 0
    assert "the form of each entry" in capsys.readouterr().out
    assert check("bundle", bundle, "--bodies") == 1
    assert "entry 1" in capsys.readouterr().out


def test_the_same_entry_sealed_twice_is_told_when_bodies_are_read(tmp_path, check, capsys):
    log = log_of(3)
    log.bodies.append(log.bodies[1])

    assert check("bundle", log.write(tmp_path / "bundle"), "--bodies") == 1
    assert "entry 3 has no uid, or that of another entry" in capsys.readouterr().out


@pytest.mark.parametrize("length", [65_534, 65_535, 65_536, 200_000])
def test_entries_around_the_largest_length_of_tlog_tiles(length, tmp_path, check):
    log = log_of(1)
    log.add(1, route="")
    log.bodies.pop()
    log.add(1, route="r" * (length - len(log.bodies[0]) - len('"route":"",')))
    assert len(log.bodies[1]) == length
    bundle = log.write(tmp_path / "bundle")

    assert (bundle / "large/001").exists() == (length > 65_535)
    assert check("bundle", bundle, "--bodies") == 0


# --- writing ---


def test_a_bundle_is_written_whole_or_not_at_all(tmp_path):
    log = log_of(5)

    def breaks():
        yield log.bodies[0]
        raise OSError("the disk is full")

    tiles = log.tiles()
    common = {
        "checkpoint": log.checkpoint(), "policy": policy(), "fieldset": {},
        "read": lambda level, index, width: tiles[level, index],
    }  # fmt: skip
    cases = [
        (OSError, {"entries": breaks()}),
        (ProofError, {"entries": log.bodies[:4]}),
        (ProofError, {"entries": [*log.bodies, b"{}"]}),
        (ProofError, {"entries": log.bodies, "read": lambda level, index, width: b""}),
        (ProofError, {"entries": log.bodies, "minimum": 3}),
        (ProofError, {"entries": log.bodies, "minimum": 256}),
        (ProofError, {"entries": log.bodies, "checkpoint": b"no note"}),
    ]
    for error, changed in cases:
        with pytest.raises(error):
            write_bundle(tmp_path / "bundle", **{**common, **changed})
    assert list(tmp_path.iterdir()) == []

    write_bundle(tmp_path / "bundle", **common, entries=log.bodies)
    with pytest.raises(FileExistsError):
        write_bundle(tmp_path / "bundle", **common, entries=log.bodies)
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_what_is_in_a_bundle(made):
    log, bundle = made
    names = {str(path.relative_to(bundle)) for path in files(bundle)}

    assert names == {
        "README.md", "SHA256SUMS", "checkpoint", "fieldset.json", "parts.ndjson", "policy.txt", "large/299",
        "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44",
    }  # fmt: skip
    assert len(list(tiles_of(300))) == 3
    assert json.loads((bundle / "fieldset.json").read_text())["fields"][0]["label_nl"] == "Bijdrage"
    readme = (bundle / "README.md").read_text()
    assert "verifier.py bundle" in readme
    assert str(300) in readme
    assert log.leaves[0] == (bundle / "tile/0/000").read_bytes()[:32]
