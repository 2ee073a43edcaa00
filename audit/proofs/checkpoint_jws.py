"""The copy of a checkpoint as an ES256 JWS, for those who read JOSE and no signed notes. Copies only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from audit.proofs import notes
from audit.proofs.note_keys import VerifierKey, encode64
from audit.proofs.notes import Checkpoint, NoteInvalid
from foundation.canonical import canonical_bytes
from foundation.jose import Jwk, TokenRefused, open_es256, seal_es256

TYP = "checkpoint"
"""In the header: no access token (JWT) and no signed document (JOSE) is ever taken for a checkpoint."""
TOKEN_BYTES = 4096


@dataclass(frozen=True, slots=True)
class CheckpointCopy:
    """What a JWS says: the checkpoint and when the copy was made (whole seconds, UTC)."""

    checkpoint: Checkpoint
    made_at: datetime


def copy_as_jws(note: str, key: Jwk, *, log: VerifierKey, now: datetime) -> str:
    """The compact JWS over the checkpoint in a note that `log` signed, with the private JWK `key`.

    Raises:
        NoteInvalid: `note` is no checkpoint of that log, so there is nothing to copy.
        ValueError: `key` cannot sign ES256.
    """
    signed = notes.parse(note)
    notes.verify(signed, [log])
    checkpoint = signed.checkpoint
    if checkpoint.origin != log.name:
        raise NoteInvalid("De momentopname is van een ander logboek.")
    claims = {
        "iat": int(now.timestamp()),
        "origin": checkpoint.origin,
        "root": encode64(checkpoint.root),
        "size": str(checkpoint.size),  # as text: a number above 2^53 is not safe in everybody's JSON
    }
    return seal_es256(canonical_bytes(claims), key, typ=TYP)


def open_checkpoint_jws(token: str, keys: Mapping[str, Jwk], *, origin: str) -> CheckpointCopy:
    """What a JWS of `copy_as_jws` says, signed with one of `keys` (public JWKs by kid), for the log `origin`.

    Raises:
        TokenRefused: any part that is not exactly so.
    """
    try:
        claims = json.loads(open_es256(token, keys, typ=TYP, limit=TOKEN_BYTES))
        if set(claims) != {"iat", "origin", "root", "size"} or type(claims["iat"]) is not int:
            raise ValueError("other claims than of a checkpoint")
        checkpoint = Checkpoint(claims["origin"], notes.parse_size(claims["size"]), notes.parse_hash(claims["root"]))
        made_at = datetime.fromtimestamp(claims["iat"], UTC)
    except (ValueError, TypeError, AttributeError, OverflowError, OSError) as wrong:
        raise TokenRefused("Het token bevat geen momentopname.") from wrong
    if checkpoint.origin != origin:
        raise TokenRefused("De momentopname is van een ander logboek.")
    return CheckpointCopy(checkpoint, made_at)
