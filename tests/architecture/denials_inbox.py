"""Who is the wrong reader at each route of cases.inbox."""

from cases.inbox.models import Escalation
from tests.architecture.denial import Denial, Url, bearer, fixed
from tests.invariants.world import World

_FRESH = "/inbox/nieuw/?sinds=2026-01-01T00:00:00Z"


def _of_police(form: str) -> Url:
    """The question of the police to its own leadership in MW-2."""

    def url(world: World) -> str:
        return form.format(Escalation.objects.get(case=world.cases["MW-2"], source__code="POL-MD").uid)

    return url


DENIALS: list[Denial] = [
    Denial(route="inbox", url=fixed("/inbox/")),
    Denial(route="inbox_fresh", url=fixed(_FRESH)),
    Denial(route="inbox_read", url=fixed("/inbox/gelezen/MW-2/"), method="POST"),
    Denial(route="inbox_read", url=fixed("/inbox/gelezen/MW-2/"), method="POST", wrong="hanneke"),
    Denial(route="inbox_read_all", url=fixed("/inbox/gelezen/"), method="POST"),
    Denial(route="escalate", url=fixed("/casus/MW-2/opschalen/")),
    Denial(route="escalate", url=fixed("/casus/MW-2/opschalen/"), wrong="hanneke"),
    Denial(route="escalate", url=fixed("/casus/MW-2/opschalen/"), wrong="joost"),
    # Colleagues of the asker, the team leader of another agency and the director of the case read none of it.
    Denial(route="escalation", url=_of_police("/opschalingen/{}/")),
    Denial(route="escalation", url=_of_police("/opschalingen/{}/"), wrong="esra"),
    Denial(route="escalation", url=_of_police("/opschalingen/{}/"), wrong="anouk"),
    Denial(route="escalation", url=_of_police("/opschalingen/{}/"), wrong="nadia"),
    Denial(route="api:inbox", url=fixed("/api/v1/inbox")),
    Denial(route="api:inbox_read", url=fixed("/api/v1/inbox/read"), method="POST"),
    Denial(
        route="api:inbox_read", url=fixed("/api/v1/inbox/read"), method="POST", body='{"cases": ["MW-2"]}',
        headers=bearer("hanneke", "pga_adult"),
    ),
    Denial(route="api:escalation_list", url=fixed("/api/v1/escalations")),
    Denial(route="api:escalation_detail", url=_of_police("/api/v1/escalations/{}")),
    Denial(
        route="api:escalation_detail", url=_of_police("/api/v1/escalations/{}"), headers=bearer("nadia", "pga_adult")
    ),
    Denial(route="api:escalation_add", url=fixed("/api/v1/cases/MW-2/escalations"), method="POST"),
    Denial(
        route="api:escalation_add", url=fixed("/api/v1/cases/MW-2/escalations"), method="POST",
        body='{"question": "Mag dit?"}', headers=bearer("hanneke", "pga_adult"),
    ),
    Denial(route="api:escalation_decide", url=_of_police("/api/v1/escalations/{}/decision"), method="POST"),
    Denial(
        route="api:escalation_decide", url=_of_police("/api/v1/escalations/{}/decision"), method="POST",
        body='{"words": "Ja"}', headers=bearer("anouk", "pga_adult"),
    ),
]  # fmt: skip
PUBLIC: dict[str, str] = {}
