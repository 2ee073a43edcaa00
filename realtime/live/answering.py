"""What a socket is sent, as a frame, and what came of it, as a frame: refusals in words, and what may be sent again."""

import json
import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import DatabaseError

from audit.journal.errors import JournalUnavailable
from foundation.errors import Problem
from realtime.live import extras, protocol
from realtime.live.asking import ask
from realtime.live.door import in_words

log = logging.getLogger("verbond.realtime")


def taken_in(text: str | None) -> tuple[Any, extras.Handler | None]:
    """The frame in this text, and who handles it. Raises ValueError, ValidationError, RecursionError."""
    if text is None or len(text) > protocol.LARGEST_FRAME:
        raise ValueError("size")
    if "\\u0000" in text or "\x00" in text:
        raise ValueError("a character that no store takes")
    data = json.loads(text)
    if "\\u" in text:
        # Half a surrogate pair is no text (RFC 8259, 8.2), and only an escape can write one.
        json.dumps(data, ensure_ascii=False).encode()
    took = extras.taker(data.get("type")) if isinstance(data, dict) else None
    return (took[0].model_validate(data), took[1]) if took else (protocol.CLIENT.validate_python(data), None)


async def answered(work: Callable[..., dict[str, Any] | None], *given: Any, language: str) -> dict[str, Any] | None:
    """Do it and say so; a refusal keeps the text where it was typed, and trouble lets it be sent again.

    given: what `work` takes, the frame last.
    """
    client = getattr(given[-1], "client", None)
    try:
        return await ask(work, *given)
    except JournalUnavailable as away:
        return _refusal(away, client, language) | {"again": True}
    except Problem as problem:
        return _refusal(problem, client, language)
    except DatabaseError:
        log.warning("what a phone sent is not stored yet", extra={"event": "channel_say"})
        return {"type": "refused", "client": _text(client), "code": "unavailable", "again": True}
    except Exception:
        log.exception("what a phone sent was not understood", extra={"event": "channel_say"})
        return {"type": "refused", "client": _text(client), "code": "failed"}


def _refusal(problem: Problem, client: UUID | None, language: str) -> dict[str, Any]:
    with in_words(language):
        frame: dict[str, Any] = {
            "type": "refused", "client": _text(client), "code": problem.code,
            "said": str(problem.sentence), "remedy": str(problem.remedy),
        }  # fmt: skip
    return frame | {name: given for name in ("field", "article") if (given := getattr(problem, name, ""))}


def _text(client: UUID | None) -> str | None:
    return str(client) if client else None
