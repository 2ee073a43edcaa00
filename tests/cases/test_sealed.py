"""Sealed values give nothing to anything but the opener, whatever a developer tries."""

import copy
import io
import json
import pickle
from typing import Any

import pytest
from django.contrib.admin.utils import display_for_field, lookup_field
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F, Max, Q, TextField
from django.db.models.functions import Cast, Length, Upper
from django.forms.models import model_to_dict, modelform_factory
from django.template import Context, Template

from agreements.policy.catalogue import load_catalogue
from cases.disclosure import _opener
from cases.models import Contribution
from cases.records.sealed import SealBroken, SealedFacts, fingerprint, text_of
from tests.invariants.world import World

pytestmark = pytest.mark.django_db

SECRET = "zqx-nobody-may-read-this"
SEALED = SealedFacts.seal({"full_name": SECRET}, contested={"full_name": SECRET}, reason=SECRET)


def the_one(world: World) -> Contribution:
    return Contribution.objects.filter(case__number="MW-1", source__code="POL-MD").first()


def stored(world: World) -> set[str]:
    """Every planted text: none of them may turn up."""
    return {text for marker in world.markers for text in marker.texts if text.startswith("zqx")}


def assert_silent(world: World, what: Any) -> None:
    text = f"{what!r}"
    assert not [secret for secret in stored(world) if secret in text]


@pytest.mark.parametrize("show", [str, repr, lambda s: f"{s!s}"], ids=["str", "repr", "f"])
def test_text_of_sealed_facts_is_only_the_word_sealed(show: Any) -> None:
    assert show(SEALED) == "<sealed>"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda s: f"{s:>20}", lambda s: f"{s}", iter, list, dict, bool, len, lambda s: s["full_name"],
        lambda s: "x" in s,
        lambda s: s == s, lambda s: s != s, lambda s: s < s, lambda s: s(), json.dumps, pickle.dumps,
        lambda s: s.__getstate__(), lambda s: s.__reduce__(), lambda s: s.__html__(),
        lambda s: sorted([s, s]), lambda s: not s, hash, lambda s: {s}, vars,
    ],
)  # fmt: skip
def test_every_other_use_of_sealed_facts_is_an_error(attempt: Any) -> None:
    with pytest.raises(TypeError) as refusal:
        attempt(SEALED)

    assert SECRET not in str(refusal.value)


def test_no_attribute_of_sealed_facts_by_its_name_gives_a_value() -> None:
    assert not [name for name in dir(SEALED) if not name.startswith("_") and name != "seal"]
    for name in ("text", "values", "facts", "_text", "__dict__", "full_name"):
        with pytest.raises(AttributeError):
            getattr(SEALED, name)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_a_copy_is_as_sealed(copied: Any) -> None:
    assert repr(copied(SEALED)) == "<sealed>"
    assert repr(copied({"values": [SEALED]})) == "{'values': [<sealed>]}"


@pytest.mark.parametrize(
    "template",
    ["{{ c.values }}", "{{ c.values.facts }}", "{{ c.values|safe }}", "{{ c.values|length }}", "{{ c.values|pprint }}",
     "{% for x in c.values %}{{ x }}{% endfor %}", "{{ c.values|json_script:'x' }}", "{{ c.values|default:'leeg' }}",
     "{% if c.values %}x{% endif %}"],
)  # fmt: skip
def test_a_template_that_reaches_for_the_values_breaks(world: World, template: str) -> None:
    with pytest.raises(SealBroken):
        Template(template).render(Context({"c": the_one(world)}))


@pytest.mark.parametrize("template", ["{{ c }}", "{{ c|pprint }}", "{% debug %}"])
def test_a_template_with_a_contribution_shows_no_value(world: World, template: str) -> None:
    assert_silent(world, Template(template).render(Context({"c": the_one(world)})))


@pytest.mark.parametrize("form", ["json", "jsonl", "xml", "python"])
def test_serialisers_get_no_value(world: World, form: str) -> None:
    stream = io.StringIO()
    found = serializers.serialize(form, Contribution.objects.all()[:50], stream=None if form == "python" else stream)

    assert_silent(world, found if form == "python" else stream.getvalue())


@pytest.mark.parametrize(
    "query",
    [
        lambda q: q.values(), lambda q: q.values("values"), lambda q: q.values_list(),
        lambda q: q.values_list("values", flat=True), lambda q: q.annotate(x=F("values")).values("x"),
        lambda q: q.only("values"), lambda q: q.defer("values"), lambda q: q.distinct(), lambda q: q.select_related(),
        lambda q: q.in_bulk(), lambda q: q.iterator(), lambda q: q.union(q), lambda q: [vars(row) for row in q],
        lambda q: [model_to_dict(row) for row in q], lambda q: q.values_list("case__contributions__values"),
        lambda q: q.raw("SELECT * FROM cases_contribution"), lambda q: q.explain(),
    ],
)  # fmt: skip
def test_every_ordinary_query_yields_sealed_facts(world: World, query: Any) -> None:
    found = query(Contribution.objects.all())

    assert_silent(world, list(found) if not isinstance(found, str | dict) else found)


