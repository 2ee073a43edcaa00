"""A real installation: PostgreSQL and Redis. It refuses to start while a secret is missing."""

import os

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from deploy.settings.base import *
from deploy.settings.connections import shared
from deploy.settings.layers import over_redis
from foundation.jose import private_key_of


def _needed(name: str, what: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. It holds {what}; set it in the environment and start again.")
    return value


SECRET_KEY = _needed("SECRET_KEY", "the key that signs sessions and forms (50 random characters)")
JOURNAL_KEY = _needed("JOURNAL_KEY", "the key of the journal's personal parts (32 random bytes as hex)")
FILES_KEY = _needed("FILES_KEY", "the key of attachments and photos (32 random bytes as hex)")
TOKEN_KEY = _needed("TOKEN_KEY", "the ES256 private key of access tokens, as a JWK")
TOKEN_KEY_FILE = None
ALLOWED_HOSTS = _needed("ALLOWED_HOSTS", "the host names, separated by commas").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters; make a longer one and start again.")

VERBOND_DEMO = os.environ.get("VERBOND_DEMO", "0") == "1"

DATABASES = {"default": shared(dj_database_url.parse(_needed("DATABASE_URL", "the address of PostgreSQL")))}
# Nothing is sealed past the oldest open transaction: one that is forgotten would hold up the whole log.
_timeout = int(os.environ.get("IDLE_IN_TRANSACTION_SECONDS", "30"))
_options = DATABASES["default"]["OPTIONS"]
_options["options"] = f"{_options.get('options', '')} -c idle_in_transaction_session_timeout={_timeout}s".strip()

SEALING = True
LOG_ORIGIN = os.environ.get("LOG_ORIGIN", f"{ALLOWED_HOSTS[0]}/logboek")
LOG_SIGNER_SOCKET = os.environ.get("LOG_SIGNER_SOCKET", "")
VAPID_KEY = os.environ.get("VAPID_KEY", "")
LOG_POLICY_FILE = os.environ.get("LOG_POLICY_FILE", "")
LOG_JWS_KEY = private_key_of(os.environ["LOG_JWS_KEY"]) if os.environ.get("LOG_JWS_KEY") else {}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _needed("REDIS_URL", "the address of Redis"),
    }
}
CHANNEL_THREADS = int(os.environ.get("CHANNEL_THREADS", "4"))
CHANNEL_LAYERS = over_redis(_needed("REDIS_URL", "the address of Redis"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-verbond_session"
