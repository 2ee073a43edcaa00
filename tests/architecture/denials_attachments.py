"""Who is the wrong reader at each route of cases.attachments."""

from tests.architecture.denial import Denial

DENIALS: list[Denial] = []
PUBLIC: dict[str, str] = {}
