"""Generated covenants and questions: 30 agencies, 80 fields. Used by the rows on deciding and on changing rules."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from agreements.policy.catalogue import Catalogue, load_catalogue
from agreements.policy.compile import Accession, VersionTerms
from agreements.policy.conditions import condition_bits
from agreements.policy.document import CovenantDocument
from agreements.policy.question import Actor, Question, Reader, Setting
from agreements.policy.vocabulary import AGENCY_TYPES, PHASES

FIELDS = 80
STARTS = datetime(2026, 1, 1, tzinfo=UTC)
ENDS = datetime(2029, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PURPOSES = {"4.1": "pga_youth", "4.2": "pga_adult", "4.3": "prevent_eviction", "4.4": "aftercare_detention"}
OTHER_CONDITIONS = ("explicit_consent", "good_care", "om_consent", "minor", "invited")
OBLIGATIONS = ("log", "secrecy", "watermark", "no_export")
THIRD = ("OND", "WON", "JW", "HLT")
READING = ("professional", "case_director", "chair", "street")


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """Covenants in force, with every agency as party to some of them."""

    catalogue: Catalogue
    agencies: tuple[Actor, ...]
    versions: tuple[VersionTerms, ...]


def eighty_fields() -> Catalogue:
    """The catalogue that ships, with fields added (or left out) until there are eighty."""
    shipped = load_catalogue()
    fields = list(shipped.fields)[:FIELDS]
    top = max(field.bit for field in fields)
    while len(fields) < FIELDS:
        top += 1
        fields.append(replace(fields[0], code=f"bench_{top}", bit=top))
    by_code = {field.code: field for field in fields}
    by_bit = {field.bit: field for field in fields}
    return replace(shipped, fields=tuple(fields), by_code=by_code, by_bit=by_bit, hash=f"bench-{len(fields)}")


def generate(*, covenants: int, articles: int, seed: int = 7) -> Generated:
    """`covenants` covenants of `articles` articles with one rule each, for thirty agencies."""
    catalogue = eighty_fields()
    dice = Random(seed)
    agencies = tuple(
        Actor(code=f"{kind}-{number}", type=kind)
        for number, kind in ((n // len(AGENCY_TYPES), AGENCY_TYPES[n % len(AGENCY_TYPES)]) for n in range(30))
    )
    versions = tuple(_version(dice, catalogue, agencies, f"CONV-{number:03d}", articles) for number in range(covenants))
    return Generated(catalogue=catalogue, agencies=agencies, versions=versions)


def _version(dice: Random, catalogue: Catalogue, agencies: tuple[Actor, ...], code: str, articles: int) -> VersionTerms:
    document = CovenantDocument.model_validate(document_of(dice, catalogue, code, articles))
    capacities = document.capacities
    joined = [agency for agency in agencies if agency.type in capacities and dice.random() < 0.9]
    accessions = tuple(
        Accession(agency=agency, capacity=capacities[agency.type], starts=STARTS, ends=None) for agency in joined
    )
    return VersionTerms(document=document, starts=STARTS, ends=ENDS, accessions=accessions)


def document_of(dice: Random, catalogue: Catalogue, code: str, articles: int) -> dict[str, Any]:
    """A covenant as its YAML would read: of the rules one in eight announces and one in eight prohibits."""
    partners = [kind for kind in AGENCY_TYPES if kind not in THIRD and kind != "ZVH"]
    general = dice.random() < 0.25
    return {
        "code": code,
        "title": f"Convenant {code}",
        "version": 1,
        "regime": "general" if general else "wgs_zvh",
        "term": {"from": date(2026, 1, 1), "until": date(2028, 12, 31)},
        "contact_point": "GEM",
        "dpia": {"ref": "DPIA", "review": date(2028, 1, 1)},
        "parties": {"controller": partners[:7], "participant": partners[7:], "third_party": list(THIRD)},
        "bureau": {"code": "ZVH", "acts_for": "GEM"},
        "purposes": PURPOSES,
        "articles": [
            {"article": "3", "title": "Casussoorten", "case_kinds": ["person", "family"]},
            *(_article(dice, catalogue, number, partners) for number in range(5, 5 + articles)),
        ],
    }


def _article(dice: Random, catalogue: Catalogue, number: int, partners: list[str]) -> dict[str, Any]:
    kind = ("announcements", "prohibitions")[number // 8 % 2] if number % 8 in (0, 1) else "grants"
    codes = [field.code for field in catalogue.fields]
    readers = [*partners, "ZVH"]
    rule: dict[str, Any] = {
        "id": f"{number}.1",
        "from": dice.sample(partners, dice.randint(1, 4)),
        "to": dice.sample(readers, dice.randint(4, 9)),
        "fields": dice.sample(codes, dice.randint(4, 14)),
    }
    if kind == "prohibitions":
        rule |= {"from": "*", "reason": "verbod", "to": dice.sample(readers, 3), "fields": rule["fields"][:3]}
        rule |= {"scope": dice.choice(["all", "covenant"])}
        if dice.random() < 0.3:
            rule["unless"] = {"regime": "general", "condition": "om_consent"}
    else:
        conditions: list[Any] = ["involved"]
        if dice.random() < 0.3:
            conditions.append(dice.choice([*OTHER_CONDITIONS, {"any_of": ["explicit_consent", "good_care"]}]))
        rule |= {
            "roles": ["professional", *dice.sample(READING[1:], dice.randint(0, 3))],
            "purposes": dice.sample(list(PURPOSES), dice.randint(2, 4)),
            "phases": dice.sample(PHASES, dice.randint(2, 5)),
            "conditions": conditions,
            "obligations": dice.sample(OBLIGATIONS, dice.randint(1, 3)),
            "delivery": dice.choice(["live"] * 9 + ["extract"]) if kind == "grants" else "live",
            "basis": ["WGS-1.5"],
        }
    return {"article": str(number), "title": f"Artikel {number}", kind: [rule]}


def questions(world: Generated, count: int, *, seed: int = 11) -> list[Question]:
    """Questions about contributions in cases that run under one to three covenants."""
    dice = Random(seed)
    codes = [terms.document.code for terms in world.versions]
    readers = [agency for agency in world.agencies if agency.type not in THIRD]
    asked = []
    for _ in range(count):
        covenants = frozenset(dice.sample(codes, min(len(codes), dice.randint(1, 3))))
        under = covenants if dice.random() < 0.7 else frozenset({min(covenants)})
        names = {"involved", *dice.sample(OTHER_CONDITIONS, dice.randint(0, 4))}
        held = world.catalogue.mask(dice.sample(sorted(world.catalogue.by_code), 2)) if dice.random() < 0.1 else 0
        asked.append(
            Question(
                reader=Reader(
                    agency=dice.choice(readers),
                    roles=frozenset({"professional", *dice.sample(READING[1:], dice.randint(0, 1))}),
                    purpose=dice.choice(list(PURPOSES.values())),
                ),
                setting=Setting(kind=dice.choice(["person", "family"]), phase=dice.choice(PHASES), covenants=covenants),
                source=dice.choice(readers),
                under=under,
                satisfied=condition_bits(names),
                at=NOW,
                held=held,
            )
        )
    return asked
