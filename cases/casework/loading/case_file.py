"""Reads case files: JSON text to a CaseFile, or every reason why not, each with its path and a remedy."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cases.casework.loading.faults import Fault, path_of
from cases.casework.loading.shapes import FORMAT, CaseFile


def read_case_file(path: Path, *, today: date) -> tuple[CaseFile | None, tuple[Fault, ...]]:
    """The file as a value, or None with everything that is wrong with its shape. today: what day 0 is."""
    try:
        text = path.read_bytes().decode("utf-8")
        return CaseFile.model_validate(_parsed(text), context={"today": today}), ()
    except OSError as error:
        return None, (_whole(path, f"Het bestand kan niet worden gelezen ({error.strerror}).", "Kijk naar de naam."),)
    except UnicodeDecodeError:
        return None, (_whole(path, "Het bestand is geen UTF-8.", "Sla het op als UTF-8."),)
    except json.JSONDecodeError as error:
        remedy = "Kijk naar komma's, haakjes en aanhalingstekens vlak daarvoor."
        place = f"regel {error.lineno}, kolom {error.colno}"
        return None, (Fault(file=str(path), path=place, sentence="Dit is geen JSON.", remedy=remedy),)
    except _KeyTwice as error:
        remedy = "Laat er één staan; de andere zou stil verdwijnen."
        return None, (_whole(path, f"De sleutel '{error}' staat twee keer in hetzelfde object.", remedy),)
    except ValidationError as error:
        return None, tuple(_faults(path, error))


class _KeyTwice(Exception):
    """An object in the file has one key twice; JSON readers keep the last without a word."""


def _parsed(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _KeyTwice(next(key for key in keys if keys.count(key) > 1))
    return found


def _no_constant(name: str) -> NoReturn:
    # NaN and Infinity are Python's own; no other reader of JSON takes them.
    raise json.JSONDecodeError(f"{name} is no JSON", name, 0)


def _whole(path: Path, sentence: str, remedy: str) -> Fault:
    return Fault(file=str(path), path="", sentence=sentence, remedy=remedy)


def _faults(path: Path, error: ValidationError) -> Iterator[Fault]:
    for detail in error.errors(include_url=False):
        sentence, remedy = _words(detail)
        yield Fault(file=str(path), path=path_of(detail["loc"]), sentence=sentence, remedy=remedy)


def _words(detail: ErrorDetails) -> tuple[str, str]:
    kind, place = detail["type"], detail["loc"]
    if kind == "literal_error" and place == ("format",):
        return "Dit is geen casusbestand van deze soort.", f'Begin met "format": "{FORMAT}".'
    sentence, remedy = _SENTENCES.get(kind, _OTHERWISE)
    context: Mapping[str, Any] = detail.get("ctx", {})
    expected = str(context.get("expected", "")).replace(" or ", ", ")
    words = {"max_length": "", "min_length": "", "pattern": "", **context, "expected": expected}
    return sentence.format_map(words), remedy.format_map(words)


_DOCUMENT = "docs/gegevens-inladen.md noemt wat hier mag."
_OTHERWISE = ("Dit past hier niet.", _DOCUMENT)
_OBJECT = ("Hier hoort een object.", 'Schrijf {{ "sleutel": waarde }}.')
_LIST = ("Hier hoort een lijst.", "Schrijf [ … ].")
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("Deze sleutel ontbreekt.", "Vul hem in."),
    "extra_forbidden": ("Deze sleutel bestaat hier niet.", "Verbeter de spelling of schrap hem."),
    "string_type": ("Hier hoort tekst.", "Zet de waarde tussen aanhalingstekens."),
    "string_too_short": ("Deze tekst is leeg.", "Vul hem in, of laat de sleutel weg."),
    "string_too_long": ("Deze tekst is te lang.", "Houd het bij {max_length} tekens."),
    "string_pattern_mismatch": ("Deze tekst heeft niet de goede vorm.", "De vorm is {pattern}."),
    "literal_error": ("Deze waarde bestaat hier niet.", "Kies uit: {expected}."),
    "int_type": ("Hier hoort een heel getal.", _DOCUMENT),
    "greater_than_equal": ("Dit getal is te klein.", "Kies 1, 2, 3 of 4."),
    "less_than_equal": ("Dit getal is te groot.", "Kies 1, 2, 3 of 4."),
    "tuple_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "too_short": ("Hier staat niets.", "Noem er ten minste één, of laat de sleutel weg als dat mag."),
    "too_long": ("Dit is nog niet in gebruik.", "Laat het weg of leeg."),
    "day": ("Dit is geen dag.", 'Schrijf "jjjj-mm-dd", of een heel getal dagen vanaf vandaag, zoals -45.'),
    "fact": (
        "Dit kan geen waarde zijn.",
        "Geef tekst (ten hoogste 4000 tekens), een getal, true of false, of getallen per onderdeel.",
    ),
    "held_fields": ("Hier horen veldcodes.", 'Schrijf "all", of een lijst van veldcodes.'),
    "twice": ("Hier staat iets twee keer.", "Laat er één van staan."),
}
