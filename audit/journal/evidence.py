"""Whether a stored entry agrees with itself: body, hash and query columns. Proofs over the log come later."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from audit.journal import models
from audit.journal.articles import ref_of
from audit.journal.entry import columns_of_mask, moment_text
from foundation import masks

_TEXTS = ("actor_ref", "agency_ref", "event_type", "purpose", "route", "span_id", "trace_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """hash_fits: the leaf hash is that of the body. differing: names of columns that do not copy the body."""

    hash_fits: bool
    differing: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Nothing of this entry was changed by itself."""
        return self.hash_fits and not self.differing


def body_value(row: models.Entry) -> dict[str, Any]:
    """The body as a JSON object; {} when its bytes are not one (then the hash does not fit either)."""
    try:
        value = json.loads(bytes(row.body))
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def agreement_of(row: models.Entry) -> Agreement:
    """Compare leaf hash and every query column with the body, the only evidence."""
    hash_fits = hashlib.sha256(b"\x00" + bytes(row.body)).digest() == bytes(row.leaf_hash)
    copies = copies_of(body_value(row))
    stored = {name: getattr(row, name) for name in copies}
    stored["uid"] = row.uid.hex
    if row.articles_ref is None:  # of before that column
        del copies["articles_ref"]
    stored["recorded_at"] = moment_text(row.recorded_at)
    return Agreement(hash_fits=hash_fits, differing=tuple(sorted(n for n in copies if copies[n] != stored[n])))


def copies_of(body: dict[str, Any]) -> dict[str, Any]:
    """What every query column must hold for this body; what is absent in a body is empty."""
    act, matter = body.get("act", {}), body.get("matter", {})
    because = matter.get("because")
    low, middle, high = columns_of_mask(masks.from_hex(matter.get("fields", "")))
    return {
        **{name: act.get(name, "") for name in _TEXTS},
        "action": act.get("action", ""),
        "outcome": act.get("outcome", ""),
        "break_glass": act.get("break_glass", False),
        "legal_basis": "; ".join(act.get("legal_basis", ())),
        "policy_epoch": act.get("policy_epoch", 0),
        "recorded_at": act.get("recorded_at", ""),
        "schema_v": act.get("schema_v", 0),
        "case_ref": matter.get("case_ref", ""),
        "uid": matter.get("uid", ""),
        "fields_0": low,
        "fields_1": middle,
        "fields_2": high,
        "reason_code": because.get("code", "") if because else None,
        "reason_ref": because.get("fact", "") if because else None,
        "articles_ref": ref_of(matter.get("articles", ())),
    }
