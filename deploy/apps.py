"""The app `deploy`: commands and settings that know all floors."""

from django.apps import AppConfig


class DeployConfig(AppConfig):
    """No tables."""

    name = "deploy"
