"""What people send stays in memory: no temporary file, whatever its size, and too much is refused before it is read."""

import asyncio
import tempfile
from typing import Any

import pytest
from django.core.handlers.asgi import ASGIHandler
from django.test import RequestFactory

from deploy.body_limit import BodyLimit


def ask(parts: list[bytes], *, length: bool = True) -> tuple[int, list[bytes], list[dict[str, Any]]]:
    """Send a body in parts through the limit; the status, what the application got, and what was said."""
    got: list[bytes] = []
    said: list[dict[str, Any]] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            got.append(message.get("body", b""))
            if not message.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    waiting = [
        {"type": "http.request", "body": part, "more_body": place < len(parts) - 1} for place, part in enumerate(parts)
    ]

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        said.append(message)

    total = str(sum(map(len, parts))).encode()
    headers = [(b"content-length", total)] if length else [(b"transfer-encoding", b"chunked")]
    asyncio.run(BodyLimit(application)({"type": "http", "headers": headers}, receive, send))
    return said[0]["status"], got, said


@pytest.mark.parametrize("length", [True, False], ids=["told", "not told"])
def test_what_fits_passes_whole(settings: Any, length: bool) -> None:
    settings.BODY_MAX_BYTES = 10

    assert ask([b"12345", b"67890"], length=length)[:2] == (200, [b"12345", b"67890"])


@pytest.mark.parametrize("length", [True, False], ids=["told", "not told"])
def test_what_weighs_too_much_reaches_nothing_and_is_refused_in_words(settings: Any, length: bool) -> None:
    settings.BODY_MAX_BYTES = 10

    status, got, said = ask([b"12345", b"67890", b"1", b"and more"], length=length)

    assert (status, got) == (413, [])
    assert "hoogstens 10 MB" in said[1]["body"].decode()


def test_a_body_that_fits_is_never_spooled_to_a_disk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's ASGI handler keeps a body in a file that moves to the disk beyond FILE_UPLOAD_MAX_MEMORY_SIZE."""
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", lambda self: pytest.fail("written to a disk"))
    left = settings.BODY_MAX_BYTES

    async def receive() -> dict[str, Any]:
        nonlocal left
        size = min(left, 2**20)
        left -= size
        return {"type": "http.request", "body": b"a" * size, "more_body": left > 0}

    body = asyncio.run(ASGIHandler().read_body(receive))

    assert body.seek(0, 2) == settings.BODY_MAX_BYTES


def test_no_file_of_a_form_gets_a_temporary_file_and_too_large_a_one_keeps_its_size_alone(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 100_000

    def file_of(size: int) -> Any:
        from io import BytesIO

        sent = BytesIO(b"a" * size)
        sent.name = "a.txt"
        request = RequestFactory().post("/", {"file": sent, "words": "blijven"})
        assert request.POST["words"] == "blijven"
        return request.FILES["file"]

    fits, large = file_of(100_000), file_of(100_001)

    assert not hasattr(fits, "temporary_file_path")
    assert (fits.size, len(fits.read())) == (100_000, 100_000)
    assert (large.size, large.read()) == (100_001, b"")
