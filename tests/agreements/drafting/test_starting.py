"""Where drafts come from: a model, a version, a text; and who may begin one and see it."""

import json
from datetime import date

import pytest

from agreements.covenants.models import Covenant
from agreements.drafting import commands, queries
from agreements.drafting.models import Draft
from agreements.drafting.models_nl import MODELS, PLACEHOLDER
from agreements.parties.rules import HOLDERS
from agreements.policy.catalogue import load_catalogue
from agreements.policy.lint import lint_text
from foundation import clock
from foundation.errors import Invalid, NotFound, Refused
from tests.agreements.covenants.world import load, signatures, text
from tests.agreements.drafting import world
from tests.agreements.drafting.world import lieke, visit


@pytest.mark.parametrize("code", MODELS)
def test_a_model_is_a_whole_covenant_that_the_linter_has_nothing_against(code: str) -> None:
    found = lint_text(MODELS[code].text, catalogue=load_catalogue(), holders=HOLDERS)

    assert found.document is not None
    assert not found.findings
    document = found.document
    assert document.regime == MODELS[code].regime
    assert document.withdrawal is not None
    assert all(article.text and article.title for article in document.articles)
    of_data = ("retention", "breach") if document.gives_data else ()
    for part in ("withdrawal", "accession", *of_data):
        assert any(getattr(article, part) for article in document.articles), part
    assert PLACEHOLDER in MODELS[code].text


@pytest.mark.parametrize("code", MODELS)
def test_a_draft_from_a_model_asks_only_for_what_people_must_fill(code: str) -> None:
    draft = commands.start_draft(lieke(), template=code, code="PROEF-1", title="Convenant Proef")

    page = queries.draft_page(lieke(), draft.uid)
    found = queries.findings_of(lieke(), draft.uid)
    assert (page.code, page.title, page.number, page.readable) == ("PROEF-1", "Convenant Proef", 1, True)
    assert page.head["term"]["from"] > clock.today()
    assert page.head["dpia"]["review"] > clock.today() if "dpia:" in MODELS[code].text else "dpia" not in page.head
    assert {item.code for item in found.findings if item.severity == "error"} == {"place_to_fill"}
    assert [(party.code, party.capacity) for party in page.parties] == [("GEM-MD", "controller")]
    assert all(item.line for item in found.findings if item.code == "place_to_fill")


def test_the_next_version_of_a_covenant_has_its_text_parties_and_the_next_number() -> None:
    load(text("js-md.v1"), signatures("js-md.v1"))

    draft = commands.start_draft(lieke(), from_version=("JS-MD", 1))

    page = queries.draft_page(lieke(), draft.uid)
    assert (page.code, page.number, page.based_on, page.readable) == ("JS-MD", 2, "JS-MD, versie 1", True)
    assert {line.code for line in page.parties} >= {"POL-MD", "OND-BAKEN", "ZVH-MD"}
    assert all(line.capacity == line.expected for line in page.parties)
    assert "# Convenant JS-MD: jeugd en school." in draft.text
    assert page.head["term"]["from"] > clock.today()


def test_a_version_of_others_is_no_beginning() -> None:
    load(text("js-md.v1"), signatures("js-md.v1"))

    with pytest.raises(NotFound):
        commands.start_draft(visit("joost", "legal_counsel"), from_version=("JS-MD", 1))


def test_a_text_is_kept_as_it_is_and_names_itself() -> None:
    draft = commands.start_draft(lieke(), text=world.area_text(), code="ANDERS", title="Anders")

    assert draft.text == world.area_text()
    assert (draft.code, draft.title) == (world.CODE, "Convenant Gebiedsgerichte Aanpak Ondermijning")


def test_a_text_of_json_is_a_covenant_too() -> None:
    from agreements.policy.locations import read_yaml

    typed = json.dumps(read_yaml(world.area_text()).value, default=str)

    draft = commands.start_draft(lieke(), text=typed)

    assert queries.draft_page(lieke(), draft.uid).readable


def test_an_unreadable_text_begins_a_draft_under_the_name_of_the_form() -> None:
    draft = commands.start_draft(lieke(), text="covenant: [", code="LATER", title="Later te herstellen")
    nameless = commands.start_draft(lieke(), text="covenant: [")

    assert (draft.text, draft.code, draft.title) == ("covenant: [", "LATER", "Later te herstellen")
    assert (nameless.code, nameless.title) == ("CONCEPT", "Concept zonder titel")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "template"),
        ({"template": "youth_group", "text": "a"}, "template"),
        ({"template": "onbekend", "code": "A-1", "title": "a"}, "template"),
        ({"template": "youth_group", "code": "kleine letters", "title": "a"}, "code"),
        ({"template": "youth_group", "code": "A-1", "title": "  "}, "title"),
        ({"template": "youth_group", "code": "JS-MD", "title": "a"}, "code"),
        ({"text": "a", "parties": {"NERGENS": "controller"}}, "parties.NERGENS"),
        ({"text": "a", "parties": {"GEM-MD": "baas"}}, "parties.GEM-MD"),
    ],
)
def test_what_is_no_beginning_is_refused_by_name(given: dict[str, object], field: str) -> None:
    load(text("js-md.v1"), signatures("js-md.v1"))

    with pytest.raises(Invalid) as refused:
        commands.start_draft(lieke(), **given)

    assert refused.value.field == field
    assert refused.value.remedy
    assert not Draft.objects.exists()


def test_only_legal_counsel_begins_a_draft() -> None:
    for key in ("carla", "ruben", "dirk", "ineke", "bas"):
        with pytest.raises(Refused, match="Alleen een jurist"):
            commands.start_draft(visit(key), template="youth_group", code="A-1", title="a")


def test_a_draft_exists_for_its_owner_and_once_consulted_for_those_who_would_sign() -> None:
    draft = world.start()

    def seen(*keys: str) -> set[str]:
        return {key for key in keys if queries.draft_list(visit(key))}

    everybody = ("lieke", "carla", "hilde", "dirk", "karin", "ruben", "ineke", "nadia", "joost", "bas")
    assert seen(*everybody) == {"lieke", "carla"}
    commands.open_consultation(lieke(), draft.uid)
    assert seen(*everybody) == {"lieke", "carla", "hilde", "dirk", "ineke"}


def test_the_first_day_proposed_is_the_first_of_a_month_to_come() -> None:
    draft = commands.start_draft(lieke(), template="youth_group", code="A-1", title="a")

    first = queries.draft_page(lieke(), draft.uid).head["term"]["from"]
    assert first == date(first.year, first.month, 1)
    assert not Covenant.objects.exists()


def test_choices_offer_what_the_draft_and_the_catalogue_have() -> None:
    found = queries.choices(lieke(), world.start().uid)

    assert [option.code for option in found.givers[:4]] == ["*", "POL", "OM", "GEM"]
    assert {option.code for option in found.sets} == {"picture", "pressure", "joint", "admission"}
    assert [(option.code, option.note) for option in found.purposes] == [("4.1", "area_safety")]
    assert {"GEMW-172", "AVG-5-2"} <= {option.code for option in found.bases}
    assert sum(len(group.fields) for group in found.sections) == len(
        [item for item in load_catalogue().fields if not item.retired]
    )
    assert [option.code for option in found.articles] == [str(number) for number in range(1, 14)]
