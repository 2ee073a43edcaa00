"""The page Integrity and its operations, as people and systems meet them."""

from typing import Any

import pytest
from django.test import Client

from audit.integrity.bundles import VERIFIER
from audit.models import Bundle, Contact, Entry, Flaw, Verification
from foundation import clock
from tests.cases.desk import Api, page
from tests.invariants.world import World

pytestmark = pytest.mark.django_db
PAGE = "/privacy/integriteit/"


@pytest.fixture(autouse=True)
def place(tmp_path: Any, settings: Any) -> None:
    settings.BUNDLE_DIR = tmp_path


def looks() -> int:
    return Entry.objects.filter(event_type="integrity.read").count()


def test_an_officer_sees_how_the_log_stands_and_each_look_is_an_entry(world: World) -> None:
    Flaw.objects.create(found_at=clock.now(), kind="witness", size=41, detail="split gemeente")
    before = looks()

    html = page(world, "ineke").get(PAGE).content.decode()

    assert looks() == before + 1
    for shown in ("Getuigen", "Achterstand", "alarm boven 10 s", "split gemeente", "Er zijn twee versies"):
        assert shown in html
    assert "Keur opschonen goed" not in html
    # Renewing what an open page shows is no new look.
    assert "Achterstand" in page(world, "ineke").get(f"{PAGE}stand/").content.decode()
    assert looks() == before + 1


def test_the_page_names_the_witness_that_does_not_answer(world: World, settings: Any, tmp_path: Any) -> None:
    from audit.proofs.note_keys import LOG, SigningKey
    from audit.proofs.policy import Policy, PolicyLog, PolicyWitness
    from audit.witness.core import Witness

    names = ("politie", "gemeente")
    keys = [Witness.create(tmp_path / name, tmp_path / f"{name}.key", name=f"{name}/getuige") for name in names]
    trusted = tuple(PolicyWitness(name, key, "http://127.0.0.1:1") for name, key in zip(names, keys, strict=True))
    settings.LOG_POLICY_FILE = tmp_path / "policy.txt"
    log = SigningKey.generate("house/log", LOG).verifier
    settings.LOG_POLICY_FILE.write_text(Policy((PolicyLog(log),), trusted).text())
    now = clock.now()
    Contact.objects.create(witness="politie", size=1, outcome="cosigned", asked_at=now, confirmed_at=now)
    Contact.objects.create(witness="gemeente", size=1, outcome="unreachable", reason="geen verbinding", asked_at=now)

    html = page(world, "ineke").get(PAGE).content.decode()

    (missing,) = [part for part in html.split("<li") if 'class="is-mis"' in part]
    assert "gemeente" in missing
    assert "niet bereikbaar" in missing


def test_the_verifier_is_handed_out_as_it_is(world: World) -> None:
    answer = page(world, "dirk").get(f"{PAGE}verifier.py")

    assert b"".join(answer) == VERIFIER.read_bytes()  # type: ignore[call-overload]
    assert "attachment" in answer["Content-Disposition"]


def test_a_check_that_does_not_fit_comes_back_with_what_was_typed(world: World) -> None:
    given = {"outcome": "verified", "size": "12", "root": "zqxgeenwortelqzx", "words": ""}

    answer = page(world, "dirk").post(f"{PAGE}controle/", given)

    assert answer.status_code == 422
    assert "zqxgeenwortelqzx" in answer.content.decode()
    assert "Dit is geen wortel." in answer.content.decode()
    assert page(world, "dirk").post(f"{PAGE}controle/", given | {"root": "0" * 64}).status_code == 302
    assert Verification.objects.get().matches is False


def test_pruning_is_proposed_for_all_agencies_only_and_not_when_nothing_is_due(world: World) -> None:
    assert page(world, "dirk").post(f"{PAGE}opschonen/").status_code == 403

    answer = page(world, "ineke").post(f"{PAGE}opschonen/")

    assert answer.status_code == 422
    assert "Er is niets ouder dan zijn bewaartermijn." in answer.content.decode()


def test_the_api_gives_the_same_to_the_same_officers(world: World) -> None:
    before = looks()
    told = Api(world, "dirk", "pga_youth").get("/integrity").json()

    assert looks() == before + 1
    assert told["whole"] is True
    assert {"size", "lag_seconds", "witnesses", "flaws", "bundles"} <= set(told)
    assert Api(world, "ruben", "pga_youth").get("/integrity").status_code == 403
    assert Client().get("/api/v1/integrity").status_code == 401


def test_asking_for_a_bundle_is_an_entry_and_it_is_made_in_the_background(world: World) -> None:
    answer = page(world, "dirk").post(f"{PAGE}bundel/")

    assert answer.status_code == 302
    made = Bundle.objects.get()
    assert made.scope.endswith(made.agency_ref)
    assert Entry.objects.filter(event_type="bundle.ordered").count() == 1
