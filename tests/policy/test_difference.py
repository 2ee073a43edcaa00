"""The difference of two documents: what is written, and the rights that follow, question by question."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.policy.compare import gained_lost
from agreements.policy.compile import Accession, Policy, VersionTerms, compile_policy
from agreements.policy.conditions import condition_bits
from agreements.policy.difference import Difference, RightChange, difference
from agreements.policy.document import CovenantDocument
from agreements.policy.lint_subject import parties_of
from agreements.policy.question import Actor, Delivery, Question, Reader, Setting
from agreements.policy.validity import BEGINNING
from agreements.policy.vocabulary import CASE_KINDS, PHASES, ROLES
from tests.pace import within
from tests.policy.strategies import AGENCIES, BESIDE, CONDITIONS, KINDS, MOMENTS, Dice, seeds
from tests.policy.strategies import PHASES as SHORT_PHASES
from tests.policy.strategies import ROLES as SHORT_ROLES
from tests.policy.worked import CATALOGUE, DEMO, JS, NOW, PGA, agency, document

V1 = document((DEMO / "pga-md.v1.yaml").read_text(encoding="utf-8"))
V2 = document((DEMO / "pga-md.v2.yaml").read_text(encoding="utf-8"))


def between(old: str, new: str, text: str = PGA) -> Difference:
    """From the text to the text in which the old words are the new ones."""
    assert old in text
    return difference(document(text), document(text.replace(old, new)), CATALOGUE)


def alone(text: CovenantDocument, agencies: list[Actor]) -> Policy:
    joined = (
        Accession(agency=a, capacity=text.capacity_of(a.code, a.type), starts=BEGINNING, ends=None) for a in agencies
    )
    terms = VersionTerms(document=text, starts=BEGINNING, ends=None, accessions=tuple(j for j in joined if j.capacity))
    return compile_policy(CATALOGUE, [terms])


def told(found: Difference, parties: tuple[str, ...], question: Question) -> tuple[int, int]:
    """The visible fields gained and lost for one question, read from the groups."""
    gained = lost = 0
    for right in found.rights:
        if is_about(right, parties, question):
            fields = CATALOGUE.mask(right.fields)
            gained |= fields if right.after == "visible" else 0
            lost |= fields if right.before == "visible" else 0
    return gained, lost


def is_about(right: RightChange, parties: tuple[str, ...], q: Question) -> bool:
    reader, source = (a.code if a.code in parties else a.type for a in (q.reader.agency, q.source))
    satisfied = tuple(name for name in right.depends_on if q.satisfied & condition_bits([name]))
    return (
        q.reader.agency != q.source
        and right.recipient == reader
        and source in right.sources
        and q.reader.roles <= set(right.roles)
        and q.reader.purpose in right.purposes
        and q.setting.phase in right.phases
        and q.setting.kind in right.case_kinds
        and q.via == right.delivery
        and satisfied in right.when
        and (not right.days or any(is_in(days, q.at) for days in right.days))
    )


def is_in(days: tuple[str, str], at: datetime) -> bool:
    starts, ends = (datetime.fromisoformat(day) if day else None for day in days)
    return (starts is None or starts <= at) and (ends is None or at < ends)


def random_question(dice: Dice) -> Question:
    return Question(
        reader=Reader(
            agency=dice.one(AGENCIES), roles=frozenset({dice.one(SHORT_ROLES)}), purpose=dice.one(["alpha", "beta"])
        ),
        setting=Setting(kind=dice.one(KINDS), phase=dice.one(SHORT_PHASES), covenants=frozenset({"C-A"})),
        source=dice.one(AGENCIES),
        under=frozenset({"C-A"}),
        satisfied=condition_bits(dice.some(CONDITIONS, whole=0.3)),
        at=(dice.one(MOMENTS) + dice.one(BESIDE)).astimezone(UTC),
        via=dice.one([Delivery.LIVE, Delivery.LIVE, Delivery.EXTRACT, Delivery.BREAK_GLASS]),
    )


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 4))
def test_gained_and_lost_are_those_of_compare_for_every_question(seed: int, size: int) -> None:
    dice = Dice(seed)
    before, after = dice.document("C-A", 1, size), dice.document("C-A", 2, size)
    parties = tuple({*parties_of(before), *parties_of(after)})
    questions = [random_question(dice) for _ in range(60)]

    found = difference(before, after, CATALOGUE, only_held=False)

    expected = list(gained_lost(alone(before, AGENCIES), alone(after, AGENCIES), questions))
    assert [told(found, parties, question) for question in questions] == expected


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(list(V2.capacities)), st.sampled_from(list(V2.capacities)), st.sampled_from(ROLES),
    st.sampled_from(list(V2.purposes.values())), st.sampled_from(PHASES), st.sampled_from(CASE_KINDS),
    st.sampled_from(list(Delivery)), st.sets(st.sampled_from(["involved", "minor", "om_consent", "good_care"])),
)  # fmt: skip
def test_the_versions_of_the_demo_differ_as_compare_says(
    reader: str, source: str, role: str, purpose: str, phase: str, kind: str, via: Delivery, satisfied: set[str]
) -> None:
    question = Question(
        reader=Reader(agency=agency(reader), roles=frozenset({role}), purpose=purpose),
        setting=Setting(kind=kind, phase=phase, covenants=frozenset({"PGA-MD"})),
        source=agency(source), under=frozenset({"PGA-MD"}), satisfied=condition_bits(satisfied), at=NOW, via=via,
    )  # fmt: skip
    agencies = [agency(token) for token in V2.capacities]

    expected = list(gained_lost(alone(V1, agencies), alone(V2, agencies), [question]))

    assert [told(ALL_OF_THE_DEMO, tuple(V2.capacities), question)] == expected


ALL_OF_THE_DEMO = difference(V1, V2, CATALOGUE, only_held=False)


def test_the_same_document_has_no_difference() -> None:
    found = difference(document(PGA), document(PGA), CATALOGUE)

    assert (found.heading, found.rights) == ((), ())
    assert {article.change for article in found.articles} == {"same"}


def test_a_school_that_may_see_police_contacts_reads_as_one_group() -> None:
    rule = (
        '{id: "8.9", from: [POL], to: [OND], roles: [professional], fields: [police_contacts_12m], '
        'purposes: ["4.1"], phases: [plan], conditions: [involved, minor], obligations: [log], basis: [WPG-20-1]}'
    )
    found = between('        - {id: "8.3"', f'        - {rule}\n        - {{id: "8.3"', JS)

    (right,) = found.rights
    assert (right.recipient, right.sources, right.fields) == ("OND", ("POL",), ("police_contacts_12m",))
    assert (right.phases, right.purposes, right.roles) == (("plan",), ("youth_school",), ("professional",))
    assert (right.before, right.after, right.gained) == ("announced", "visible", True)
    assert (right.given_before, right.given_after) == (("6.3",), ("8.9",))
    assert right.conditions == (("involved", "minor"),)
    assert found.gained == (right,)
    assert found.lost == ()


def in_rule(number: str, old: str, new: str) -> Difference:
    """From the worked covenant to the same with other words in one rule (which is one line)."""
    line = next(line for line in PGA.splitlines() if f'{{id: "{number}"' in line)
    assert old in line
    return between(line, line.replace(old, new))


def test_a_condition_that_is_asked_from_now_on_is_a_loss_that_ends_with_it() -> None:
    found = in_rule("6.3", "conditions: [involved]", "conditions: [involved, source_consent]")

    right = next(item for item in found.rights if item.recipient == "JB")
    assert (right.gained, right.before, right.after) == (False, "visible", "silent")
    assert right.conditions == (("involved",),)
    assert right.ends_with == (("involved", "source_consent"),)


def test_a_new_prohibition_is_named_as_what_takes_away() -> None:
    found = in_rule("7.9", "[OND, JW]", "[OND, JW, POL]")

    assert {(item.recipient, item.sources, item.fields) for item in found.rights} == {("POL", ("GEM",), ("bsn",))}
    assert {item.forbidden_after for item in found.rights} == {("7.9",)}
    assert {number for item in found.lost for number in item.given_before} == {"5.2", "7.4"}


def test_a_party_that_leaves_gets_nothing_more_and_its_facts_go_with_it() -> None:
    before = document(PGA)
    parties = before.parties.model_copy(update={"participant": ("RCL", "VT", "JB", "SOC")})

    found = difference(before, before.model_copy(update={"parties": parties}), CATALOGUE)

    assert found.gained == ()
    assert {item.recipient for item in found.lost if "GGZ" not in item.sources} == {"GGZ"}
    assert any(item.recipient == "POL" and "GGZ" in item.sources for item in found.lost)
    assert [key.key for key in found.heading] == ["parties.participant"]


def test_fields_that_a_source_does_not_have_are_left_out_unless_asked() -> None:
    old, new = "from: [GEM, SOC, RCL], to: [GEM, ZVH, RCL]", "from: [GEM, SOC, RCL], to: [GEM, ZVH, RCL, JB]"

    fields = {code for item in between(old, new).rights for code in item.fields if item.sources == ("GEM",)}

    assert "probation_supervision" not in fields
    everything = difference(document(PGA), document(PGA.replace(old, new)), CATALOGUE, only_held=False)
    assert any("GEM" in item.sources and "probation_supervision" in item.fields for item in everything.rights)


def test_renumbering_a_rule_changes_the_text_and_no_right() -> None:
    found = in_rule("7.5", '"7.5"', '"7.50"')

    assert found.rights == ()
    changed = next(article for article in found.articles if article.change == "changed")
    assert {(rule.number, rule.change) for rule in changed.rules} == {("7.5", "removed"), ("7.50", "added")}


def test_articles_say_what_was_added_removed_and_changed() -> None:
    text = PGA.replace('{article: "4", title: Doelen}', '{article: "4", title: Doelen, text: "Eén doel."}')
    after = text.replace("Eén doel.", "Twee doelen.").replace('{article: "9", title', '{article: "19", title')
    after = after.replace("offline_minutes: 60", "offline_minutes: 30").replace("med: [diagnosis, ", "med: [")

    found = difference(document(text), document(after), CATALOGUE)

    by_number = {article.article: article for article in found.articles}
    assert [number for number, item in by_number.items() if item.change != "same"] == ["4", "9", "19", "10"]
    assert (by_number["4"].text_before, by_number["4"].text_after) == ("Eén doel.", "Twee doelen.")
    assert (by_number["9"].change, by_number["19"].change) == ("removed", "added")
    (rule,) = by_number["10"].rules
    assert (rule.number, rule.kind, rule.change) == ("10.1", "grants", "changed")
    assert [(key.key, key.before, key.after) for key in rule.keys] == [("offline_minutes", 60, 30)]
    assert [key.key for key in found.heading] == ["sets.med"]


def test_a_difference_is_plain_data() -> None:
    plain = json.loads(json.dumps(difference(V1, V2, CATALOGUE).data()))

    assert {key["key"] for key in plain["heading"]} == {"version", "dpia.ref", "dpia.review"}
    assert all(right["gained"] and right["conditions"] for right in plain["rights"])


@pytest.mark.parametrize(("before", "after"), [(V1, V2), (document(JS), V2), (document(PGA), document(JS))])
def test_a_difference_is_made_while_somebody_waits(before: CovenantDocument, after: CovenantDocument) -> None:
    with within(2):  # some 50 ms for two versions, 1 s for two strangers
        difference(before, after, CATALOGUE)
