"""Sealed values: what a contribution holds, in a shape that gives nothing away by accident.

`str`, `repr`, JSON, templates, iteration, comparison and pickling of SealedFacts raise SealBroken or
show the words "sealed". Only cases.disclosure._opener takes values out, through a mask.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Col


class SealBroken(TypeError):
    """A developer reached for a sealed value outside disclosure. Use cases.disclosure."""


def _refuse(*_: object, **__: object) -> NoReturn:
    raise SealBroken("These facts are sealed. Ask cases.disclosure, which opens them through a mask and journals it.")


class SealedFacts:
    """The values of one contribution, as the text that the column holds.

    Made from a mapping (`seal`) or from the column. Gives no value to str, repr, JSON, templates,
    iteration, attribute access or pickle.
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    @classmethod
    def seal(
        cls, values: Mapping[str, Any], *, contested: Mapping[str, str] | None = None, reason: str = ""
    ) -> "SealedFacts":
        """Seal `values` (field code → JSON value). What goes in comes out only through the opener.

        contested: field code → the words of the person concerned, opened with that field alone.
        reason: why the source changed it, opened for the source alone.
        Raises ValueError for text that is no Unicode (half of a surrogate pair).
        """
        content: dict[str, Any] = {"facts": dict(values)}
        if contested:
            content["contested"] = dict(contested)
        if reason:
            content["reason"] = reason
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
        text.encode()  # refuses here what a column could not keep
        return cls(text)

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__
    __html__ = __iter__ = __len__ = __getitem__ = __contains__ = _refuse
    __eq__ = __lt__ = _refuse
    __hash__ = None  # type: ignore[assignment]
    __reduce__ = __reduce_ex__ = __getstate__ = __bool__ = _refuse
    __format__ = _refuse
    # Templates call a callable: {{ contribution.values }} must fail, not print.
    __call__ = _refuse

    def __copy__(self) -> "SealedFacts":
        return self

    def __deepcopy__(self, memo: object) -> "SealedFacts":
        return self


_MAY_UNSEAL = ("cases.records.sealed", "cases.disclosure._opener")


def is_module(space: Mapping[str, Any], *names: str) -> bool:
    """Whether `space` is the namespace of one of these modules itself, not of code that borrows its name."""
    name = space.get("__name__", "")
    return name in names and name in sys.modules and vars(sys.modules[name]) is space


def text_of(sealed: SealedFacts) -> str:
    """The column text of sealed facts, for the column itself and the opener.

    Raises SealBroken for every other caller: the runtime half of the guard that import-linter
    gives at build time.
    """
    if not is_module(sys._getframe(1).f_globals, *_MAY_UNSEAL):
        _refuse()
    return sealed._SealedFacts__text  # type: ignore[attr-defined]


def fingerprint(sealed: SealedFacts) -> str:
    """SHA-256 of sealed facts in hex: binds a version to its journal entry without opening it."""
    return hashlib.sha256(text_of(sealed).encode()).hexdigest()


class _SealedCol(Col):
    """A sealed column in a query: it can be selected whole and nothing else.

    Sorted on, compared or handed to a function, it compiles to a name that no table has, so that the
    database refuses the query: order, length and equality of a sealed value would be oracles.
    """

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """What every use but selection compiles to."""
        return "a_sealed_column_can_only_be_selected_whole", ()

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """The column itself, for the list of selected columns."""
        return super().as_sql(compiler, compiler.connection)


class SealedField(models.TextField):
    """A text column that loads as SealedFacts and takes nothing else; it cannot be filtered or ordered by."""

    description = "values that only disclosure opens"
    _pyi_private_set_type: SealedFacts  # type: ignore[assignment]
    _pyi_private_get_type: SealedFacts  # type: ignore[assignment]

    def from_db_value(self, value: str | None, *_: object) -> SealedFacts | None:
        """What every queryset, `.values()` and `.values_list()` yields."""
        return None if value is None else SealedFacts(value)

    def to_python(self, value: object) -> SealedFacts | None:
        """Sealed facts pass; anything else is refused."""
        if value is None or isinstance(value, SealedFacts):
            return value
        raise ValidationError("Seal the values first: SealedFacts.seal({...}).")

    def get_prep_value(self, value: object) -> str | None:
        """The text for the column; a bare string or dict is refused, so that nothing bypasses the seal."""
        if value is None:
            return None
        if not isinstance(value, SealedFacts):
            raise SealBroken("Only sealed facts go into this column: SealedFacts.seal({...}).")
        return text_of(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Serialisers get no value."""
        return "<sealed>"

    def get_col(self, alias: str, output_field: Any = None) -> Col:
        """The column as queries take it."""
        return _SealedCol(alias, self, output_field)

    def get_lookup(self, lookup_name: str) -> Any:
        """No lookup: a filter on a sealed value would be an oracle."""
        raise SealBroken("A sealed column cannot be searched or sorted on.")

    def get_transform(self, name: str) -> Any:
        """No transform either."""
        raise SealBroken("A sealed column cannot be searched or sorted on.")
