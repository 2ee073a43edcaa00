"""Sends a large file piece by piece, under ASGI as under WSGI: never the whole of it in memory."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

PIECE = 1 << 18
"""Bytes of a file that are in memory at once."""


def as_download(
    request: HttpRequest, pieces: Iterator[bytes], *, name: str, content_type: str, length: int
) -> StreamingHttpResponse:
    """`pieces` as a file called `name` of `length` bytes, that nobody keeps on the way."""
    # Under ASGI Django would first gather all of a plain iterator.
    leaving = _one_by_one(pieces) if isinstance(request, ASGIRequest) else pieces
    answer = StreamingHttpResponse(leaving, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Length"] = str(length)
    answer["Cache-Control"] = "no-store"
    return answer


def pieces_of(path: Path) -> Iterator[bytes]:
    """The file at `path`, opened at once. Raises OSError when it is not there."""
    file = path.open("rb")

    def read() -> Iterator[bytes]:
        with file:
            while piece := file.read(PIECE):
                yield piece

    return read()


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    while piece := await sync_to_async(_next_of)(pieces):
        yield piece


def _next_of(pieces: Iterator[bytes]) -> bytes:
    """The next bytes that are not nothing; b"" at the end."""
    return next((piece for piece in pieces if piece), b"")
