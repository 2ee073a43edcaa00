"""The verifier stands alone: one file, standard library, Python 3.9, and never a traceback."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audit.proofs import verifier
from tests.audit.proofs.making import log_of
from tests.audit.proofs.test_commands import lines, proof_of, put, request_of

SOURCE = Path(verifier.__file__).read_text("utf-8")
# Modules of the standard library in 3.9 that are on every platform and are still there in 3.14.
IN_39 = {
    "__future__", "argparse", "base64", "binascii", "bisect", "collections", "functools", "hashlib", "json", "os", "re",
    "struct", "sys", "time", "typing",
}  # fmt: skip


def test_it_is_syntax_of_python_39_without_newer_names():
    tree = ast.parse(SOURCE, feature_version=(3, 9))

    for node in ast.walk(tree):
        assert not isinstance(node, ast.Match)
        if isinstance(node, ast.Call):
            # zip(strict=), dataclass(slots=), open(encoding="locale") and sum of bit_count are newer than 3.9.
            assert not {k.arg for k in node.keywords} & {"strict", "slots", "kw_only"}
            assert getattr(node.func, "attr", "") not in {"bit_count", "pairwise", "file_digest"}
            if getattr(node.func, "id", "") in {"isinstance", "issubclass"}:
                assert not isinstance(node.args[1], ast.BinOp)
    # What is annotated `X | Y` is never evaluated; an alias at run time would be.
    assert any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in tree.body)
    aliases = [n.value for n in ast.walk(tree) if isinstance(n, ast.Assign | ast.AnnAssign) and n.value]
    assert not [a for a in aliases if isinstance(a, ast.Subscript) and "|" in ast.unparse(a)]


def test_it_imports_the_standard_library_of_39_only():
    names = set()
    for node in ast.walk(ast.parse(SOURCE)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(node.module)

    assert {name.partition(".")[0] for name in names} <= IN_39


def pythons() -> list[str]:
    """This interpreter, and each other from 3.9 that runs here."""
    found = [sys.executable]
    for minor in (9, 10, 12, 13):
        path = shutil.which(f"python3.{minor}")
        if path and subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            found.append(path)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("python", pythons())
def test_it_runs_alone_on_every_python_that_is_here(python, tmp_path, trust, alone):
    log = log_of(300, versions=1)
    bundle = log.write(tmp_path / "bundle")
    rows = lines(tmp_path / "rows", log.rows)
    old, new = put(tmp_path / "old", log.checkpoint(size=100)), put(tmp_path / "new", log.checkpoint())
    request = put(tmp_path / "request", request_of(log, 100, 300))
    entry, proof = put(tmp_path / "entry", log.bodies[7]), put(tmp_path / "proof", proof_of(log, 7))
    commands = [
        ["bundle", bundle, "--bodies"],
        ["parts", bundle],
        ["history", bundle, rows],
        ["proof", proof, "--entry", entry],
        ["consistency", old, new, "--proof", request],
        ["consistency", old, new, "--bundle", bundle],
    ]

    for command in commands:
        said = alone(*command, "--policy", trust, python=python)
        assert (said.returncode, said.stderr) == (0, ""), said.stdout
        assert said.stdout.endswith("Verdict: VERIFIED (klopt)\n")
    put(bundle / "tile/entries/000", b"\x00")
    put(proof, b"\xff")
    put(new, log.checkpoint()[:-9] + b"\n")
    for command in commands:
        said = alone(*command, "--policy", trust, python=python)
        assert (said.returncode, said.stderr) == (1, ""), said.stdout
        assert said.stdout.endswith("Verdict: TAMPERED (gewijzigd)\n")
    said = alone("bundle", bundle, python=python)
    assert said.returncode == 3
    assert "Traceback" not in said.stderr
    assert alone("--help", python=python).returncode == 0


def test_a_report_that_nobody_reads_is_no_traceback_and_not_verified(tmp_path, trust, alone):
    bundle = log_of(3).write(tmp_path / "bundle")
    alone("--help")
    command = [sys.executable, "-I", "-S", "-u", "verifier.py", "bundle", str(bundle), "--policy", str(trust)]
    with subprocess.Popen(
        command, cwd=tmp_path / "alone", stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={}
    ) as process:
        process.stdout.close()
        errors = process.stderr.read()

    assert (process.returncode, errors) == (2, b"")


def test_a_fault_of_the_verifier_itself_is_neither_verified_nor_tampered(tmp_path, check, capsys, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(verifier, "check_manifest", broken)

    assert check("bundle", log_of(3).write(tmp_path / "bundle")) == 2
    assert "the verifier itself failed (ZeroDivisionError: by zero)" in capsys.readouterr().out
