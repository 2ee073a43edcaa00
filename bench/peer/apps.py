"""The peer as a Django app of its own."""

from django.apps import AppConfig


class PeerConfig(AppConfig):
    """Tables are made by migrate --run-syncdb; there are no migrations."""

    name = "bench.peer"
    label = "peer"
    default_auto_field = "django.db.models.BigAutoField"
