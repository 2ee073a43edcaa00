"""Who is the wrong reader at each route of parties and terms of covenants."""

from tests.architecture.denial import Denial

DENIALS: list[Denial] = []
PUBLIC: dict[str, str] = {}
