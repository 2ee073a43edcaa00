"""The channel layer over Redis, in one place for a real installation and for the suite."""

import socket
from typing import Any

# A peer that is gone is noticed by the network itself: after ten quiet seconds three questions, five seconds apart.
KEEPALIVE = {
    getattr(socket, name): value
    for name, value in (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3))
    if hasattr(socket, name)
}


def over_redis(url: str) -> dict[str, Any]:
    """CHANNEL_LAYERS for the Redis at this address (redis://host:port/number).

    Without the five seconds that redis-py gives every answer of its own accord, for two reasons. A screen waits at
    Redis for what comes, five seconds at a time: a quiet screen would be cut. And with a time limit redis-py sends by
    asyncio.wait_for, which before Python 3.12 swallows a cancellation that comes at the wrong moment (bpo-37658): the
    task of a closed screen would then never end.
    """
    host = {"address": url, "socket_timeout": None, "socket_keepalive": True, "socket_keepalive_options": KEEPALIVE}
    return {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [host]}}}
