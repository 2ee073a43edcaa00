"""Operations basics: secrets, the deployment check, health, log lines, error pages, cookies and headers."""

import asyncio
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client

from deploy.logs import JsonFormatter, NotWhoLeft

ROOT = Path(__file__).resolve().parent.parent.parent
SECRETS = {
    "SECRET_KEY": "vK3-" + "wq7Zt_x2" * 8,
    "JOURNAL_KEY": "ab" * 32,
    "FILES_KEY": "cd" * 32,
    "DATABASE_URL": "postgres://verbond@db.example/verbond",
    "REDIS_URL": "redis://cache.example/0",
    "ALLOWED_HOSTS": "verbond.example",
}


def _token_key() -> str:
    from foundation.jose import new_key

    return json.dumps(new_key())


def _manage(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "deploy.settings.production", **env}
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=clean, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("missing", [*SECRETS, "TOKEN_KEY"])
def test_production_refuses_to_start_without_a_secret_and_says_which(missing: str) -> None:
    env = {**SECRETS, "TOKEN_KEY": _token_key()}
    env.pop(missing)

    ran = _manage("check", env=env)

    assert ran.returncode != 0
    assert f"{missing} is not set" in ran.stderr


def test_production_refuses_a_short_secret_key() -> None:
    ran = _manage("check", env={**SECRETS, "TOKEN_KEY": _token_key(), "SECRET_KEY": "short"})

    assert ran.returncode != 0
    assert "shorter than 50" in ran.stderr


def test_the_deployment_check_is_clean() -> None:
    ran = _manage("check", "--deploy", "--fail-level", "WARNING", env={**SECRETS, "TOKEN_KEY": _token_key()})

    assert ran.returncode == 0, ran.stderr


def test_the_deployment_check_fails_while_the_demo_is_on() -> None:
    ran = _manage("check", "--deploy", env={**SECRETS, "TOKEN_KEY": _token_key(), "VERBOND_DEMO": "1"})

    assert ran.returncode != 0
    assert "agreements.E001" in ran.stderr


@pytest.mark.django_db
def test_health_says_fit(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_health_names_the_part_that_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "get", lambda key: None)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "away": ["cache"]})


def test_a_log_line_has_the_route_and_no_path_no_person() -> None:
    record = logging.LogRecord("verbond.request", logging.INFO, "x.py", 1, "request", None, None)
    record.__dict__.update(route="case", status=200, path="/casus/MD-2026-0418/", user="Ruben Kok")

    line = json.loads(JsonFormatter().format(record))

    assert line["route"] == "case"
    assert "MD-2026-0418" not in str(line)
    assert "Ruben" not in str(line)


def test_a_logged_fault_has_its_place_and_not_its_values() -> None:
    try:
        raise ValueError("Jayden Bovenwater 999990007")
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "x.py", 1, "%s: %s", ("500", "/casus/x/"), sys.exc_info()
        )

    line = JsonFormatter().format(record)

    assert "ValueError" in line
    assert "Jayden" not in line
    assert "/casus/x/" not in line


@pytest.mark.parametrize(
    ("logger", "error", "said"),
    [
        ("asyncio", asyncio.CancelledError(), False),
        ("asyncio", RuntimeError("broken"), True),
        ("verbond.request", asyncio.CancelledError(), True),
        ("asyncio", None, True),
    ],
)
def test_who_leaves_while_a_page_is_made_is_no_error(logger: str, error: BaseException | None, said: bool) -> None:
    given = (type(error), error, None) if error else None
    record = logging.LogRecord(logger, logging.ERROR, "x.py", 1, "Future exception was never retrieved", (), given)
    assert NotWhoLeft().filter(record) is said


@pytest.mark.django_db
def test_pages_carry_a_strict_policy_and_are_not_kept(client: Client) -> None:
    answer = client.get("/inloggen/", HTTP_HOST="localhost")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"].startswith("no-store") or "no-cache" in answer.headers["Cache-Control"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_an_unknown_address_gets_a_page_in_dutch_and_a_document_in_the_api(client: Client) -> None:
    page, document = client.get("/bestaat-niet/"), client.get("/api/v1/bestaat-niet")

    assert page.status_code == 404
    assert "er niet, of niet voor u" in page.content.decode() or "bestaat niet, of niet voor u" in page.content.decode()
    assert document.status_code == 404
    assert document.headers["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_store_that_is_away_answers_503_and_says_that_nothing_was_kept(client: Client) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("database is locked")

    with connection.execute_wrapper(away):
        answer = client.get("/inloggen/", HTTP_HOST="localhost")

    assert answer.status_code == 503
    assert "niets opgeslagen" in answer.content.decode()
