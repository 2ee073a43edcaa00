"""Who is the wrong reader at each route of registers that follow from covenants."""

from tests.architecture.denial import Denial, bearer, fixed

# A teacher and a police officer read no record of processing; nor does the director of cases.
_PAGES = {"register": "/verwerkingsregister/", "register_pdf": "/verwerkingsregister/pdf/"}
_WRONG = (None, "peter", "nadia")

DENIALS: list[Denial] = [
    *(
        Denial(route=name, url=fixed(url), wrong=who)
        for name, url in _PAGES.items()
        for who in (None, "peter", "nadia")
    ),
    Denial(route="api:register", url=fixed("/api/v1/registers/processing")),
    Denial(route="api:register", url=fixed("/api/v1/registers/processing"), headers=bearer("ruben", "pga_youth")),
]
PUBLIC: dict[str, str] = {
    "public_covenants": "residents read which covenants are in force; agencies only (tests/agreements/registers)",
    "public_covenant": "residents read who shares what and why; agencies only (tests/agreements/registers)",
    "api:public_covenants": "the same list as data (tests/agreements/registers)",
    "api:public_covenant": "the same page as data (tests/agreements/registers)",
}
