"""The rules of the oversight as work for `manage.py db_worker`. What they mark is in overseeing.py."""

from django_tasks import task

from audit.oversight.overseeing import oversee


@task()
def oversee_journal() -> int:
    """Mark what is notable since the last run; returns how many marks were made. Two at once mark nothing twice."""
    return oversee()
