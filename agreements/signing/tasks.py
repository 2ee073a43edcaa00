"""Work in the background: the sealed PDF of a signed version. What is done stands in sealing.py."""

from django_tasks import task


@task()
def seal(version_id: int) -> str:
    """Make and keep the sealed PDF of a version; returns its SHA-256."""
    # Here, so that only the worker loads the typesetting.
    from agreements.signing.sealing import seal_version

    return seal_version(version_id).sha256


def seal_later(version_id: int) -> None:
    """Put the sealing of a version in the queue."""
    seal.enqueue(version_id)
