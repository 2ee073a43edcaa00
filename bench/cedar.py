"""The generated covenants in Cedar's own language, and a question as one batch of requests. A1's peer.

Each rule is one policy. Agencies are entities in the groups of their type and of the covenants they are
party to; fields are entities in the group of each rule that names them, which is what lets Cedar pass
over a policy quickly. The grade is read from the policies that decided: an announcement permits as well.
"""

import json
from collections.abc import Iterator
from typing import Any

import cedarpy

from agreements.policy.catalogue import Catalogue
from agreements.policy.compile import VersionTerms
from agreements.policy.conditions import condition_names
from agreements.policy.document import CovenantDocument, Grant, Prohibition, RuleKind
from agreements.policy.question import Question
from bench.generated import Generated

OWN = "own"
HELD = "held"


class Cedar:
    """The covenants as a parsed policy set and parsed entities: Cedar is spared reading them again."""

    def __init__(self, world: Generated) -> None:
        self.catalogue = world.catalogue
        self.kinds: dict[str, str] = {}
        self.text = "\n".join(self._policies(world))
        self.entities_text = json.dumps(list(_entities(world)))
        self.policies = cedarpy.PolicySet.from_str(self.text)
        self.entities = cedarpy.Entities.from_json_str(self.entities_text)

    def _policies(self, world: Generated) -> Iterator[str]:
        yield self._named(OWN, "permit (principal, action, resource) when { context.source == principal };")
        yield self._named(
            HELD, "forbid (principal, action, resource) when { resource in context.held } "
            "unless { context.source == principal };"
        )  # fmt: skip
        for terms in world.versions:
            for kind, _path, article, rule in terms.document.placed_rules():
                if isinstance(rule, Prohibition):
                    yield self._named(kind.value, _forbid(world, terms, rule))
                elif isinstance(rule, Grant):
                    yield self._named(kind.value, _permit(terms, article, rule))

    def _named(self, kind: str, text: str) -> str:
        self.kinds[f"policy{len(self.kinds)}"] = kind
        return text

    def requests(self, question: Question) -> list[dict[str, Any]]:
        """One request for each field of the catalogue."""
        reader = question.reader
        context = {
            "source": _ref("Agency", question.source.code),
            "roles": sorted(reader.roles),
            "purpose": reader.purpose,
            "kind": question.setting.kind,
            "phase": question.setting.phase,
            "covenants": sorted(question.setting.covenants),
            "under": sorted(question.under & question.setting.covenants),
            "satisfied": list(condition_names(question.satisfied)),
            "held": [_ref("Field", code) for code in self.catalogue.codes(question.held)],
            "via": question.via.value,
            "at": int(question.at.timestamp()),
        }
        principal = f'Agency::"{reader.agency.code}"'
        return [
            {
                "principal": principal,
                "action": 'Action::"read"',
                "resource": f'Field::"{field.code}"',
                "context": context,
            }
            for field in self.catalogue.fields
        ]

    def ask(self, requests: list[dict[str, Any]]) -> list[Any]:
        """One batch call."""
        return cedarpy.is_authorized_batch(requests, self.policies, self.entities)

    def ask_as_text(self, requests: list[dict[str, Any]]) -> list[Any]:
        """One batch call that is given policies and entities as text, as in the library's first examples."""
        return cedarpy.is_authorized_batch(requests, self.text, self.entities_text)

    def masks(self, results: list[Any]) -> tuple[int, int]:
        """(visible, announced) of the answers to one batch."""
        visible = announced = 0
        for field, result in zip(self.catalogue.fields, results, strict=True):
            if result.diagnostics.errors:
                raise AssertionError(result.diagnostics.errors)
            if result.allowed:
                kinds = {self.kinds[name] for name in result.diagnostics.reasons}
                if kinds == {RuleKind.NOTICE.value}:
                    announced |= 1 << field.bit
                else:
                    visible |= 1 << field.bit
        return visible, announced


