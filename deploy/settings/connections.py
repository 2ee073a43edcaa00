"""How the requests of a process share its connections to PostgreSQL."""

import os
from collections.abc import Mapping
from typing import Any, cast


def shared(database: Mapping[str, object]) -> dict[str, Any]:
    """These settings of a database, with a pool of at most DATABASE_CONNECTIONS (20) connections per process.

    Under ASGI every request has a thread of its own, and a connection that a thread keeps stays open after it: twelve
    requests at a time held fifty. Each is looked at before it is lent out.
    """
    pool = {"min_size": 1, "max_size": int(os.environ.get("DATABASE_CONNECTIONS", "20")), "timeout": 10.0}
    options = cast(dict[str, Any], database.get("OPTIONS", {}))
    return {**database, "CONN_HEALTH_CHECKS": True, "OPTIONS": options | {"pool": pool}}
