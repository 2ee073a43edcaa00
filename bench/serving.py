"""The settings of a server that the bench starts: those of the bench, on the PostgreSQL store that it is given."""

import os

import dj_database_url

from bench import settings as bench

globals().update({name: getattr(bench, name) for name in dir(bench) if name.isupper()})

ROOT_URLCONF = "deploy.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
# As deploy/settings/production.py has it.
DATABASES = {
    "default": dj_database_url.parse(bench.POSTGRES, conn_health_checks=True)
    | {"NAME": os.environ["BENCH_DATABASE"], "OPTIONS": {"pool": {"min_size": 1, "max_size": 20, "timeout": 10.0}}}
}
