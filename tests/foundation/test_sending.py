"""Large files leave piece by piece, under ASGI as under WSGI."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest
from django.test import RequestFactory

from foundation.sending import PIECE, as_download, pieces_of

NAME = {"name": "bestand.zip", "content_type": "application/zip"}


def under_asgi() -> HttpRequest:
    async def nothing() -> dict[str, Any]:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    return ASGIRequest(scope, nothing)


def test_under_asgi_the_pieces_leave_one_by_one_and_nothing_is_no_end() -> None:
    answer = as_download(under_asgi(), iter([b"[", b"", b"one", b"]"]), length=5, **NAME)

    async def gathered() -> list[bytes]:
        return [piece async for piece in answer]

    assert answer.is_async
    assert asyncio.run(gathered()) == [b"[", b"one", b"]"]


@pytest.mark.parametrize("n", [0, 1, PIECE, PIECE + 1])
def test_a_file_leaves_whole_under_either(n: int, tmp_path: Path) -> None:
    path = tmp_path / "bestand.zip"
    path.write_bytes(b"z" * n)

    plain = as_download(RequestFactory().get("/"), pieces_of(path), length=n, **NAME)
    running = as_download(under_asgi(), pieces_of(path), length=n, **NAME)

    async def gathered() -> bytes:
        return b"".join([piece async for piece in running])

    assert b"".join(plain) == asyncio.run(gathered()) == b"z" * n  # type: ignore[arg-type]
    assert plain["Content-Length"] == str(n)
    assert plain["Content-Disposition"] == 'attachment; filename="bestand.zip"'
    assert plain["Cache-Control"] == "no-store"


def test_a_file_that_is_gone_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        pieces_of(tmp_path / "weg.zip")