@pytest.mark.parametrize(
    "condition",
    [Q(values="x"), Q(values__contains="zqx"), Q(values__gt=""), Q(values__regex="."), Q(values__in=["x"]),
     Q(values__isnull=False), Q(values__length=3), Q(values__startswith="{"), Q(values=F("values")),
     Q(present=F("values"))],
)  # fmt: skip
def test_a_sealed_column_cannot_be_searched(world: World, condition: Q) -> None:
    with pytest.raises((SealBroken, FieldError, DatabaseError)), transaction.atomic():
        list(Contribution.objects.filter(condition))


@pytest.mark.parametrize(
    "query",
    [
        lambda q: q.order_by("values"), lambda q: q.order_by("-values"), lambda q: q.order_by(F("values").desc()),
        lambda q: q.order_by(Upper("values")), lambda q: q.annotate(x=Length("values")),
        lambda q: q.annotate(x=Cast("values", TextField())), lambda q: q.annotate(x=Upper("values")),
        lambda q: q.filter(case__contributions__values="x"),
        lambda q: q.order_by("case__contributions__values"), lambda q: q.aggregate(x=Max("values")),
    ],
)  # fmt: skip
def test_a_sealed_column_cannot_be_sorted_on_or_computed_with(world: World, query: Any) -> None:
    with pytest.raises((SealBroken, FieldError, DatabaseError, AssertionError)), transaction.atomic():
        list(query(Contribution.objects.all()))


def test_versions_are_as_sealed_as_the_present_row(world: World) -> None:
    one = the_one(world)
    versions = Contribution.history.filter(id=one.pk)

    assert_silent(world, [list(versions.values()), [vars(row) for row in versions], [row.instance for row in versions]])
    with pytest.raises((SealBroken, FieldError, DatabaseError)), transaction.atomic():
        list(Contribution.history.filter(values__contains="zqx"))
    newest = versions.first()
    with pytest.raises(SealBroken):
        newest.diff_against(newest)


def test_what_an_admin_page_would_show_is_sealed(world: World) -> None:
    one = the_one(world)
    field, _attribute, value = lookup_field("values", one)

    assert_silent(world, value)
    with pytest.raises(SealBroken):
        display_for_field(value, field, "-")


def test_a_model_form_shows_no_value_and_takes_none(world: World) -> None:
    form = modelform_factory(Contribution, fields=["values"])(instance=the_one(world))

    with pytest.raises(SealBroken):
        form.as_p()


@pytest.mark.parametrize("bare", ["{}", {}, {"full_name": "x"}, 3, [SEALED]])
def test_nothing_unsealed_gets_into_the_column(bare: Any) -> None:
    with pytest.raises(SealBroken):
        Contribution(values=bare)._meta.get_field("values").get_prep_value(bare)
    with pytest.raises(ValidationError):
        Contribution._meta.get_field("values").to_python(bare)


def test_the_opener_refuses_a_caller_that_is_not_disclosure() -> None:
    with pytest.raises(SealBroken):
        _opener.open_facts(SEALED, -1, catalogue=load_catalogue())
    with pytest.raises(SealBroken):
        text_of(SEALED)


@pytest.mark.parametrize("name", ["elsewhere", "cases.disclosure.why", "cases.disclosure.disclose"])
@pytest.mark.parametrize(
    "source",
    [
        "from cases.disclosure._opener import open_facts\nfound = open_facts(sealed, -1, catalogue=catalogue)",
        "from cases.records.sealed import text_of\nfound = text_of(sealed)",
    ],
)
def test_the_opener_refuses_a_module_of_another_name_and_one_that_borrows_the_name(name: str, source: str) -> None:
    space: dict[str, Any] = {"__name__": name, "sealed": SEALED, "catalogue": load_catalogue()}

    with pytest.raises(SealBroken):
        exec(compile(source, name, "exec"), space)

    assert "found" not in space


def test_a_fingerprint_binds_the_values_without_telling_them() -> None:
    other = SealedFacts.seal({"full_name": "x"})

    assert fingerprint(SEALED) != fingerprint(other)
    assert len(fingerprint(SEALED)) == 64


def test_text_that_no_database_can_keep_is_refused_when_it_is_sealed() -> None:
    with pytest.raises(UnicodeEncodeError):
        SealedFacts.seal({"full_name": "\ud800"})
