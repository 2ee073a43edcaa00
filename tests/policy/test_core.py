"""Edges of the core: odd questions, unreadable rules, wide catalogues, memory, and the small tools around it."""

import gc
import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from agreements.policy.catalogue import Catalogue
from agreements.policy.compare import gained_lost
from agreements.policy.compile import Accession, VersionTerms, compile_policy
from agreements.policy.conditions import CONDITIONS, condition_bit, condition_bits, condition_names
from agreements.policy.decide import NOTHING, Policy, decide
from agreements.policy.document import CovenantDocument
from agreements.policy.explain import STEP_KINDS, Step, explain, explain_all
from agreements.policy.question import Actor, Question
from agreements.policy.sheet import purposes_for, sheet
from agreements.policy.together import decide_together
from agreements.policy.validity import between, days
from tests.policy.worked import CATALOGUE, JS, NOW, PGA, STARTS, agency, ask, document, policy, signed

BOTH = policy()
EVERYTHING = CATALOGUE.mask(CATALOGUE.by_code)

ODD = [
    ask("GEM", "POL", purpose="*"),
    ask("GEM", "POL", purpose="odd", role="odd", kind="odd", phase="odd"),
    ask("GEM", "POL", role=""),
    ask("GEM", "POL", covenants="UNKNOWN"),
    ask("GEM", "POL", covenants=""),
    ask("GEM", "POL", under=""),
    ask("GEM", "POL", under="JS-MD"),
    ask("GEM", "POL", satisfied=""),
    replace(ask("GEM", "POL"), satisfied=-1),
    replace(ask("GEM", "POL"), satisfied=1 << 99),
    ask("GEM", "POL", held=-1),
    ask("XX", "YY"),
    ask("GEM", "POL", at=datetime(2026, 6, 1)),  # noqa: DTZ001 - a moment without a zone is no moment
    ask("GEM", "POL", at=datetime.min.replace(tzinfo=timezone(timedelta(hours=9)))),
    ask("GEM", "POL", at=datetime.max.replace(tzinfo=UTC)),
    ask("GEM", "POL", at=datetime.min.replace(tzinfo=UTC)),
]


@pytest.mark.parametrize("question", ODD)
def test_an_odd_question_gets_nothing_and_raises_nothing(question: Question) -> None:
    decision = decide(BOTH, question)

    assert (decision.visible, decision.announced, decision.grants) == (0, 0, ())
    assert {item.grade for item in explain_all(BOTH, question)} == {"silent"}


@pytest.mark.parametrize("question", ODD)
def test_an_odd_question_still_gets_its_own_facts(question: Question) -> None:
    own = replace(question, source=question.reader.agency)

    assert decide(BOTH, own).visible == EVERYTHING
    assert {item.grade for item in explain_all(BOTH, own)} == {"visible"}


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    there = replace(ask("GEM", "POL"), at=NOW.astimezone(timezone(timedelta(hours=-11))))

    assert decide(BOTH, there) == decide(BOTH, ask("GEM", "POL")) != NOTHING


def test_a_rule_that_cannot_be_read_silences_its_covenant_and_says_so() -> None:
    fewer = replace(CATALOGUE, by_code={k: v for k, v in CATALOGUE.by_code.items() if k != "vt_content"}, hash="x")

    broken = compile_policy(fewer, [signed(PGA), signed(JS)])

    assert {finding.code for finding in broken.findings} == {"unreadable_rule"}
    assert decide(broken, ask("GEM", "POL")).visible == 0
    step = next(s for s in explain(broken, ask("GEM", "POL"), "police_incident").mend if s.kind == "prohibition")
    assert "vt_content" in step.detail["reason"]


