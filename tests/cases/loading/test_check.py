"""Case files of the right shape that make no sense: what is said, and where."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cases.casework.loading.load import check_case_files
from tests.cases.loading.test_case_file import spoil

HOLD = {"kind": "restriction", "fields": "all", "ground": "x", "from": 0, "recorded_by": "sanne"}
CONDITION = {"condition": "invited", "from": 0, "text": "x", "recorded_by": "sanne"}
EXTRACT = {
    "agency": "WON-WATERWEG", "source": "GEM-MD", "under": "PGA-MD", "article": "7.2", "purpose": "prevent_eviction",
    "subject": "sam", "values": {"housing_agreement": "Stel dertig dagen uit."}, "decided_on": -3,
    "decided_by": "Sanne de Wit", "until": 60,
}  # fmt: skip
AGAIN = {"agency": "GEM-MD", "from": -3, "mode": "live", "reason": "Nog eens"}
SCHOOL = {"agency": "OND-BAKEN", "from": -3, "mode": "live", "reason": "Leest mee"}


@pytest.mark.parametrize(
    ("change", "path", "word"),
    [
        (spoil("label", "Sam"), "label", "geen label"),
        (spoil("next_step/owner", "GEM-MX"), "next_step.owner", "Bedoelde u 'GEM-MD'"),
        (spoil("covenants/0", "PGA-XX"), "covenants[0]", "niet geladen"),
        (spoil("purpose", "area_safety"), "purpose", "kent het doel"),
        (spoil("kind", "area"), "subjects", "geen betrokkenen"),
        (spoil("opened", -41), "opened", "eerste fase"),
        (spoil("phases/1/from", -50), "phases[1].from", "vóór de vorige"),
        (spoil("phases/1/from", 1), "phases[1].from", "nog niet geweest"),
        (spoil("phases/0/by", "POL-XX"), "phases[0].by", "bestaat hier niet"),
        (spoil("subjects/0/role", "circle"), "subjects", "precies één"),
        (spoil("subjects/0/key", "ali"), "contributions[0].subject", "geen betrokkene 'sam'"),
        (spoil("subjects/0/birth_date", 3), "subjects[0].birth_date", "nog niet geweest"),
        (spoil("participations/1/agency", "OND-XX"), "participations[1].agency", "bestaat hier niet"),
        (spoil("participations/1/until", -40), "participations[1].until", "voordat het begint"),
        (spoil("participations/0/people", ["sanne"]), "participations[0].people[0]", "werkt bij GEM-MD"),
        (spoil("participations/0/people", ["nadja"]), "participations[0].people[0]", "Bedoelde u 'nadia'"),
        (spoil("participations/2/mode", "live"), "participations[2].mode", "is een derde"),
        (lambda case: case["participations"].append(AGAIN), "participations[3]", "neemt in die tijd al deel"),
        (lambda case: case["participations"].append(SCHOOL), "participations[3].mode", "is een derde"),
        (spoil("conditions", [CONDITION | {"recipient": "WON-XX"}]), "conditions[0].recipient", "bestaat hier niet"),
        (spoil("conditions", [CONDITION | {"until": 0}]), "conditions[0].until", "voordat het begint"),
        (spoil("conditions", [CONDITION | {"recorded_by": "sannie"}]), "conditions[0].recorded_by", "persona"),
        (spoil("contributions/1/agency", "POL-MD"), "contributions[1].agency", "neemt niet deel"),
        (spoil("contributions/1/by", "sanne"), "contributions[1].by", "werkt bij GEM-MD, niet bij WON-WATERWEG"),
        (spoil("contributions/1/under", ["JS-MD"]), "contributions[1].under[0]", "loopt niet onder JS-MD"),
        (spoil("contributions/1/section", "housng"), "contributions[1].section", "Bedoelde u 'housing'"),
        (spoil("contributions/1/values/tenancy", "unheard"), "contributions[1].values.tenancy", "De lijst"),
        (spoil("contributions/1/values/tenanci", "x"), "contributions[1].values.tenanci", "Bedoelde u 'tenancy'"),
        (spoil("contributions/1/values/rent_arrears_months", "drie"),
         "contributions[1].values.rent_arrears_months", "getal"),
        (spoil("contributions/1/values/eviction_date", "morgen"), "contributions[1].values.eviction_date", "datum"),
        (spoil("contributions/1/values/closure_order", "none"), "contributions[1].values.closure_order", "geen bron"),
        (spoil("contributions/0/values/brp_address", "Kade 1"), "contributions[0].values.brp_address", "'address'"),
        (spoil("contributions/0/values/date_of_birth", -12000), "contributions[0].values.date_of_birth", "gelijk"),
        (spoil("contributions/0/given_on", -41), "contributions[0].given_on", "voordat het is waargenomen"),
        (spoil("contributions/0/given_on", 1), "contributions[0].given_on", "nog niet geweest"),
        (spoil("contributions/1/corrections/0/on", -31), "contributions[1].corrections[0].on", "volgorde van tijd"),
        (spoil("contributions/1/corrections/0/values", {"eviction_date": False}),
         "contributions[1].corrections[0].values.eviction_date", "datum"),
        (spoil("contributions/1/withdrawn/on", -6), "contributions[1].withdrawn.on", "volgorde van tijd"),
        (spoil("contributions/1/valid_until", -31), "contributions[1].valid_until", "vervallen"),
        (spoil("contributions/1/contested", {"tenancy": "x"}), "contributions[1].contested.tenancy", "niet in de"),
        (spoil("contributions/1/key", "naam"), "contributions", "staat er 2 keer"),
        (spoil("holds", [HOLD | {"contribution": "hur"}]), "holds[0].contribution", "Bedoelde u 'huur'"),
        (spoil("holds", [HOLD | {"contribution": "huur", "subject": "sam"}]), "holds[0]", "Kies één"),
        (spoil("holds", [HOLD | {"fields": ["tenanci"]}]), "holds[0].fields[0]", "Bedoelde u 'tenancy'"),
        (spoil("holds", [HOLD | {"kind": "embargo"}]), "holds[0].review_on", "30 dagen"),
        (spoil("holds", [HOLD | {"kind": "embargo", "review_on": 31}]), "holds[0].review_on", "30 dagen"),
        (spoil("extracts", [EXTRACT | {"article": "7.1"}]), "extracts[0].agency", "verstrekt niet aan"),
        (spoil("extracts", [EXTRACT | {"article": "6.1"}]), "extracts[0].article", "op maat"),
        (spoil("extracts", [EXTRACT | {"agency": "GEM-MD"}]), "extracts[0].agency", "niet deel als derde"),
        (spoil("extracts", [EXTRACT | {"source": "POL-MD"}]), "extracts[0].source", "niet namens POL-MD"),
        (spoil("extracts", [EXTRACT | {"purpose": "pga_adult"}]), "extracts[0].purpose", "niet voor doel"),
        (spoil("extracts", [EXTRACT | {"values": {"debt_problem": True}}]), "extracts[0].values.debt_problem", "noemt"),
        (spoil("extracts", [EXTRACT | {"decided_on": 1}]), "extracts[0].decided_on", "nog niet geweest"),
    ],
)  # fmt: skip
def test_a_fault_of_meaning_names_its_place_and_a_remedy(
    store: None,
    written: Callable[..., Path],
    case: dict[str, Any],
    change: Callable[..., None],
    path: str,
    word: str,
) -> None:
    change(case)
    found = [str(fault) for fault in check_case_files([written(case)]) if fault.path == path]

    assert any(word in text for text in found)


def test_the_example_is_right_with_an_extract_and_holds(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    case["extracts"] = [EXTRACT]
    case["holds"] = [HOLD, HOLD | {"kind": "embargo", "review_on": 30, "contribution": "huur", "fields": ["tenancy"]}]
    case["conditions"] = [CONDITION | {"recipient": "WON-WATERWEG"}]

    assert not check_case_files([written(case)])


def test_a_third_party_reads_along_where_another_covenant_makes_it_a_controller(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    case["covenants"] = ["PGA-MD", "JS-MD"]
    case["participations"].append(SCHOOL)

    assert not check_case_files([written(case)])


def test_an_agency_may_take_part_again_after_it_left(
    store: None, written: Callable[..., Path], case: dict[str, Any]
) -> None:
    case["participations"][1]["until"] = -3
    case["participations"].append(AGAIN)

    assert not check_case_files([written(case)])
