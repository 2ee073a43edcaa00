"""What every installation shares. Secrets and addresses come from the environment (see production.py)."""

import os
from pathlib import Path

from whitenoise.compress import Compressor

from deploy.settings.security import *
from deploy.settings.signin import *
from deploy.settings.signin import INSTALLED_APPS_SIGNIN, MIDDLEWARE_SIGNIN

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("VERBOND_VAR", BASE_DIR / "var"))

DEBUG = False
VERBOND_DEMO = False
VERBOND_NAME = "Zorg- en Veiligheidshuis Maasdelta"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "simple_history",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "channels",
    *INSTALLED_APPS_SIGNIN,
    "audit",
    "agreements",
    "cases",
    "programmes",
    "realtime",
    "deploy",
]

MIDDLEWARE = [
    "deploy.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "deploy.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    *MIDDLEWARE_SIGNIN,
    "deploy.middleware.Pulse",
    "deploy.middleware.Problems",
]

ROOT_URLCONF = "deploy.urls"
ASGI_APPLICATION = "deploy.asgi.application"
WSGI_APPLICATION = "deploy.wsgi.application"
AUTH_USER_MODEL = "agreements.Professional"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "deploy.context.frame",
            ],
        },
    }
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["deploy.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "deploy" / "static"]
# Pages name the hashed files only, and nobody but a developer's browser asks for a map: compressing the rest is what
# a first start would mostly wait for.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_NAME = "verbond_session"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# How long a process may go on with the policy number it last saw. Together with PULSE_MILLISECONDS, how often an
# open page asks, and a request's own time it stays under the second of design target B2.
POLICY_EPOCH_TTL_SECONDS = 0.2
PULSE_MILLISECONDS = 400
# Facts of a closed covenant, a draft on a phone: how long a typed draft may stay on the device.
DRAFT_MINUTES = 60

# What the numbers of new cases begin with.
CASE_PREFIX = os.environ.get("CASE_PREFIX", "MD")

# The largest file of a case, and the largest photo of a signal, in bytes; neither over UPLOAD_MAX_BYTES.
ATTACHMENT_MAX_BYTES = 10 * 1024 * 1024
SIGNAL_PHOTO_MAX_BYTES = 5 * 1024 * 1024

# How many other controllers must agree before a third party is given a copy; one objection stops it.
EXTRACT_AGREEMENTS = 1

# How long the own leadership has to answer an escalation before it goes one level up.
ESCALATION_WORKING_DAYS = int(os.environ.get("ESCALATION_WORKING_DAYS", "5"))

# Channels of street teams: the longest term in days, for how many hours after its end who led one reads its log and
# makes the report, members of one channel, sockets of one process, how long messages are kept, and how many frames
# somebody may send per second, on average and at once.
CHANNEL_MAX_DAYS = 31
CHANNEL_AFTERWARDS_HOURS = int(os.environ.get("CHANNEL_AFTERWARDS_HOURS", "72"))
CHANNEL_MAX_MEMBERS = int(os.environ.get("CHANNEL_MAX_MEMBERS", "500"))
CHANNEL_MAX_SOCKETS = int(os.environ.get("CHANNEL_MAX_SOCKETS", "2000"))
CHANNEL_KEEP_DAYS = int(os.environ.get("CHANNEL_KEEP_DAYS", "30"))
CHANNEL_RATE, CHANNEL_BURST = 4, 24
# The longest that somebody shares their place with a channel, in hours.
PLACE_MAX_HOURS = 8
# Threads of a process that work for its sockets, each with a connection; 0: all take turns in one (SQLite).
CHANNEL_THREADS = 0
# Alarms: seconds without an answer until the leader and the team leads are called, and until the control room is;
# code of the agency that is the control room where the leader of a channel chose none ("": nobody); how often the
# watch looks; how many minutes an alarm stands on the screens after its end, and for how many who was called without
# being a member still reads it and the report looks for arrivals.
ALARM_LEADER_SECONDS = int(os.environ.get("ALARM_LEADER_SECONDS", "30"))
ALARM_CONTROL_SECONDS = int(os.environ.get("ALARM_CONTROL_SECONDS", "60"))
ALARM_CONTROL_ROOM = os.environ.get("ALARM_CONTROL_ROOM", "")
ALARM_WATCH_SECONDS = 1.0
ALARM_SHOWN_MINUTES = 15
ALARM_REPORT_MINUTES = int(os.environ.get("ALARM_REPORT_MINUTES", "60"))
# Web Push: the private key that signs (32 bytes, base64url; "": no phone is woken) and whom a push service may write
# to; the services that are called (and their subdomains); seconds within which what can wait does not wake a phone
# twice, and for which a service keeps a message; whether calls go by the proxy of the environment. PUSH_LOCAL lets
# plain http to this machine through: for tests and demonstrations alone.
VAPID_KEY = ""
PUSH_CONTACT = os.environ.get("PUSH_CONTACT", "mailto:beheer@verbond.invalid")
PUSH_HOSTS = ["fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com"]
PUSH_QUIET_SECONDS = 60
PUSH_TTL_SECONDS = 3600
PUSH_BY_PROXY = os.environ.get("PUSH_BY_PROXY", "0") == "1"
PUSH_LOCAL = False

# The latest that a break-glass is reviewed, in hours; an article may ask for sooner.
BREAK_GLASS_REVIEW_HOURS = int(os.environ.get("BREAK_GLASS_REVIEW_HOURS", "72"))

# Exports of the log: how many hours they are kept; the URI of a processing activity in the register of the house, for
# the Logboek Dataverwerkingen; the private enterprise number in syslog (32473 is that of examples, RFC 5612).
EXPORT_HOURS = int(os.environ.get("EXPORT_HOURS", "72"))
LDV_ACTIVITY_URI = os.environ.get("LDV_ACTIVITY_URI", "urn:verbond:verwerking:{covenant}:{purpose}")
SIEM_ENTERPRISE = os.environ.get("SIEM_ENTERPRISE", "32473")

# Counts about an area below this number are shown as "<10" to everybody but their source.
SMALL_NUMBER = 10
# More goals than this, and a programme is told that it loses focus.
PROGRAMME_MOST_GOALS = 8
# The cooperation pulse: no score of fewer answers than this is shown; a mean below this goes on the agenda.
PULSE_FEWEST = 4
PULSE_LOW = 3
# Signals per neighbourhood: how many days after its end a quarter is counted, so that each signal was weighed by then.
# A cluster: at least so many, and so many times the mean of the four quarters before.
PATTERN_WAIT_DAYS = 28
PATTERN_LEAST = 20
PATTERN_TIMES = 2
# Types of agency that never learn who a change agent is, contact officer, partner or lead as they may be.
PROGRAMME_AGENTS_NEVER = frozenset(filter(None, os.environ.get("PROGRAMME_AGENTS_NEVER", "POL").split(",")))
# Root certificates (PEM files) of installations whose cards of lessons are taken in here, separated by a colon.
LEARNING_ROOTS = tuple(filter(None, os.environ.get("LEARNING_ROOTS", "").split(":")))

# The rhythm of a plan (domain 3 and 5): months between reviews and checks of necessity, months of aftercare,
# and how many days before an action is due its owner is reminded.
PLAN_REVIEW_MONTHS = 3
NECESSITY_MONTHS = 6
AFTERCARE_MONTHS = 6
ACTION_REMIND_DAYS = 2

# Triage: working days until an outcome; days for the one round of more information; how many controllers beside the
# case director must agree; working days to answer a known-check; how often an agency may compare; which types of
# agency are asked (whether GGZ and VT may be is an open question of law, so they are not until somebody decides).
TRIAGE_WORKING_DAYS = 10
TRIAGE_INFO_DAYS = 5
TRIAGE_AGREEMENTS = 1
KNOWN_CHECK_WORKING_DAYS = 3
KNOWN_CHECK_TRIES = 5
KNOWN_CHECK_AGENCIES = ["POL", "OM", "GEM", "BGM", "RVK", "DJI", "GGD", "RCL", "JB", "SOC"]
# How long an embargo on informing may stand before its source looks at it again.
EMBARGO_REVIEW_DAYS = 30

# Minutes: working days in which partners approve or correct them (domain 5.7), and how long a PDF of them is kept.
MINUTES_WORKING_DAYS = 5
MINUTES_PAPER_HOURS = 24

# Sealing the journal: whether a sealer (`manage.py seal`) belongs to this installation; how often it seals, in
# seconds, and how many entries at a time; from what lag on it is an alarm; the socket by which it is woken (SQLite).
SEALING = False
SEAL_INTERVAL_SECONDS = 1.0
SEAL_ROWS = 1_000
SEAL_LAG_ALARM_SECONDS = 10
SEAL_SOCKET = VAR_DIR / "sealer.sock"
# Who signs what was sealed: a signer behind a socket (`manage.py signer`), or one in the sealer's own process with its
# key in this directory; neither: there are no checkpoints. The name of the log; the ES256 key (private JWK) of the
# checkpoints' copies, or nothing; the policy file with the witnesses that are asked to cosign, or nothing; how often
# they are, in seconds, and after how many they are asked again about a log that did not grow.
LOG_SIGNER_SOCKET = ""
LOG_SIGNER_DIRECTORY: Path | str = ""
LOG_ORIGIN = "verbond.invalid/logboek"
LOG_JWS_KEY: dict[str, str] = {}
LOG_POLICY_FILE: Path | str = ""
LOG_WITNESS_SECONDS = 5.0
LOG_WITNESS_AGAIN_SECONDS = 60.0
# Where bundles for the verifier wait to be fetched, and for how many hours.
BUNDLE_DIR = VAR_DIR / "bundles"
BUNDLE_HOURS = 24
# How many months an entry of the journal is kept, by purpose (processing activity); "" is for all others. Personal
# parts go after their own months, or with the entry. NEN 7513 is commonly read as five years at least.
JOURNAL_MONTHS: dict[str, int] = {"": 60}
JOURNAL_PARTS_MONTHS: dict[str, int] = {"": 60}
# Working hours by OIN of the agency, on Monday to Friday; "" is for all others, None is around the clock.
# A read outside them is shown to the privacy officer as notable, no more.
OVERSIGHT_HOURS: dict[str, tuple[str, str] | None] = {"": ("07:00", "20:00")}

# Days in which a reader is asked to explain their reads, when a privacy officer asks.
OVERSIGHT_ANSWER_DAYS = 7

# Long work (PDFs, counting the caseload) is done by `manage.py db_worker`, from a queue in the database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Rings the bell in open screens. It may lose messages: what is true stands in the database.
CHANNEL_LAYERS: dict[str, dict[str, object]] = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

# Where people find this installation; stands before the addresses in mails. Empty: mails name the path alone.
VERBOND_URL = os.environ.get("VERBOND_URL", "")

API_TITLE = "Verbond"
SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "deploy.logs.JsonFormatter"}},
    "filters": {"not_who_left": {"()": "deploy.logs.NotWhoLeft"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["not_who_left"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
        "uvicorn.access": {"level": "WARNING", "handlers": [], "propagate": False},
        "axes": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
