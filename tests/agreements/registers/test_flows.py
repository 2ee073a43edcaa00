"""Who gives what to whom follows from the rules, and from nothing else: held against the decisions themselves."""

from collections import defaultdict

import pytest
import yaml

from agreements.parties.rules import HOLDERS
from agreements.policy.catalogue import load_catalogue
from agreements.policy.compile import Accession, VersionTerms, compile_policy
from agreements.policy.document import CovenantDocument, load_document
from agreements.policy.matrix import Letter, matrix
from agreements.policy.question import Actor
from agreements.policy.vocabulary import CASE_KINDS, PHASES
from agreements.registers.flows import flows
from foundation import clock
from tests.agreements.covenants.world import DEMO, signatures, text

NAMES = sorted(path.stem for path in (DEMO / "covenants").glob("*.yaml") if ".signatures" not in path.name)
GIVING = {Letter.ALL, Letter.SOME, Letter.ANNOUNCED, Letter.CONDITION}
Given = dict[tuple[str, str], set[str]]


class Party:
    def __init__(self, code: str, capacity: str) -> None:
        self.actor = Actor(code=code, type=_types()[code])
        self.capacity = capacity


def _types() -> dict[str, str]:
    agencies = yaml.safe_load((DEMO / "parties.yaml").read_text())["agencies"]
    return {item["code"]: item["type"] for item in agencies}


def _parties(name: str) -> list[Party]:
    return [Party(item["agency"], item["capacity"]) for item in signatures(name)["signatures"]]


def _decided(document: CovenantDocument, parties: list[Party]) -> Given:
    """Every field that reaches somebody in some purpose, phase and kind, with every condition met, but break-glass."""
    catalogue, now = load_catalogue(), clock.now()
    accessions = tuple(Accession(agency=p.actor, capacity=p.capacity, starts=now, ends=None) for p in parties)
    policy = compile_policy(catalogue, [VersionTerms(document=document, starts=now, ends=None, accessions=accessions)])
    found: Given = defaultdict(set)
    for purpose in dict.fromkeys(document.purposes.values()):
        for phase in PHASES:
            for kind in document.case_kinds or CASE_KINDS:
                table = matrix(
                    policy, catalogue, parties,
                    purpose=purpose, phase=phase, case_kind=kind, at=now, holders=HOLDERS,
                )  # fmt: skip
                for row in table.rows:
                    for cell in row.cells:
                        given = {item.field for item in cell.fields if item.letter in GIVING}
                        found[row.source.code, cell.recipient] |= given
    return {pair: fields for pair, fields in found.items() if fields}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_flows_are_those_of_the_decisions(name: str) -> None:
    catalogue = load_catalogue()
    document = load_document(text(name), catalogue=catalogue)
    parties = _parties(name)
    danger = {rule.id for kind, _path, _article, rule in document.placed_rules() if kind.value == "break_glass"}
    found: Given = defaultdict(set)
    for flow in flows(document, catalogue, parties, at=clock.now()):
        if flow.article not in danger:
            found[flow.source, flow.recipient] |= set(catalogue.codes(flow.fields))

    assert dict(found) == _decided(document, parties)


def test_who_is_no_party_gives_and_receives_nothing() -> None:
    document = load_document(text(), catalogue=load_catalogue())
    parties = [party for party in _parties("pga-md.v2") if party.actor.code != "POL-MD"]

    found = list(flows(document, load_catalogue(), parties, at=clock.now()))
    assert found
    assert not [flow for flow in found if "POL-MD" in (flow.source, flow.recipient)]
