"""The list of who was affected, as a file for the notification: CSV (RFC 4180) and JSON."""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from io import StringIO
from typing import Any

from audit import ports
from audit.breach.looking import Kit

COLUMNS = (
    "person", "case", "agencies", "first", "last", "reads", "fields", "special_fields",
)  # fmt: skip


def as_csv(kit: Kit) -> bytes:
    """One line per person; names of fields, special ones once more apart."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    names = _names(kit)
    for person in kit.breach.persons:
        special = kit.names(person.fields & kit.special)
        row = (
            person.subject_ref, names.get(person.case_ref, person.case_ref),
            "; ".join(names.get(ref, ref) for ref in person.agencies), person.first.isoformat(),
            person.last.isoformat(), person.reads, "; ".join(kit.names(person.fields)), "; ".join(special),
        )  # fmt: skip
        writer.writerow([_plain(value) for value in row])
    # With its mark, since the programs that open such a file guess wrongly without.
    return out.getvalue().encode("utf-8-sig")


def as_json(kit: Kit) -> bytes:
    """The whole answer, as the API gives it."""
    return json.dumps(answer_of(kit), ensure_ascii=False, indent=1, default=str).encode()


def answer_of(kit: Kit) -> dict[str, Any]:
    """The answer for the API and the JSON file; moments are datetimes."""
    found = kit.breach
    return {
        "persons": len(found.persons),
        "persons_special": kit.n_special,
        "reads": found.reads,
        "first": found.first,
        "last": found.last,
        "agencies": list(found.agencies),
        "categories": [asdict(one) for one in kit.categories],
        "nameless": {"reads": found.nameless, "fields": list(kit.codes_of(found.nameless_fields))},
        "affected": list(_people(kit)),
    }


def _people(kit: Kit) -> Iterator[dict[str, Any]]:
    for person in kit.breach.persons:
        yield {
            "subject_ref": person.subject_ref,
            "case_ref": person.case_ref,
            "agencies": list(person.agencies),
            "first": person.first,
            "last": person.last,
            "reads": person.reads,
            "fields": list(kit.codes_of(person.fields)),
            "special_fields": list(kit.codes_of(person.fields & kit.special)),
        }


def _names(kit: Kit) -> dict[str, str]:
    return ports.labels_of([*kit.breach.agencies, *{person.case_ref for person in kit.breach.persons}])


def _plain(value: Any) -> Any:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
