"""Who is the wrong reader at each route of what a draft would change in the caseload."""

from tests.architecture.denial import Denial

DENIALS: list[Denial] = []
PUBLIC: dict[str, str] = {}
