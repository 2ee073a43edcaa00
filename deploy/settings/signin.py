"""Sign-in: django-allauth (password, second factor, passkeys, sessions) and django-axes (lockouts)."""

from datetime import timedelta

INSTALLED_APPS_SIGNIN = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]
MIDDLEWARE_SIGNIN = [
    "allauth.account.middleware.AccountMiddleware",
    "agreements.parties.middleware.VisitMiddleware",
    # Axes turns a lockout found anywhere below into its page, so it stands last.
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/inloggen/"

# Nobody makes their own account: the administrator of an agency vouches for a colleague's address.
ACCOUNT_ADAPTER = "agreements.parties.signin.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Verbond: "
# Wrong passwords of one person are counted by axes, in the database; this is the brake per address.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}

MFA_ADAPTER = "agreements.parties.signin.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Verbond"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True

USERSESSIONS_TRACK_ACTIVITY = False

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "agreements.parties.signin.tried_name"
AXES_LOCKOUT_CALLABLE = "agreements.parties.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
# Who signed in when is in the journal, where it cannot be changed; not twice.
AXES_DISABLE_ACCESS_LOG = True

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Access tokens. The key itself is a secret and comes from the environment (TOKEN_KEY).
TOKEN_ISSUER = "verbond"  # noqa: S105 - a name, not a secret
TOKEN_AUDIENCE = "verbond-api"  # noqa: S105
TOKEN_MINUTES = 10
TOKEN_MINUTES_DEMO = 60
# Paths below these prefixes sign in by token; the middleware never sends them to a page.
API_PREFIXES = ("/api/",)
