"""A world that is built once for the tests of a file and gone after them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def standing(blocker: Any) -> Iterator[None]:
    """What the block writes stands until it ends; each test's own transaction lies within this one.

    blocker: pytest-django's. Not for files with transactional tests: those need a store of their own.
    """
    with blocker.unblock():
        around = transaction.atomic()
        # As Django's own TestCase does: a durable block inside a test's transaction is meant.
        around._from_testcase = True
        with around:
            yield
            transaction.set_rollback(True)