def wide_catalogue(count: int) -> Catalogue:
    """The catalogue with more fields, up to `count` of them."""
    pattern = CATALOGUE.fields[0]
    first = max(CATALOGUE.by_bit) + 1
    more = tuple(replace(pattern, code=f"extra_{bit}", bit=bit) for bit in range(first, count))
    fields = (*CATALOGUE.fields, *more)
    by_code, by_bit = {item.code: item for item in fields}, {item.bit: item for item in fields}
    return replace(CATALOGUE, fields=fields, by_code=by_code, by_bit=by_bit, hash=f"wide-{count}")


def test_the_129th_field_just_works() -> None:
    catalogue = wide_catalogue(129)
    text = PGA.replace("set: pol_full, purposes", "set: pol_full, extra: [extra_128], purposes")
    terms = signed(PGA)
    rules = [a.model_copy() for a in document(PGA).articles]
    widened = rules[5].grants[0].model_copy(update={"extra": ("extra_128",)})
    rules[5] = rules[5].model_copy(update={"grants": (widened, *rules[5].grants[1:])})
    wide = terms.document.model_copy(update={"articles": tuple(rules)})
    wide._rows.clear()

    decision = decide(compile_policy(catalogue, [replace(terms, document=wide)]), ask("GEM", "POL"))

    assert "extra_128" in text
    assert decision.visible >> 128 == 1
    assert str(decision.article_of(128)) == "PGA-MD art. 6.1"


def many(covenants: int, rules: int) -> list[VersionTerms]:
    grant = {
        "from": "*", "to": ["POL", "OM", "GEM"], "roles": ["professional"], "fields": ["full_name"],
        "purposes": ["4.1"], "phases": ["meeting"], "conditions": ["involved"],
    }  # fmt: skip
    agencies = [Actor(code=f"{kind}-{n}", type=kind) for kind in ("POL", "OM", "GEM") for n in range(10)]
    joined = tuple(Accession(agency=a, capacity="controller", starts=STARTS, ends=None) for a in agencies)
    found = []
    for number in range(covenants):
        content = {
            "code": f"C-{number}", "title": "Veel", "version": 1, "regime": "general",
            "term": {"from": date(2026, 1, 1)}, "parties": {"controller": ["POL", "OM", "GEM"]},
            "purposes": {"4.1": "alpha"},
            "articles": [
                {"article": "3", "case_kinds": ["person"]},
                {"article": "6", "grants": [grant | {"id": f"6.{n}"} for n in range(rules)]},
            ],
        }  # fmt: skip
        parsed = CovenantDocument.model_validate(content)
        found.append(VersionTerms(document=parsed, starts=STARTS, ends=None, accessions=joined))
    return found


def questions_about(covenant: str) -> list[Question]:
    base = ask("GEM-1", "POL-1", purpose="alpha", covenants=covenant)
    readers = [replace(base.reader, agency=Actor(code=f"GEM-{n}", type="GEM")) for n in range(10)]
    return [replace(base, reader=reader) for reader in readers]


def test_a_hundred_covenants_of_twenty_rules_fit_in_64_mebibytes_with_everything_kept() -> None:
    versions = many(100, 20)
    gc.collect()
    tracemalloc.start()

    compiled = compile_policy(CATALOGUE, versions)
    for number in range(100):
        for question in questions_about(f"C-{number}"):
            assert decide(compiled, question).visible == 1
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert used < 64 * 2**20


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agreements.policy.decide.MOST_KEPT", 50)
    compiled = compile_policy(CATALOGUE, many(1, 1))
    asked = [replace(question, held=n << 1) for n in range(40) for question in questions_about("C-0")]

    answers = [decide(compiled, question).visible for question in asked]

    assert set(answers) == {1}
    assert compiled._kept <= 50


def test_an_unknown_mode_and_a_naive_validity_are_refused() -> None:
    with pytest.raises(ValueError, match="third_party_mode"):
        compile_policy(CATALOGUE, [], third_party_mode="sometimes")
    with pytest.raises(ValueError, match="no time zone"):
        between(datetime(2026, 1, 1), None)  # noqa: DTZ001 - that is the mistake


