"""Who is the wrong reader at each route of audit.breach and audit.exports."""

import json
from uuid import uuid4

from tests.architecture.denial import Denial, bearer, fixed

_FORM = "application/x-www-form-urlencoded"
_WISH = json.dumps({"kind": "cef", "since": "2026-01-01T00:00:00Z", "until": "2026-02-01T00:00:00Z", "agency": ""})
_TOKEN = bearer("ruben", "pga_youth")
_ONE = uuid4()
_FILE = fixed(f"/privacy/exports/{_ONE}/")

DENIALS: list[Denial] = [
    *(Denial(route="breach", url=fixed("/privacy/datalek/?article=PGA-MD"), wrong=who) for who in (None, "ruben")),
    *(
        Denial(route="breach_file", url=fixed(f"/privacy/datalek/lijst.{form}?article=PGA-MD"), wrong=who)
        for form in ("csv", "json")
        for who in (None, "ruben", "nadia")
    ),
    *(
        Denial(route="api:breach_affected", url=fixed("/api/v1/breach/affected?article=PGA-MD"), headers=headers)
        for headers in (None, _TOKEN)
    ),
    *(Denial(route="exports", url=fixed("/privacy/exports/"), wrong=who) for who in (None, "ruben", "nadia")),
    Denial(
        route="exports", url=fixed("/privacy/exports/"), wrong="ruben", method="POST", content_type=_FORM,
        body="kind=cef&since=2026-01-01&until=2026-01-31&agency=",
    ),
    # Also a privacy officer fetches nothing that somebody else asked for.
    *(Denial(route="export_file", url=_FILE, wrong=who) for who in (None, "ruben", "dirk")),
    *(
        Denial(route="export_resume", url=fixed(f"/privacy/exports/{_ONE}/verder/"), wrong=who, method="POST")
        for who in (None, "ruben", "dirk")
    ),
    *(Denial(route="api:exports_list", url=fixed("/api/v1/exports"), headers=headers) for headers in (None, _TOKEN)),
    *(
        Denial(
            route="api:exports_order", url=fixed("/api/v1/exports"), method="POST", body=_WISH, headers=given
        )
        for given in (None, _TOKEN)
    ),
    *(
        Denial(route="api:exports_file", url=fixed(f"/api/v1/exports/{_ONE}/file"), headers=headers)
        for headers in (None, _TOKEN)
    ),
    *(
        Denial(route="api:exports_resume", url=fixed(f"/api/v1/exports/{_ONE}/resume"), method="POST", headers=headers)
        for headers in (None, _TOKEN)
    ),
]  # fmt: skip
PUBLIC: dict[str, str] = {}
