"""The neighbourhoods that a signal about a place may name. A room above supplies them; nothing here knows an area."""

from collections.abc import Callable

Choices = Callable[[], tuple[tuple[str, str], ...]]
_SUPPLIERS: list[Choices] = []
LONGEST_CODE = 20


def supply_neighbourhoods(choices: Choices) -> None:
    """Say which neighbourhoods there are, as (code, name). Called once, from AppConfig.ready."""
    _SUPPLIERS[:] = [choices]


def neighbourhoods() -> tuple[tuple[str, str], ...]:
    """(code, name) of every neighbourhood, by name; none where nobody supplies them."""
    return tuple(choice for choices in _SUPPLIERS for choice in choices())
