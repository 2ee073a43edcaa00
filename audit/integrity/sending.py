"""Sends a large file piece by piece, under ASGI as under WSGI: never the whole of it in memory."""

from asyncio import to_thread
from collections.abc import AsyncIterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

PIECE = 1 << 18


def as_zip(request: HttpRequest, path: Path, *, name: str) -> HttpResponseBase:
    """The zip file at `path` as a download called `name`.zip. Raises OSError when it is not there."""
    if not hasattr(request, "scope"):
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.zip")
    # Under ASGI Django would gather a plain iterator first.
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', "Content-Length": str(path.stat().st_size)}
    return StreamingHttpResponse(_pieces(path), content_type="application/zip", headers=headers)


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := await to_thread(file.read, PIECE):
            yield piece
