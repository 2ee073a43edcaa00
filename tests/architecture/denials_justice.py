"""Who is the wrong reader at each route of prosecution in a programme: times are public, writing is not."""

from tests.architecture.denial import Denial, bearer, fixed

_NOBODY = "00000000-0000-4000-8000-000000000000"
_AT = "/wijkprogrammas/geen/vervolging"
_FORMS = {
    "programme_priority_add": f"{_AT}/voorrang/",
    "programme_priority_end": f"{_AT}/voorrang/{_NOBODY}/beeindig/",
    "programme_norm_agree": f"{_AT}/norm/",
    "programme_throughput_load": f"{_AT}/doorlooptijden/",
    "programme_follow_up_add": f"{_AT}/afspraak/",
    "programme_follow_up_measure": f"{_AT}/afspraak/{_NOBODY}/meting/",
}
_API = "/api/v1/programmes/geen/follow-ups"
# That another party is refused in a programme that stands: tests/programmes/test_justice.py.
DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(path), wrong=who) for name, path in _FORMS.items() for who in (None, "ruben")),
    Denial(route="api:programme_follow_ups", url=fixed(_API)),
    Denial(route="api:programme_follow_ups", url=fixed(_API), headers=bearer("ruben", "pga_youth")),
]
PUBLIC: dict[str, str] = dict.fromkeys(
    ("programme_justice", "api:programme_justice"),
    "offences with priority, and times of groups of cases, protected when they came in (programmes/justice/rules.py)",
)
