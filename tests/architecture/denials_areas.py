"""The routes of programmes.areas are for everybody: what could point at a person was taken out before it was stored."""

from tests.architecture.denial import Denial

_WHY = "numbers of areas, protected when they came in (programmes/areas/rules.py)"
DENIALS: list[Denial] = []
PUBLIC: dict[str, str] = dict.fromkeys(
    ("areas", "area", "area_open_csv", "area_open_json", "api:areas", "api:area"), _WHY
)
