"""Who is the wrong reader at each route of audit.integrity."""

from uuid import UUID

from tests.architecture.denial import Denial, bearer, fixed

_FORM = "application/x-www-form-urlencoded"
_PAGE, _API, _NONE = "/privacy/integriteit/", "/api/v1/integrity", UUID(int=0)
_TOKEN = bearer("ruben", "pga_youth")
_READ = {
    "integrity": _PAGE,
    "integrity_live": f"{_PAGE}stand/",
    "integrity_verifier": f"{_PAGE}verifier.py",
    "integrity_bundle": f"{_PAGE}bundel/{_NONE}/",
}
_DONE = {
    "integrity_verified": f"{_PAGE}controle/",
    "integrity_bundle_order": f"{_PAGE}bundel/",
    "prune_propose": f"{_PAGE}opschonen/",
    "prune_approve": f"{_PAGE}opschonen/{_NONE}/akkoord/",
}

DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(url), wrong=who) for name, url in _READ.items() for who in (None, "ruben")),
    *(
        Denial(route=name, url=fixed(url), wrong=who, method="POST", content_type=_FORM)
        for name, url in _DONE.items()
        for who in (None, "ruben")
    ),
    # A bundle of somebody else, and pruning by the officer of one agency.
    Denial(route="integrity_bundle", url=fixed(_READ["integrity_bundle"]), wrong="ineke"),
    Denial(route="prune_propose", url=fixed(_DONE["prune_propose"]), wrong="dirk", method="POST", content_type=_FORM),
    *(Denial(route="api:integrity", url=fixed(_API), headers=headers) for headers in (None, _TOKEN)),
    *(
        Denial(route="api:bundle_order", url=fixed(f"{_API}/bundles"), method="POST", headers=headers)
        for headers in (None, _TOKEN)
    ),
    *(Denial(route="api:bundle", url=fixed(f"{_API}/bundles/{_NONE}"), headers=headers) for headers in (None, _TOKEN)),
]
PUBLIC: dict[str, str] = {}
