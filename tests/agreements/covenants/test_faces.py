"""The pages, the API and the operator's tool: who may look, and what stands there."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from agreements.covenants.commands import withdraw_party
from agreements.covenants.models import CovenantVersion
from agreements.models import Membership, Professional
from agreements.parties.tokens import issue_token
from tests.agreements.covenants.world import (
    BY,
    DEMO,
    PGA,
    attendance_announced,
    load,
    signatures,
    text,
    unsigned,
    without,
)
from tests.invariants.crawl import sign_in

pytestmark = pytest.mark.usefixtures("house")
PAGES = ("/convenanten/", f"/convenanten/{PGA}/", f"/convenanten/{PGA}/artikel/6.4/")
FILE = DEMO / "covenants" / "pga-md.v2.yaml"


def _as(key: str) -> Client:
    return sign_in(Professional.objects.get(demo_key=key))


def _bearer(key: str) -> dict[str, str]:
    membership = Membership.objects.filter(professional__demo_key=key).select_related("agency").first()
    return {"Authorization": f"Bearer {issue_token(membership, purpose='pga_youth').token}"}


def _stranger() -> str:
    """A school that is no party: its line is left out of the signatures."""
    load(data=without(signatures(), "OND-KADE"))
    return "hanneke"


def _run(*args: Any, **options: Any) -> str:
    out = StringIO()
    call_command("load_covenant", *args, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("page", PAGES)
def test_nobody_reads_a_covenant_without_signing_in(page: str) -> None:
    load()

    answer = Client(HTTP_HOST="localhost").get(page)
    assert answer.status_code == 302
    assert "/inloggen/" in answer["Location"]


@pytest.mark.parametrize("page", PAGES[1:])
def test_who_is_no_party_is_told_that_it_does_not_exist(page: str) -> None:
    client = _as(_stranger())

    answer, missing = client.get(page), client.get(page.replace(PGA, "BESTAAT-NIET"))
    assert answer.status_code == missing.status_code == 404
    assert "Maasdelta" not in client.get("/convenanten/").content.decode().split("<main", 1)[1].split("</main")[0]


def test_a_party_reads_its_covenant_as_text_and_as_rules() -> None:
    load()
    client = _as("margot")

    listed = client.get("/convenanten/").content.decode()
    assert f'href="/convenanten/{PGA}/"' in listed
    assert "Versie 2: Van kracht" in listed
    page = client.get(f"/convenanten/{PGA}/").content.decode()
    for words in (
        "1 januari 2026 tot en met 31 december 2027",
        "Elke bron verstrekt alleen wat in dit artikel staat",
        "Gemeente verstrekt aan Zorg- en Veiligheidshuis",
        "mr. A. Stolk",
        "sinds 16 feb 2026",
        "17 van 17",
        CovenantVersion.objects.get().sha256,
        'id="art-6.4"',
        'id="art-4.1"',
    ):
        assert words in page


def test_an_earlier_version_can_still_be_read() -> None:
    load()
    load(attendance_announced(3), signatures(version_starts=0))
    client = _as("margot")

    old = client.get(f"/convenanten/{PGA}/?versie=2").content.decode()
    assert "Vervangen door een nieuwe versie" in old
    assert "Deze versie geldt nu niet" in old
    assert "Versie 3: Van kracht" in client.get(f"/convenanten/{PGA}/").content.decode()


@pytest.mark.parametrize(("number", "status"), [("9", 404), ("x", 422), ("²", 422), ("9999999", 422)])
def test_a_version_that_is_not_there_is_refused_in_words(number: str, status: int) -> None:
    load()

    assert _as("margot").get(f"/convenanten/{PGA}/", {"versie": number}).status_code in (status, 400)


def test_who_has_yet_to_sign_reads_what_there_is_to_sign() -> None:
    load(data=unsigned(signatures(), "OM-MD"))

    page = _as("margot").get(f"/convenanten/{PGA}/").content.decode()
    assert "Ter ondertekening" in page
    assert "nog niet getekend" in page


def test_who_has_left_still_reads_what_it_agreed_to() -> None:
    load()
    withdraw_party(PGA, agency="OM-MD", by=BY)

    assert _as("margot").get(f"/convenanten/{PGA}/").status_code == 200


@pytest.mark.parametrize(("article", "anchor"), [("6", "art-6"), ("6.4", "art-6.4"), ("4.1", "art-4.1")])
def test_an_article_has_its_own_address(article: str, anchor: str) -> None:
    load()

    answer = _as("margot").get(f"/convenanten/{PGA}/artikel/{article}/?versie=2")
    assert answer["Location"] == f"/convenanten/{PGA}/?versie=2#{anchor}"


def test_an_article_that_does_not_exist_is_not_found() -> None:
    load()

    assert _as("margot").get(f"/convenanten/{PGA}/artikel/66/").status_code == 404


def test_a_page_costs_the_same_queries_however_many_covenants(django_assert_max_num_queries: Any) -> None:
    load()
    for name in ("js-md.v1", "hav-gebied.v1"):
        load(text(name), signatures(name))
    client = _as("margot")

    # Six for the list, and twelve for the policy of a new epoch and what is due soon.
    with django_assert_max_num_queries(20):
        client.get("/convenanten/")


def test_a_page_only_reads() -> None:
    load()

    assert _as("margot").post(f"/convenanten/{PGA}/").status_code in (403, 405)


def test_the_api_gives_what_the_page_gives() -> None:
    load()
    client = Client(HTTP_HOST="localhost")

    listed = client.get("/api/v1/covenants", headers=_bearer("margot")).json()
    assert [(item["code"], item["version"]["standing"]) for item in listed] == [(PGA, "in_force")]
    whole = client.get(f"/api/v1/covenants/{PGA}", headers=_bearer("margot")).json()
    assert whole["version"] == {
        "number": 2, "standing": "in_force", "standing_label": "Van kracht",
        "first_day": "2026-01-01", "last_day": "2027-12-31",
    }  # fmt: skip
    assert len(whole["articles"]) == 13
    assert whole["sha256"] == CovenantVersion.objects.get().sha256


@pytest.mark.parametrize("path", ["/api/v1/covenants", f"/api/v1/covenants/{PGA}"])
def test_the_api_refuses_who_brings_no_token(path: str) -> None:
    assert Client(HTTP_HOST="localhost").get(path).status_code == 401


def test_the_api_hides_a_covenant_from_who_is_no_party() -> None:
    headers = _bearer(_stranger())

    assert Client(HTTP_HOST="localhost").get("/api/v1/covenants", headers=headers).json() == []
    assert Client(HTTP_HOST="localhost").get(f"/api/v1/covenants/{PGA}", headers=headers).status_code == 404


def test_the_operator_loads_a_covenant_with_the_signatures_beside_it() -> None:
    assert "PGA-MD versie 2 geladen en getekend; zij geldt van 2026-01-01 00:00 tot 2028-01-01 00:00." in _run(
        str(FILE)
    )
    assert "er is niets veranderd" in _run(str(FILE))


def test_the_operator_checks_without_a_trace() -> None:
    assert "kan worden geladen" in _run(str(FILE), check=True)
    assert not CovenantVersion.objects.exists()


def test_the_operator_is_told_everything_that_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "fout.yaml"
    wrong.write_text(text().replace("roles: [street, team_lead]", "roles: [strat]").replace("set: med,", "set: medd,"))

    for options in ({}, {"check": True}):
        with pytest.raises(CommandError) as failure:
            _run(str(wrong), **options)
        said = str(failure.value)
        assert "art. 10.1 regel" in said
        assert "art. 7.7 regel" in said
        assert "Bedoelde u 'med'?" in said


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", "- een lijst\n", "covenant: [", ""])
def test_a_file_that_cannot_be_read_is_named_without_a_traceback(tmp_path: Path, content: str | bytes | None) -> None:
    path = tmp_path / "convenant.yaml"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(CommandError):
        _run(str(path))
    if content != "":
        path.with_suffix(".signatures.yaml").write_bytes(path.read_bytes() if path.exists() else b"[")
        path.write_text(text())
        with pytest.raises(CommandError):
            _run(str(path))
