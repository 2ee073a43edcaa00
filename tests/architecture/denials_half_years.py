"""Who is the wrong reader at each route of reports: published ones are for everybody, writing for who leads."""

from tests.architecture.denial import Denial, fixed

_NOBODY = "00000000-0000-4000-8000-000000000000"
_AT = "/wijkprogrammas/geen/halfjaarberichten"
DENIALS: list[Denial] = [
    *(Denial(route="programme_half_year_new", url=fixed(f"{_AT}/nieuw/"), wrong=who) for who in (None, "ruben")),
    *(
        Denial(route="programme_half_year_publish", url=fixed(f"{_AT}/{_NOBODY}/publiceer/"), wrong=who, method="POST")
        for who in (None, "ruben")
    ),
]
PUBLIC: dict[str, str] = dict.fromkeys(
    (
        "programme_half_years",
        "programme_half_year_pdf",
        "programmes_open_csv",
        "programmes_open_json",
        "api:programme_half_years",
    ),
    "what is public of programmes anyway; a report that is not published is for who leads the programme",
)
