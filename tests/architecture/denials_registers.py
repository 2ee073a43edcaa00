"""Who is the wrong reader at each route of registers that follow from covenants."""

from tests.architecture.denial import Denial

DENIALS: list[Denial] = []
PUBLIC: dict[str, str] = {}
