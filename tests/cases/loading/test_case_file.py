"""Reading a case file: every fault of its shape is named with its place; days count from today."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from cases.casework.loading import shapes
from cases.casework.loading.case_file import read_case_file

TODAY = date(2026, 11, 24)
ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "cases" / "casework" / "case_file.schema.json").read_text(encoding="utf-8"))


def faults(path: Path) -> dict[str, str]:
    return {fault.path: f"{fault.sentence} {fault.remedy}" for fault in read_case_file(path, today=TODAY)[1]}


def test_days_may_be_dates_or_whole_numbers_from_today(written: Callable[..., Path], case: dict[str, Any]) -> None:
    case["phases"][1]["from"] = "2026-11-12"
    file, found = read_case_file(written(case), today=TODAY)

    assert not found
    assert file is not None
    assert file.opened == date(2026, 10, 15)
    assert file.phases[1].starts == date(2026, 11, 12)


def spoil(place: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(case: dict[str, Any]) -> None:
        *way, last = [int(part) if part.isdigit() else part for part in place.split("/")]
        here: Any = case
        for part in way:
            here = here[part]
        if value is None:
            del here[last]
        else:
            here[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "path", "word"),
    [
        (spoil("opened", 2.5), "opened", "geen dag"),
        (spoil("opened", "3 maart"), "opened", "geen dag"),
        (spoil("opened", True), "opened", "geen dag"),
        (spoil("opened", "2026-02-30"), "opened", "geen dag"),
        (spoil("urgency", "hoog"), "urgency", "Kies uit: 'acute', 'high', 'normal'"),
        (spoil("format", "anders"), "format", '"verbond-case/1"'),
        (spoil("number", "1"), "number", "vorm"),
        (spoil("district", None), "district", "ontbreekt"),
        (spoil("district", ""), "district", "leeg"),
        (spoil("district", 3), "district", "tekst"),
        (spoil("opmerking", "x"), "opmerking", "bestaat hier niet"),
        (spoil("phases", []), "phases", "ten minste één"),
        (spoil("phases/0", "x"), "phases[0]", "object"),
        (spoil("phases/1/note", "x" * 241), "phases[1].note", "240 tekens"),
        (spoil("covenants", "PGA-MD"), "covenants", "lijst"),
        (spoil("covenants", ["PGA-MD", "PGA-MD"]), "covenants", "twee keer"),
        (spoil("contributions/1/reliability", 5), "contributions[1].reliability", "1, 2, 3 of 4"),
        (spoil("contributions/1/reliability", "1"), "contributions[1].reliability", "heel getal"),
        (spoil("contributions/1/values", {}), "contributions[1].values", "niets"),
        (spoil("contributions/1/values/tenancy", [1]), "contributions[1].values.tenancy", "geen waarde"),
        (spoil("contributions/1/values/tenancy", ""), "contributions[1].values.tenancy", "geen waarde"),
        (spoil("contributions/1/values/Tenancy", "x"), "contributions[1].values.Tenancy", "vorm"),
        (spoil("contributions/0/subject", None), "contributions[0].subject", "ontbreekt"),
        (spoil("contributions/1/corrections/0/reason", None), "contributions[1].corrections[0].reason", "ontbreekt"),
        (spoil("holds", [{"kind": "embargo", "fields": "alle", "ground": "x", "from": 0, "recorded_by": "x"}]),
         "holds[0].fields", '"all"'),
        (spoil("actions", [1]), "actions", "nog niet in gebruik"),
        (spoil("conditions", [{"condition": "minor", "from": 0, "text": "x", "recorded_by": "x"}]),
         "conditions[0].condition", "Kies uit"),
    ],
)  # fmt: skip
def test_a_fault_of_shape_names_its_place(
    written: Callable[..., Path], case: dict[str, Any], change: Callable[..., None], path: str, word: str
) -> None:
    change(case)
    found = faults(written(case))

    assert list(found) == [path]
    assert word in found[path]


def test_all_faults_come_at_once(written: Callable[..., Path], case: dict[str, Any]) -> None:
    del case["district"]
    case["urgency"] = "hoog"
    case["participations"][0]["from"] = "later"

    assert set(faults(written(case))) == {"district", "urgency", "participations[0].from"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"format": "verbond-case/1",}', "geen JSON"),
        ('{"format": 1, "format": 2}', "'format' staat twee keer"),
        ('{"opened": NaN}', "geen JSON"),
        ("[]", "object"),
    ],
)
def test_what_is_no_case_file_is_refused(written: Callable[..., Path], text: str, word: str) -> None:
    file, found = read_case_file(written(text), today=TODAY)

    assert file is None
    assert word in str(found[0])


def test_a_file_that_is_not_there_or_not_utf8_is_refused(tmp_path: Path) -> None:
    odd = tmp_path / "odd.json"
    odd.write_bytes(b'{"district": "\xe9"}')

    assert "kan niet worden gelezen" in faults(tmp_path / "none.json")[""]
    assert "UTF-8" in faults(odd)[""]


@pytest.mark.parametrize(
    ("model", "schema"),
    [
        (shapes.CaseFile, SCHEMA),
        (shapes.ContributionItem, SCHEMA["$defs"]["contribution"]),
        (shapes.PhaseItem, SCHEMA["properties"]["phases"]["items"]),
        (shapes.SubjectItem, SCHEMA["properties"]["subjects"]["items"]),
        (shapes.ParticipationItem, SCHEMA["properties"]["participations"]["items"]),
        (shapes.ConditionItem, SCHEMA["properties"]["conditions"]["items"]),
        (shapes.HoldItem, SCHEMA["properties"]["holds"]["items"]),
        (shapes.ExtractItem, SCHEMA["properties"]["extracts"]["items"]),
        (shapes.NextStep, SCHEMA["properties"]["next_step"]),
        (shapes.CorrectionItem, SCHEMA["$defs"]["contribution"]["properties"]["corrections"]["items"]),
        (shapes.WithdrawnItem, SCHEMA["$defs"]["contribution"]["properties"]["withdrawn"]),
    ],
)
def test_the_schema_and_the_reader_know_the_same_keys(model: type[BaseModel], schema: dict[str, Any]) -> None:
    fields = {field.alias or name: field for name, field in model.model_fields.items()}

    assert set(fields) == set(schema["properties"])
    assert {name for name, field in fields.items() if field.is_required()} == set(schema["required"])
