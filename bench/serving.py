"""The settings of a server that the bench starts: those of the bench, on the PostgreSQL store that it is given."""

import os

import dj_database_url

from bench import settings as bench
from deploy.settings.connections import shared

globals().update({name: getattr(bench, name) for name in dir(bench) if name.isupper()})

ROOT_URLCONF = "deploy.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": shared(dj_database_url.parse(bench.POSTGRES) | {"NAME": os.environ["BENCH_DATABASE"]})}
