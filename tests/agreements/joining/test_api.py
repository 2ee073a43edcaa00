"""Steps over the API: read with a token, done with a signature of the signatory's own registered key."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import transaction
from django.test import Client

from agreements.covenants.commands.shared import author_of
from agreements.covenants.models import Suspension
from agreements.joining.signed_steps import payload_of
from agreements.models import Membership
from agreements.parties.models import Agency, Professional
from agreements.parties.tokens import issue_token
from agreements.signing import keys
from agreements.signing.statement import TYPE, moment_text
from audit.journal.scope import write_scope
from foundation import clock, jose
from foundation.canonical import canonical_bytes
from tests.agreements.joining.world import PGA, agree, ask, events, last_refusal, load, motion, party, visit

pytestmark = pytest.mark.usefixtures("house")
BASE = f"/api/v1/covenants/{PGA}"


class Partner:
    """A signatory whose own system calls the API with a key of its own."""

    def __init__(self, key: str) -> None:
        self.visit = visit(key)
        self._private = ec.generate_private_key(ec.SECP256R1())
        person, agency = Professional.objects.get(demo_key=key), Agency.objects.get(pk=self.visit.agency.id)
        with transaction.atomic(), write_scope(reason="test"):
            keys.register_key(person, agency, self._private.public_key(), by=author_of(self.visit))
        membership = Membership.objects.filter(professional=person).select_related("agency", "professional")[0]
        self._token = issue_token(membership, purpose="pga_youth").token

    def get(self, path: str) -> Any:
        return Client(HTTP_HOST="localhost").get(BASE + path, headers=self._headers())

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return Client(HTTP_HOST="localhost").post(
            BASE + path, body, content_type="application/json", headers=self._headers()
        )

    def step(self, path: str, step: str, body: dict[str, Any], **about: str) -> Any:
        """Sign a step as it stands and send it."""
        return self.post(path, {**body, **self.signed(step, {**body, **about})})

    def signed(self, step: str, arguments: dict[str, Any]) -> dict[str, str]:
        moment = moment_text(clock.now())
        payload = payload_of(self.visit, PGA, step=step, arguments=arguments, signed_at=moment)
        return {"signed_at": moment, "jws": self.seal(payload)}

    def seal(self, payload: bytes) -> str:
        pem = self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        return jose.seal_es256(payload, jose.private_key_of(pem), typ=TYPE)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}


def test_a_token_is_enough_to_read() -> None:
    load()
    ask()
    found = Partner("margot").get("/parties").json()

    assert [line["agency"]["code"] for line in found["parties"]][-1] == "ZVH-MD"
    assert found["term"]["last_day"] == "2027-12-31"
    assert {step["step"]: step["may"] for step in found["steps"]}["suspend"] is False
    listed = Partner("hilde").get("/motions").json()
    assert [(item["kind"], item["state"], len(item["awaited"])) for item in listed] == [("accession", "open", 4)]
    assert Partner("otto").get(f"/motions/{motion().uid}").json()["by"]["code"] == "JB-MD"


def test_a_step_without_a_signature_is_refused_with_what_to_do_and_journalled() -> None:
    load()
    answer = Partner("hilde").post("/suspensions", {"reason": "datalek"})

    assert answer.status_code == 403
    assert "eigen handtekening" in answer.json()["detail"]
    assert last_refusal().event_type == "step.refused"
    assert not Suspension.objects.exists()


def test_a_signed_step_is_done() -> None:
    load()
    police = Partner("hilde")

    begun = police.step("/suspensions", "suspend", {"reason": "datalek", "starts": None, "ends": None})
    assert begun.status_code == 200, begun.content
    assert begun.json()["suspension"]["when"] == "now"
    assert police.step("/suspensions/end", "resume", {"reason": "opgelost"}).json()["suspension"] is None
    gone = police.step("/withdrawal", "withdraw", {"reason": "x", "last_day": None})
    assert gone.status_code == 200
    assert party("POL-MD").ends is not None
    assert police.step("/withdrawal/revocation", "revoke", {"reason": "toch niet"}).status_code == 200
    assert party("POL-MD").ends is None


@pytest.mark.parametrize("change", ["step", "arguments", "moment", "key", "nothing"])
def test_a_signature_under_anything_else_is_refused(change: str) -> None:
    load()
    police, body = Partner("hilde"), {"reason": "datalek", "starts": None, "ends": None}
    signed = police.signed("resume" if change == "step" else "suspend", body)
    if change == "arguments":
        body["reason"] = "iets anders"
    if change == "moment":
        signed["signed_at"] = "2020-01-01T00:00:00Z"
    if change == "key":
        signed = Partner("otto").signed("suspend", body)
    if change == "nothing":
        signed["jws"] = "geen.echte.handtekening"

    assert police.post("/suspensions", {**body, **signed}).status_code == 403
    assert not Suspension.objects.exists()


def test_an_old_signature_is_refused() -> None:
    load()
    police, body = Partner("hilde"), {"reason": "datalek", "starts": None, "ends": None}
    payload = payload_of(police.visit, PGA, step="suspend", arguments=body, signed_at="2026-01-01T00:00:00Z")

    answer = police.post("/suspensions", {**body, "signed_at": "2026-01-01T00:00:00Z", "jws": police.seal(payload)})
    assert answer.status_code == 422


def test_an_agency_accedes_over_the_api() -> None:
    load(more="accession: {consent: controllers}")
    asker = Partner("juul")
    said = asker.get("/accession").json()["statement"]
    said |= {"mandate": "bestuursbesluit 9", "signed_at": moment_text(clock.now())}
    body = {"mandate": "bestuursbesluit 9", "reason": "wij doen mee", "jws": asker.seal(canonical_bytes(said))}

    assert asker.post("/accession", {**body, "mandate": "een ander mandaat"}).status_code == 403
    asked = asker.post("/accession", body)
    assert asked.status_code == 201, asked.content

    uid = asked.json()["uid"]
    for key in ("hilde", "otto", "carla"):
        given = {"agrees": True, "reason": ""}
        answer = Partner(key).step(f"/motions/{uid}/answers", "agree", given, motion=uid)
        assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "carried"
    assert party("JB-MD").capacity == "participant"


def test_a_question_is_taken_back_and_carried_out_over_the_api() -> None:
    load()
    asker = Partner("juul")
    uid = str(ask().uid)

    waits = asker.step(f"/motions/{uid}/execution", "carry_out", {}, motion=uid)
    assert waits.status_code == 403
    assert asker.step(f"/motions/{uid}/withdrawal", "take_back", {"reason": "later"}, motion=uid).status_code == 204
    assert motion().dropped_at is not None


def test_an_ending_is_proposed_over_the_api() -> None:
    load()
    answer = Partner("hilde").step("/ending", "end", {"reason": "klaar", "last_day": None})

    assert answer.status_code == 201, answer.content
    assert answer.json()["kind"] == "ending"
    agree("otto")
    assert agree("carla").carried_at is not None


def test_the_wrong_person_with_a_key_is_refused_by_the_same_rule_as_on_the_page() -> None:
    load()
    answer = Partner("rosa").step("/suspensions", "suspend", {"reason": "x", "starts": None, "ends": None})

    assert answer.status_code == 403
    assert "verwerkingsverantwoordelijke" in answer.json()["detail"]
    assert json.loads(bytes(last_refusal().body))["matter"]["detail"]["why"] == "not_a_controller"


def test_who_has_nothing_to_do_with_it_finds_nothing() -> None:
    load()
    stranger = Partner("hugo")

    assert stranger.get("/parties").status_code == 404
    assert stranger.get("/motions").status_code == 404
    assert stranger.get("/accession").status_code == 403
    assert "step.refused" in events()


@pytest.mark.parametrize(
    ("path", "step", "body"),
    [
        ("/withdrawal", "withdraw", {"reason": "x", "last_day": "9999-12-31"}),
        ("/ending", "end", {"reason": "x", "last_day": "9999-12-31"}),
        ("/suspensions", "suspend", {"reason": "x", "starts": None, "ends": "9999-12-31T23:59:59Z"}),
        ("/suspensions", "suspend", {"reason": "x", "starts": "0001-01-01T00:00:00Z", "ends": None}),
        ("/suspensions", "suspend", {"reason": "\0 ", "starts": "2020-01-01T00:00:00", "ends": None}),
    ],
)
def test_odd_days_and_words_are_refused_in_words(path: str, step: str, body: dict[str, Any]) -> None:
    load()

    assert Partner("hilde").step(path, step, body).status_code == 422
