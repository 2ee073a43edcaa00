"""Keyed pseudonyms of a person for one known-check: made from what somebody types, which is kept nowhere.

Keyed by the installation's secret for this purpose and for this check, so that nobody without the key can try
numbers, and no two checks can be laid side by side.
"""

import re
import unicodedata
from datetime import date
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from foundation.errors import Invalid

_PURPOSE = "cases.triage.known_check"
_CODE = 8


def code_of(uid: UUID) -> str:
    """The short code by which people speak of a check. It says nothing about the person."""
    return f"{uid.hex[:4]}-{uid.hex[4:_CODE]}".upper()


def of_bsn(check: UUID, typed: str) -> str:
    """The pseudonym of a citizen service number; "" when none was typed.

    Raises Invalid for what is no BSN.
    """
    digits = re.sub(r"[\s.\-]", "", typed)
    if not digits:
        return ""
    if not re.fullmatch(r"[0-9]{8,9}", digits) or not _is_bsn(digits.zfill(9)):
        raise Invalid(_("Dit is geen burgerservicenummer."), field="bsn", remedy=_("Kijk de negen cijfers na."))
    return _keyed(check, f"bsn:{digits.zfill(9)}")


def of_name(check: UUID, name: str, born: date | None) -> str:
    """The pseudonym of a name with a date of birth; "" when either is missing.

    Accents, capitals, signs and the order of the words do not count.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = sorted(re.findall(r"[^\W\d_]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))
    if not words or born is None:
        return ""
    return _keyed(check, f"name:{' '.join(words)}|{born.isoformat()}")


def same(kept: str, typed: str) -> bool:
    """Whether two pseudonyms are of the same person; an empty one is of nobody."""
    return bool(kept and typed) and constant_time_compare(kept, typed)


def _keyed(check: UUID, value: str) -> str:
    return salted_hmac(f"{_PURPOSE}.{check.hex}", value, algorithm="sha256").hexdigest()


def _is_bsn(digits: str) -> bool:
    """The eleven-test of a BSN."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return digits != "000000000" and total % 11 == 0
