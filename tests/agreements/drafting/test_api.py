"""The whole life of a draft over the API, by clients that know no more than the schema."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from agreements.drafting.models_nl import MODELS
from agreements.models import Membership
from agreements.parties.tokens import issue_token
from tests.agreements.drafting import world

API = "/api/v1/covenants/drafts"


@dataclass(frozen=True)
class Caller:
    """A system that calls for one person."""

    client: Client

    def __call__(self, method: str, path: str, expect: int = 200, **body: Any) -> Any:
        answer = self.client.generic(method, path, _json(body), content_type="application/json")
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.content.decode()[:400]}"
        return answer.json()


def _json(body: dict[str, Any]) -> str:
    import json

    return json.dumps(body) if body else ""


def caller(key: str) -> Caller:
    membership = Membership.objects.select_related("agency", "professional").get(professional__demo_key=key)
    token = issue_token(membership, purpose="pga_youth").token
    return Caller(Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {token}"))


def test_a_covenant_goes_from_model_to_signing_table_and_back_over_the_api() -> None:
    lieke, hilde = caller("lieke"), caller("hilde")
    assert {item["code"] for item in lieke("GET", f"{API}/templates")} == set(MODELS)
    parties = world.PARTIES

    draft = lieke("POST", API, 201, template="area_undermining", code="KADE-1", title="Convenant Kade", parties=parties)
    here = f"{API}/{draft['uid']}"
    assert (draft["state"], draft["revision"], draft["may_write"]) == ("draft", 1, True)
    hilde("GET", here, 404)

    assert lieke("POST", f"{here}/steps", step="open_consultation")["state"] == "consultation"
    assert [line["uid"] for line in hilde("GET", API)] == [draft["uid"]]
    remark = hilde("POST", f"{here}/remarks", 201, article="6.3", text="Ook voor de teamleider?")

    blocked = lieke("POST", f"{here}/steps", 422, step="put_up_for_signature")
    assert blocked["title"] == "step_refused"
    assert {item["field"] for item in blocked["errors"]} == {"findings", "remarks"}

    rule = next(
        rule["rule"]
        for article in lieke("GET", f"{here}/articles")
        for rule in article["rules"]
        if rule["number"] == "6.3"
    )
    rule["roles"].append("team_lead")
    edit = {"operation": "put_rule", "article": "6", "kind": "grants", "rule": rule, "replaces": "6.3"}
    assert lieke("POST", f"{here}/operations", base_revision=1, edit=edit) == {
        "revision": 2,
        "note": "artikel 6.3 gewijzigd",
    }
    answered = lieke("POST", f"{here}/remarks/{remark['uid']}/answer", answer="Ja, toegevoegd.")
    assert (answered["resolved"], answered["outdated"]) == (True, True)
    edit = {"operation": "set_head", "changes": {"dpia": {"ref": "DPIA-2026-40"}}}
    assert lieke("POST", f"{here}/operations", base_revision=2, edit=edit)["revision"] == 3
    assert lieke("GET", f"{here}/findings")["findings"] == []

    offered = lieke("POST", f"{here}/steps", step="put_up_for_signature")
    assert (offered["state"], offered["version_number"]) == ("for_signature", 1)
    assert hilde("GET", here)["steps"][0]["by_role"] is False
    back = lieke("POST", f"{here}/steps", step="take_back", reason="Nog een ronde.")
    assert (back["state"], back["number"], back["revision"]) == ("consultation", 2, 4)
    assert [line["number"] for line in lieke("GET", f"{here}/revisions")] == [4, 3, 2, 1]
    assert "team_lead" not in lieke("GET", f"{here}/revisions/1")["text"].split('"6.3"')[1].splitlines()[0]
    assert lieke("POST", f"{here}/steps", step="drop", reason="Toch niet.")["state"] == "dropped"


def test_the_second_to_save_gets_a_problem_document_with_the_others_text() -> None:
    lieke = caller("lieke")
    draft = lieke("POST", API, 201, text=world.area_text())
    here, title = f"{API}/{draft['uid']}", "title: Convenant Gebiedsgerichte Aanpak Ondermijning"
    lieke("PUT", f"{here}/text", text=draft["text"].replace(title, "title: Van de ander"), base_revision=1)
    mine = draft["text"].replace("title: Bewaren", "title: Bewaren en wissen")

    conflict = lieke("PUT", f"{here}/text", 409, text=mine, base_revision=1)

    assert conflict["type"] == "urn:verbond:problem:edit_conflict"
    assert (conflict["status"], conflict["current_revision"], conflict["their_name"]) == (409, 2, "Lieke van Aerle")
    assert "Van de ander" in conflict["current_text"]
    assert ["+", "  title: Van de ander"] in conflict["their_changes"]
    saved = lieke("PUT", f"{here}/text", text=conflict["merged"], base_revision=conflict["current_revision"])
    assert saved["revision"] == 3
    text = lieke("GET", here)["text"]
    assert "Van de ander" in text
    assert "Bewaren en wissen" in text


def test_the_next_version_of_a_covenant_and_an_answered_warning() -> None:
    lieke = caller("lieke")
    world.agree(world.offered())
    draft = lieke("POST", API, 201, from_version={"code": world.CODE, "number": 1})
    here = f"{API}/{draft['uid']}"
    edit = {
        "operation": "set_article",
        "number": "12",
        "title": "Opzegging",
        "body": "Kort.",
        "more": {"accession": None},
    }
    lieke("POST", f"{here}/operations", base_revision=1, edit=edit)
    warning = next(item for item in lieke("GET", f"{here}/findings")["findings"] if item["code"] == "no_accession")

    found = lieke(
        "POST",
        f"{here}/findings/answers",
        code=warning["code"],
        article=warning["article"],
        message=warning["message"],
        text="Er komen geen partijen bij.",
    )

    assert "Er komen geen partijen bij." in [item["answer"] for item in found["findings"]]
    assert lieke("GET", f"{here}/choices")["articles"][-1]["label"] == "Triage, overleg en plan"
    parties = lieke("PUT", f"{here}/parties", parties={"POL-MD": "controller"})["parties"]
    assert [(item["code"], item["expected"]) for item in parties] == [("POL-MD", "controller")]


def test_a_remark_of_another_draft_is_not_found_here() -> None:
    lieke = caller("lieke")
    remark = world.some_remark()
    other = lieke("POST", API, 201, text=world.area_text().replace(world.CODE, "ANDERS"))

    lieke("POST", f"{API}/{other['uid']}/remarks/{remark}/answer", 404, answer="Verkeerd concept.")
    assert lieke("GET", f"{API}/{world.some_draft().uid}/remarks")[0]["resolved"] is False


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "", {"template": "youth_group", "text": "ook"}),
        ("POST", "/{uid}/operations", {"base_revision": 1, "edit": {"operation": "delete_everything"}}),
        ("POST", "/{uid}/operations", {"base_revision": 1, "edit": {"operation": "remove_rule", "number": "99.9"}}),
        ("POST", "/{uid}/operations", {"base_revision": 0, "edit": {"operation": "remove_rule", "number": "6.1"}}),
        ("PUT", "/{uid}/text", {"text": "a", "base_revision": 99}),
        ("PUT", "/{uid}/parties", {"parties": {"GEM-MD\u0000": "controller"}}),
        ("POST", "/{uid}/remarks", {"text": ""}),
        ("POST", "/{uid}/steps", {"step": "adopt"}),
        ("POST", "/{uid}/steps", {"step": "take_back", "reason": "a"}),
        ("POST", "/{uid}/findings/answers", {"code": "x", "message": "y", "text": "z"}),
    ],
)
def test_what_does_not_fit_is_a_problem_that_names_the_place(method: str, path: str, body: dict[str, Any]) -> None:
    lieke = caller("lieke")

    problem = lieke(method, API + path.format(uid=world.some_draft().uid), 422, **body)

    assert problem["field"]
    assert problem["detail"]
    assert problem["remedy"]
