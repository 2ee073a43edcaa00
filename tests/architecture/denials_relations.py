"""Who is the wrong reader at each route of cases.relations."""

from agreements.policy.catalogue import load_catalogue
from cases.relations.models import Relation
from foundation.masks import to_hex
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.invariants.world import World

_PAGE, _API = "/casus/MW-2/mensen-en-plaats/{}", "/api/v1/cases/MW-2/{}"
_STRANGER = bearer("hanneke", "pga_adult")
_NOBODY = "00000000-0000-4000-8000-000000000001"
_BODY = f'{{"about": "{_NOBODY}", "kind": "partner", "other": "{_NOBODY}"}}'


def _relation(form: str) -> Url:
    """The relation that the municipality gave in MW-2."""

    def url(world: World) -> str:
        present = to_hex(load_catalogue().mask(["relationship_type"]))
        found = Relation.objects.get(case=world.cases["MW-2"], source__code="GEM-MD", present=present)
        return form.format(found.uid)

    return url


DENIALS: list[Denial] = [
    Denial(route="case_pictures", url=fixed(_PAGE.format(""))),
    Denial(route="case_pictures", url=fixed(_PAGE.format("")), wrong="hanneke"),
    # A third party has its copies; people and addresses of the joint case are none of its business.
    Denial(route="case_pictures", url=fixed(_PAGE.format("")), wrong="joost"),
    Denial(route="relation_add", url=fixed(_PAGE.format("relatie/"))),
    Denial(route="relation_add", url=fixed(_PAGE.format("relatie/")), wrong="hanneke"),
    Denial(route="relation_withdraw", url=_relation(_PAGE.format("relatie/{}/trek-in/")), method="POST"),
    Denial(route="relation_withdraw", url=_relation(_PAGE.format("relatie/{}/trek-in/")), method="POST", wrong="ruben"),
    Denial(route="api:relation_list", url=fixed(_API.format("relations"))),
    Denial(route="api:relation_list", url=fixed(_API.format("relations")), headers=_STRANGER),
    Denial(route="api:case_map", url=fixed(_API.format("map"))),
    Denial(route="api:case_map", url=fixed(_API.format("map")), headers=_STRANGER),
    Denial(route="api:relation_add", url=fixed(_API.format("relations")), method="POST"),
    Denial(
        route="api:relation_add", url=fixed(_API.format("relations")), method="POST", headers=_STRANGER, body=_BODY
    ),
    Denial(route="api:relation_withdraw", url=_relation(_API.format("relations/{}/withdrawal")), method="POST"),
    Denial(
        route="api:relation_withdraw", url=_relation(_API.format("relations/{}/withdrawal")), method="POST",
        headers=bearer("ruben", "pga_adult"),
    ),
]  # fmt: skip
PUBLIC: dict[str, str] = {}
