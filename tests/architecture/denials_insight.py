"""Who is the wrong reader at each route of looking into covenants and drafts."""

from tests.architecture.denial import Denial

DENIALS: list[Denial] = []
PUBLIC: dict[str, str] = {}
