"""One line typed in seconds: "@OND belt moeder vr" is who, what and by when. No tables here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from foundation.errors import Invalid

_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_NEAR = {"vandaag": 0, "morgen": 1, "overmorgen": 2}
_WHO = re.compile(r"(?:^|\s)@([A-Za-z][A-Za-z-]*)")
_WHEN = re.compile(
    r"(?:^|\s)(?P<day>vandaag|overmorgen|morgen|(?:ma|di|wo|do|vr|za|zo)|"
    r"over (?P<n>\d{1,2}) (?P<unit>dagen|dag|weken|week)|(?P<d>\d{1,2})-(?P<m>\d{1,2})(?:-(?P<y>\d{4}))?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quick:
    """What a line says: the words that are left, the agency's code and the day ("" and None: not said)."""

    text: str
    agency: str = ""
    due_on: date | None = None


def read_line(line: str, *, agencies: Iterable[tuple[str, str]], today: date) -> Quick:
    """Take `@PARTNER` and a day at the end out of a line. agencies: (code, type) of those that take part.

    A type is enough where only one agency has it. A day without a year is the next one to come.
    Raises Invalid for a partner that is not there or could be two, and for a day that does not exist.
    """
    text, agency = line.strip(), ""
    if found := _WHO.search(text):
        agency = _agency(found[1], tuple(agencies))
        text = f"{text[: found.start()]} {text[found.end() :]}".strip()
    due_on = None
    if when := _WHEN.search(text):
        due_on = _day(when, today)
        text = text[: when.start()].strip()
    return Quick(text=re.sub(r"  +", " ", text), agency=agency, due_on=due_on)


def _agency(said: str, agencies: tuple[tuple[str, str], ...]) -> str:
    wanted = said.upper()
    found = [code for code, _type in agencies if code.upper() == wanted]
    found = found or [code for code, kind in agencies if kind.upper() == wanted]
    if len(found) == 1:
        return found[0]
    fault = _("Meer dan één deelnemer heet zo.") if found else _("Deze partner doet niet mee in de casus.")
    names = ", ".join(f"@{code}" for code in (found or [code for code, _type in agencies]))
    raise Invalid(fault, field="text", remedy=_("Kies uit: %(names)s.") % {"names": names})


def _day(when: re.Match[str], today: date) -> date:
    said = when["day"].lower()
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    if said in _DAYS:
        # Never today: on a Friday "vr" is next Friday.
        return today + timedelta(days=(_DAYS.index(said) - today.weekday() - 1) % 7 + 1)
    if when["n"]:
        return today + timedelta(days=int(when["n"]) * (7 if when["unit"].lower().startswith("we") else 1))
    try:
        day = date(int(when["y"] or today.year), int(when["m"]), int(when["d"]))
        return day if when["y"] or day >= today else date(day.year + 1, day.month, day.day)
    except ValueError:
        raise Invalid(
            _("Deze dag bestaat niet."), field="text", remedy=_("Schrijf bijvoorbeeld vr, morgen of 24-12."),
        ) from None  # fmt: skip
