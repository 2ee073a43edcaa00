"""The log of the demo: keys and policy are made once, ports are kept while they are free."""

import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.proofs.note_keys import COSIGNATURE, LOG
from audit.proofs.policy import parse_policy
from deploy.demo_log import WITNESSES, prepare


def test_a_second_start_keeps_keys_and_ports_and_gives_way_to_who_took_one(tmp_path: Path) -> None:
    first = prepare(tmp_path)
    assert parse_policy((tmp_path / "log-policy.txt").read_bytes()) == first
    assert prepare(tmp_path) == first
    assert [one.name for one in first.witnesses] == list(WITNESSES)
    assert (first.logs[0].key.kind, {one.key.kind for one in first.witnesses}) == (LOG, {COSIGNATURE})
    assert not first.is_met_by(WITNESSES[:1])
    assert first.is_met_by(WITNESSES)

    port = int((tmp_path / "witnesses" / WITNESSES[0] / "port").read_text())
    with socket.create_server(("127.0.0.1", port)):
        moved = prepare(tmp_path)

    assert moved.witnesses[0].url != first.witnesses[0].url
    assert moved.witnesses[1] == first.witnesses[1]
    assert [one.key for one in moved.witnesses] == [one.key for one in first.witnesses]


def test_the_policy_of_an_installation_is_written_from_public_keys(tmp_path: Path, settings: object) -> None:
    made = prepare(tmp_path)
    settings.LOG_SIGNER_SOCKET, settings.LOG_SIGNER_DIRECTORY = "", tmp_path / "signer"  # type: ignore[attr-defined]
    target = tmp_path / "policy.txt"
    given = [["--witness", one.name, str(one.key), one.url] for one in made.witnesses]

    call_command("log_policy", *given[0], *given[1], "--output", str(target), verbosity=0)
    assert parse_policy(target.read_bytes()) == made
    call_command("log_policy", *given[0], *given[1], "--quorum", "1", "--output", str(target), verbosity=0)
    assert parse_policy(target.read_bytes()).is_met_by(["gemeente"])

    with pytest.raises(CommandError, match="quorum"):
        call_command("log_policy", *given[0], "--quorum", "2", "--output", str(target), verbosity=0)
    with pytest.raises(CommandError):
        call_command("log_policy", "--witness", "politie", "zqx", "http://x", "--output", str(target), verbosity=0)
    assert parse_policy(target.read_bytes()).is_met_by(["gemeente"]), "what went wrong left the file as it was"
