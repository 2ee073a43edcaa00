"""Whatever somebody with rights sends, no page and no operation breaks: a refusal or an answer, never a 5xx."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from agreements.parties.tokens import issue_token
from agreements.policy.catalogue import load_catalogue
from cases.models import Contribution
from deploy.api import api
from tests.cases.desk import give, hat_of, make_case, page
from tests.invariants.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OURS = ("/api/v1/cases", "/api/v1/extracts", "/api/v1/me")
SCHEMA: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
DESCRIBED = schemathesis.openapi.from_dict(SCHEMA)
CALM = settings(
    max_examples=15,
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
ODD = st.sampled_from(
    [
        "",
        "\x00",
        "\ud800",
        "x" * 3000,
        "🙂",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1e999",
        "-1",
        "NaN",
        "../..",
        "%",
        "' --",
        "2026-02-30",
        "0000-00-00",
        "9" * 30,
        "null",
        "[]",
        "٣",
    ]
)
TEXT = st.one_of(ODD, st.text(max_size=40))
VALUES = st.dictionaries(
    st.one_of(st.sampled_from([field.code for field in load_catalogue().fields]), st.text(max_size=8)),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT),
        lambda inside: st.one_of(
            st.lists(inside, max_size=2), st.dictionaries(st.text(max_size=5), inside, max_size=2)
        ),
        max_leaves=4,
    ),
    max_size=4,
)


def operations() -> Iterator[tuple[str, str]]:
    for path, methods in sorted(SCHEMA["paths"].items()):
        if path.startswith(OURS):
            yield from ((path, method) for method in methods)


@st.composite
def asked(draw: st.DrawFn, path: str, method: str, known: dict[str, list[str]]) -> tuple[str, Any]:
    """An address and a body: now and then as the document says, now and then anything."""
    described = SCHEMA["paths"][path][method]
    address, query = path, {}
    for parameter in described.get("parameters", []):
        name = parameter["name"]
        value = draw(st.one_of(st.sampled_from(known.get(name, ["x"])), TEXT))
        if parameter["in"] == "path":
            address = address.replace("{" + name + "}", quote(value.encode(errors="surrogatepass"), safe="") or "x")
        elif draw(st.booleans()):
            query[name] = value.encode(errors="surrogatepass")
    body = None
    if described.get("requestBody"):
        body = draw(DESCRIBED[path][method].as_strategy()).body
        body = body if isinstance(body, dict) else {}
        if draw(st.booleans()):
            body = {**body, "values": draw(VALUES)}
        if draw(st.booleans()):
            body = {
                **body,
                draw(st.sampled_from(["kind", "reason", "observed_on", "person", "reliability"])): draw(
                    st.one_of(TEXT, st.integers())
                ),
            }
    return f"{address}?{urlencode(query)}", body


@pytest.fixture
def known(world: World, db: None) -> dict[str, list[str]]:
    """What exists, so that a guess often hits."""
    case = make_case("T-1", live=("POL-MD", "GEM-MD", "OM-MD"))
    give(world, case, "POL-MD", police_incident="Ruzie")
    uids = Contribution.objects.filter(source__code="POL-MD").values_list("uid", flat=True)[:3]
    return {
        "number": ["T-1", "MW-1", "MW-3"], "uid": [str(uid) for uid in uids], "field": ["full_name", "police_incident"],
        "source": ["POL-MD", "GEM-MD"], "at": ["2026-03-03T14:00:00Z"], "phase": ["plan"], "size": ["2"],
        "after": ["1.20260101.5"], "person": [str(case.case_subjects.get().subject.uid)],
    }  # fmt: skip


@pytest.mark.parametrize(("path", "method"), list(operations()))
def test_no_operation_breaks(world: World, known: dict[str, list[str]], path: str, method: str) -> None:
    token = issue_token(hat_of(world, "ruben"), purpose="pga_adult").token
    client = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {token}", raise_request_exception=False)

    @CALM
    @seed(2026)
    @given(asked(path, method, known))
    def sent(question: tuple[str, Any]) -> None:
        address, body = question
        text = "" if body is None else json.dumps(body)
        answer = client.generic(method.upper(), address, text, content_type="application/json")
        assert answer.status_code < 500, (address, text, answer.content[:300])

    sent()


PAGES: dict[str, tuple[str, ...]] = {
    "/": ("na",),
    "/casus/T-1/": ("als",),
    "/casus/T-1/tijdlijn/": ("als",),
    "/casus/T-1/regels/": ("doel", "fase", "op"),
    "/casus/T-1/waarom/": ("veld", "bron", "op", "persoon"),
    "/casus/T-1/doel/": ("purpose",),
    "/casus/T-1/bijdrage/": (
        "observed_on",
        "kind",
        "reliability",
        "person",
        "submission",
        "police_contacts_12m",
        "full_name",
    ),
}


@pytest.mark.parametrize("path", sorted(PAGES))
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_page_breaks(world: World, known: dict[str, list[str]], path: str, method: str) -> None:
    client = page(world, "ruben")
    client.raise_request_exception = False
    right = {
        "veld": ["full_name"],
        "bron": ["POL-MD"],
        "op": ["2026-03-03T14:00"],
        "observed_on": ["2026-01-05"],
        "kind": ["fact"],
        "reliability": ["2"],
        "person": known["person"],
        "full_name": ["Bo"],
        "doel": ["pga_adult"],
    }
    values = st.fixed_dictionaries(
        {}, optional={name: st.one_of(st.sampled_from(right.get(name, ["x"])), TEXT) for name in PAGES[path]}
    )

    @CALM
    @seed(2026)
    @given(values)
    def sent(chosen: dict[str, str]) -> None:
        text = urlencode({name: value.encode(errors="surrogatepass") for name, value in chosen.items()})
        if method == "GET":
            answer = client.get(f"{path}?{text}")
        else:
            answer = client.generic("POST", path, text, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500, (path, text, answer.status_code)

    sent()
