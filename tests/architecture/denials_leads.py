"""Who is the wrong reader at each route about who leads: the page is for everybody, deciding is for the parties."""

from tests.architecture.denial import Denial, fixed

_AT = "/wijkprogrammas/geen/trekker/"
_PAGES = {
    "lead_propose": f"{_AT}nieuw/",
    "lead_answer": f"{_AT}00000000-0000-4000-8000-000000000000/antwoord/",
}
# That roles and agencies are refused where a programme stands: tests/programmes/test_leads.py.
DENIALS: list[Denial] = [
    Denial(route=name, url=fixed(path), wrong=who) for name, path in _PAGES.items() for who in (None, "ruben")
]
DENIALS += [
    Denial(route="lead_withdraw", url=fixed(_PAGES["lead_answer"].replace("antwoord", "intrekken")), wrong=who,
           method="POST")
    for who in (None, "ruben")
]  # fmt: skip
PUBLIC: dict[str, str] = dict.fromkeys(
    ("programme_lead", "api:programme_lead"), "who leads and led, why and since when; agencies, no person"
)