def test_days_are_inclusive_in_words_and_half_open_in_code() -> None:
    spring = days(date(2026, 3, 29), date(2026, 3, 29))

    assert spring.starts == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert spring.ends == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert days(None, None).contains(NOW)


def test_an_empty_policy_knows_only_own_facts() -> None:
    empty = compile_policy(CATALOGUE, [])

    assert decide(empty, ask("GEM", "POL")) == NOTHING
    assert decide(empty, ask("GEM", "GEM")).visible == EVERYTHING


def test_conditions_have_fixed_bits_and_names() -> None:
    assert [condition_bit(name) for name in CONDITIONS] == [1 << n for n in range(11)]
    assert condition_names(condition_bits(["minor", "involved"])) == ("involved", "minor")
    with pytest.raises(KeyError):
        condition_bit("unheard_of")


def broken(compiled: Policy, question: Question, code: str) -> dict[str, Step]:
    return {step.kind: step for step in explain(compiled, question, code).mend}


def test_explain_says_what_would_mend_it() -> None:
    away = ask("GEM", "POL", purpose="prevent_eviction", phase="aftercare", satisfied="")

    steps = broken(BOTH, away, "police_incident")

    assert list(steps) == ["participation", "purpose", "phase"]
    assert steps["purpose"].detail == {
        "needs": "pga_youth,pga_adult,aftercare_detention",
        "is": "prevent_eviction",
    }
    assert (steps["phase"].covenant, steps["phase"].version, steps["phase"].article) == ("PGA-MD", 2, "6.1")


@pytest.mark.parametrize(
    ("question", "code", "kind", "detail"),
    [
        (ask("GEM", "GGZ", satisfied="involved"), "handling_advice", "condition", "explicit_consent|good_care"),
        (ask("SOC", "POL"), "police_incident", "recipient", "OM,GEM,ZVH,RCL,RVK,JB,VT,DJI"),
        (ask("GEM", "POL", role="street"), "police_incident", "role", "professional,case_director,chair"),
        (ask("GEM", "RCL"), "police_incident", "source", "POL"),
        (ask("GEM", "POL", kind="area"), "police_incident", "case_kind", "person,family"),
        (ask("ZVH", "GEM"), "hotspot_note", "field", "hotspot_note"),
        (ask("ZVH", "GEM"), "unheard_of", "field", "unheard_of"),
        (ask("OND", "GEM", phase="plan"), "school_agreement", "party", "extract"),
        (ask("GEM", "POL", under="JS-MD"), "police_incident", "party", ""),
    ],
)
def test_explain_names_the_link_that_breaks(question: Question, code: str, kind: str, detail: str) -> None:
    assert broken(BOTH, question, code)[kind].detail.get("needs", "") == detail


@pytest.mark.parametrize(
    ("question", "code", "because"),
    [
        (ask("GEM", "POL", at=STARTS - timedelta(1)), "police_incident", "in_force"),
        (ask("GEM-X", "POL"), "police_incident", "reader"),
        (ask("GEM", "POL-X"), "police_incident", "source"),
        (ask("GEM", "POL", under="JS-MD"), "police_incident", "carried"),
        (ask("WON", "GEM", phase="plan"), "housing_agreement", "delivery"),
        (ask("WON", "GEM"), "support_goals", "third_party"),
    ],
)
def test_explain_says_why_the_parties_do_not_meet(question: Question, code: str, because: str) -> None:
    assert broken(BOTH, question, code)["party"].detail["because"] == because


def test_explain_shows_the_prohibition_and_the_hold_that_stop_a_field() -> None:
    school = ask("OND", "POL", purpose="youth_school", covenants="PGA-MD JS-MD")
    held = ask("GEM", "POL", held=CATALOGUE.mask(["police_incident"]))

    prohibition = broken(BOTH, school, "police_contacts_12m")["prohibition"]

    assert (prohibition.covenant, prohibition.article) == ("PGA-MD", "7.6")
    assert prohibition.detail["reason"].startswith("never to school")
    assert list(broken(BOTH, held, "police_incident")) == ["hold"]
    assert broken(BOTH, ask("GEM", "POL"), "investigation_note")["prohibition"].detail["unless"] == "om_consent"


