"""Whom a reader sees in a case: everybody of whom they know at least that something is held."""

from cases.casework.purpose import Session, declared
from cases.disclosure.answer import Answer
from cases.disclosure.disclose import ALL, disclose
from cases.disclosure.opening import Opening
from cases.disclosure.reading import Reading
from cases.records.models import Case

NAMES = ("full_name", "date_of_birth")


def people_in(reading: Reading, case: Case, session: Session | None, *, fields: tuple[str, ...] = ()) -> Answer:
    """The persons of `case` whom this reader sees (journalled); of what is known of them only `fields` is opened.

    Without a purpose there is nobody.
    """
    purpose = declared(reading, case, session)
    wanted, named = (reading.policy.catalogue.mask(fields), ALL) if purpose else (0, 0)
    return disclose(reading, [Opening(case=case, purpose=purpose)], wanted=wanted, named=named)[0]
