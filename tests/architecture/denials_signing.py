"""Who is the wrong reader at each route of signatures and sealed covenants."""

from tests.architecture.denial import Denial

DENIALS: list[Denial] = []
PUBLIC: dict[str, str] = {}