def test_an_expired_version_does_not_speak_while_another_is_in_force() -> None:
    old = replace(signed(PGA), ends=NOW)
    new = replace(signed(PGA.replace("version: 2", "version: 3").replace(", wmo_provision", "")), starts=NOW)
    renewed = compile_policy(CATALOGUE, [old, new])
    before, after = ask("GEM", "SOC", at=NOW - timedelta(1)), ask("GEM", "SOC")

    assert explain(renewed, before, "wmo_provision").grade == "visible"
    assert list(broken(renewed, after, "wmo_provision")) == ["field"]
    assert str(explain(renewed, after, "work_status").articles[0]) == "PGA-MD art. 6.3"


def test_explain_is_the_same_whether_asked_alone_or_with_the_rest() -> None:
    question = ask("GEM", "GGZ", satisfied="involved explicit_consent")

    alone = [explain(BOTH, question, item.code) for item in CATALOGUE.fields]

    assert tuple(alone) == explain_all(BOTH, question)
    assert {step.kind for item in alone for step in item.steps} <= set(STEP_KINDS)
    assert str(explain(BOTH, question, "diagnosis").articles[0]) == "PGA-MD art. 6.9"


def test_the_sheet_gives_grade_and_article_a_field_and_source() -> None:
    question = ask("GEM", "POL", satisfied="involved explicit_consent")
    sources = [agency("POL"), agency("GGZ")]

    rows = sheet(BOTH, question.reader, question.setting, sources, question.satisfied, NOW)

    cells = {row.field: [(c.grade.value, str(c.article)) for c in row.cells] for row in rows}
    assert len(rows) == len(CATALOGUE.fields)
    assert cells["police_incident"] == [("visible", "PGA-MD art. 6.1"), ("silent", "None")]
    assert cells["diagnosis"] == [("silent", "None"), ("announced", "PGA-MD art. 6.9")]


def test_purposes_are_those_that_could_give_this_agency_something() -> None:
    setting = ask("GEM", "POL", covenants="PGA-MD JS-MD").setting
    role = frozenset({"professional"})

    assert purposes_for(BOTH, agency("DJI"), role, setting, NOW) == {"pga_youth", "pga_adult", "aftercare_detention"}
    assert purposes_for(BOTH, agency("OND"), role, setting, NOW) == {"youth_school"}
    assert purposes_for(BOTH, agency("GEM"), frozenset(), setting, NOW) == frozenset()
    assert purposes_for(BOTH, agency("GEM"), role, setting, STARTS - timedelta(1)) == frozenset()


def test_comparing_two_policies_gives_what_is_gained_and_lost() -> None:
    wider = policy(PGA.replace("from: [POL], to: [OM, GEM, ZVH, RCL", "from: [POL], to: [OM, SOC, ZVH, RCL"), JS)
    asked = [ask("GEM", "POL"), ask("SOC", "POL"), ask("OM", "POL")]

    (gem, soc, om) = gained_lost(BOTH, wider, asked)

    assert "police_incident" in CATALOGUE.codes(gem[1])
    assert "police_incident" in CATALOGUE.codes(soc[0])
    assert (gem[0], soc[1], om) == (0, 0, (0, 0))


def test_one_person_joining_narrows_the_shared_screen() -> None:
    alone, school = ask("GEM", "POL"), ask("OND", "POL")

    assert decide_together(BOTH, [alone]) == decide(BOTH, alone)
    assert decide_together(BOTH, [alone, school]).visible == 0
    assert decide_together(BOTH, []) == NOTHING
