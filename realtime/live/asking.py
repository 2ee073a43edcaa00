"""Where the work of sockets in the database is done: in threads of their own where the database allows several."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings


async def ask(function: Callable[..., Any], *args: Any) -> Any:
    """What a phone asks for. With CHANNEL_THREADS 0 (SQLite) all sockets take turns in one thread."""
    if not settings.CHANNEL_THREADS:
        return await database_sync_to_async(function)(*args)
    pool = _pool("street", settings.CHANNEL_THREADS)
    return await database_sync_to_async(function, thread_sensitive=False, executor=pool)(*args)


async def ask_apart(function: Callable[..., Any], *args: Any) -> Any:
    """What hubs ask for: never behind a crowd of phones, since who lost a right must be found within a second."""
    if not settings.CHANNEL_THREADS:
        return await database_sync_to_async(function)(*args)
    pool = _pool("street-hub", 2)
    return await database_sync_to_async(function, thread_sensitive=False, executor=pool)(*args)


@cache
def _pool(name: str, size: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=size, thread_name_prefix=name)
