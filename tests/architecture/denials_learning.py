"""Who is the wrong reader at each route of cards: published ones are for everybody, writing for who leads an agency."""

from tests.architecture.denial import Denial, fixed

_AT = "/lessen/00000000-0000-4000-8000-000000000000"
_FORMS = {"lesson_new": "/lessen/nieuw/", "lesson_edit": f"{_AT}/wijzig/", "lesson_import": "/lessen/inlezen/"}
_BUTTONS = {
    "lesson_review": f"{_AT}/nagekeken/",
    "lesson_publish": f"{_AT}/publiceer/",
    "lesson_copy": f"{_AT}/neem-over/",
}
DENIALS: list[Denial] = [
    *(Denial(route=name, url=fixed(path), wrong=who) for name, path in _FORMS.items() for who in (None, "esra")),
    *(
        Denial(route=name, url=fixed(path), wrong=who, method="POST")
        for name, path in _BUTTONS.items()
        for who in (None, "esra")
    ),
]
PUBLIC: dict[str, str] = dict.fromkeys(
    ("lessons", "lesson", "lesson_file", "api:lessons"),
    "published cards, screened for what is about a person; a draft is for its agency and for who may review it",
)
