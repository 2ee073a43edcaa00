"""The channel layer: what waits for a word is not cut for a silence."""

import asyncio
from contextlib import suppress

import pytest
import redis.exceptions
from channels.layers import channel_layers, get_channel_layer
from django.conf import settings

LONGER_THAN_ONE_WAIT = 6.5


@pytest.mark.slow
def test_a_screen_that_hears_nothing_for_a_while_is_not_cut() -> None:
    heard = asyncio.run(_after_a_silence(LONGER_THAN_ONE_WAIT))

    assert heard == {"type": "a.word"}


@pytest.mark.skipif("Redis" not in settings.CHANNEL_LAYERS["default"]["BACKEND"], reason="the layer is in this process")
def test_a_connection_without_patience_would_be_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other side of the test above: it can fail."""
    host = settings.CHANNEL_LAYERS["default"]["CONFIG"]["hosts"][0]
    monkeypatch.setitem(host, "socket_timeout", 1)

    with pytest.raises(redis.exceptions.TimeoutError):
        asyncio.run(_after_a_silence(2))


async def _after_a_silence(seconds: float) -> dict[str, str]:
    """What a channel that waits from the start hears after this many seconds."""
    channel_layers.backends.clear()
    layer = get_channel_layer()
    channel = await layer.new_channel("quiet")
    waiting = asyncio.ensure_future(layer.receive(channel))
    try:
        await asyncio.wait({waiting}, timeout=seconds)
        if not waiting.done():
            await layer.send(channel, {"type": "a.word"})
        heard: dict[str, str] = await asyncio.wait_for(waiting, 3)
        return heard
    finally:
        waiting.cancel()
        with suppress(BaseException):
            await waiting
        channel_layers.backends.clear()
