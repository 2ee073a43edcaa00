"""The bench as a Django app, so that its plain endpoints can be mounted. It has no tables."""

from django.apps import AppConfig


class BenchConfig(AppConfig):
    """Only in bench.settings."""

    name = "bench"