def _permit(terms: VersionTerms, article: Any, rule: Grant) -> str:
    document = terms.document
    tests = [
        *_in_force(terms),
        f'context.under.contains("{document.code}")',
        f'principal in Party::"{document.code}"',
        f'context.source in Party::"{document.code}"',
        _agencies("principal", rule.to),
        _agencies("context.source", rule.from_),
        f"context.roles.containsAny({_words(rule.roles)})",
        f"{_words(document.purpose_codes(rule.purposes))}.contains(context.purpose)",
        f"{_words(rule.phases)}.contains(context.phase)",
        f"{_words(document.kinds_of(article, rule.case_kinds))}.contains(context.kind)",
        *(f"context.satisfied.containsAny({_words(group)})" for group in rule.conditions),
        'context.via == "extract"' if rule.delivery == "extract" else 'context.via == "live"',
    ]
    if rule.delivery != "extract":
        tests.append(f'!(principal in ThirdParty::"{document.code}")')
    return f"permit ({_scope(document, rule.id)}) when {{ {' && '.join(test for test in tests if test)} }};"


def _forbid(world: Generated, terms: VersionTerms, rule: Prohibition) -> str:
    document = terms.document
    tests = [*_in_force(terms), _agencies("principal", rule.to), _agencies("context.source", rule.from_)]
    tests.append(f'context.covenants.contains("{document.code}")')
    if rule.scope == "covenant":
        tests.append(f'context.under.contains("{document.code}")')
    unless = ["context.source == principal"]
    if rule.unless is not None:
        regime = _words(v.document.code for v in world.versions if v.document.regime == rule.unless.regime)
        condition = f'context.satisfied.contains("{rule.unless.condition}")'
        unless.append(f"({condition} && context.under.containsAny({regime}))")
    return (
        f"forbid ({_scope(document, rule.id)}) when {{ {' && '.join(test for test in tests if test)} }} "
        f"unless {{ {' || '.join(unless)} }};"
    )


def _in_force(terms: VersionTerms) -> list[str]:
    starts, ends = int(terms.starts.timestamp()), int(terms.ends.timestamp()) if terms.ends else 2**53
    return [f"context.at >= {starts}", f"context.at < {ends}"]


def _scope(document: CovenantDocument, rule: str) -> str:
    return f'principal, action == Action::"read", resource in Rule::"{document.code} {rule}"'


def _agencies(who: str, types: tuple[str, ...]) -> str:
    if "*" in types:
        return ""
    names = ", ".join(f'AgencyType::"{kind}"' for kind in types)
    return f"{who} in [{names}]"


def _words(words: Any) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def _ref(kind: str, name: str) -> dict[str, Any]:
    return {"__entity": {"type": kind, "id": name}}


def _entities(world: Generated) -> Iterator[dict[str, Any]]:
    for agency in world.agencies:
        parents = [{"type": "AgencyType", "id": agency.type}]
        for terms in world.versions:
            for accession in terms.accessions:
                if accession.agency == agency:
                    parents.append({"type": "Party", "id": terms.document.code})
                    if accession.capacity == "third_party":
                        parents.append({"type": "ThirdParty", "id": terms.document.code})
        yield {"uid": {"type": "Agency", "id": agency.code}, "attrs": {}, "parents": parents}
    named = _rules_by_field(world.catalogue, world.versions)
    for field in world.catalogue.fields:
        parents = [{"type": "Rule", "id": name} for name in named[field.code]]
        yield {"uid": {"type": "Field", "id": field.code}, "attrs": {}, "parents": parents}


def _rules_by_field(catalogue: Catalogue, versions: tuple[VersionTerms, ...]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {code: [] for code in catalogue.by_code}
    for terms in versions:
        for _kind, _path, _article, rule in terms.document.placed_rules():
            for code in terms.document.field_codes(rule):
                named[code].append(f"{terms.document.code} {rule.id}")
    return named
