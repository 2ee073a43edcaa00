"""Sign-in with allauth: its adapters, how strong and fresh a sign-in is, and its entries in the journal.

The pages themselves are allauth's (addresses in urls.py); personas are in demo.py.
"""

import base64
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.parties import demo
from agreements.parties.models import Professional
from agreements.parties.reader import SESSION_DEMO, strength_of
from foundation import clock
from foundation.errors import NotFound, SignInNeeded

FRESH = timedelta(minutes=15)
_PERSONA_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class AccountAdapter(DefaultAccountAdapter):
    """allauth's accounts, without a way in that nobody vouched for."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _lazy("Dit e-mailadres en wachtwoord horen niet bij elkaar."),
        "account_inactive": _lazy("Dit account is gesloten."),
        "incorrect_password": _lazy("Dit wachtwoord klopt niet."),
        "enter_current_password": _lazy("Dit is niet uw huidige wachtwoord."),
        "too_many_login_attempts": _lazy("Te veel pogingen. Probeer het over een minuut opnieuw."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an agency's administrator makes the account."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The worklist."""
        return str(settings.LOGIN_REDIRECT_URL)


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second factors; their secrets are kept encrypted, and the QR code needs no loose style."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _lazy("Deze code klopt niet. Wacht op een nieuwe code en probeer het opnieuw."),
    }

    def encrypt(self, text: str) -> str:
        """For the column that holds the secret of an authenticator app."""
        return _boxes().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The inverse of encrypt; also with a former SECRET_KEY of SECRET_KEY_FALLBACKS."""
        return _boxes().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an element for inside a page: a data: image is against our content policy."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]


class NotStrong(SignInNeeded):
    """This act needs a second factor or a passkey, used moments ago."""

    code = "sign_in_not_strong"


def check_strong_and_fresh(request: HttpRequest, *, within: timedelta = FRESH) -> None:
    """For signing, break-glass and export: a second factor or passkey was used at most `within` ago.

    A persona counts as strong: personas exist in demo only.

    Raises:
        NotStrong: with the page where it can be made good as the remedy.
    """
    strength = strength_of(request)
    if strength == "demo":
        return
    if strength != "strong":
        raise NotStrong(
            _("Hiervoor is inloggen met een tweede factor nodig."),
            remedy=_("Stel bij “Inloggen en beveiliging” een tweede factor of passkey in, en log opnieuw in."),
        )
    steps = request.session.get("account_authentication_methods") or []
    last = max((step["at"] for step in steps if step.get("method") == "mfa"), default=0)
    if clock.now().timestamp() - last > within.total_seconds():
        raise NotStrong(_("U logde te lang geleden in om dit te doen."), remedy=_("Bevestig eerst opnieuw wie u bent."))


def sign_in_persona(request: HttpRequest, *, key: str) -> Professional:
    """Sign in as a persona; the session is marked, and dies when demo ends or the request comes from afar.

    Raises:
        NotFound: no such persona, or personas do not exist for this request.
    """
    if not demo.is_allowed(request):
        raise NotFound(_("Deze pagina bestaat niet."))
    person = demo.persona(key)
    # A former person's session must not shine through in this one.
    request.session.flush()
    request.session[SESSION_DEMO] = True
    login(request, person, backend=_PERSONA_BACKEND)
    UserSession.objects.create_from_request(request)
    return person


def tried_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The address that somebody tries to sign in with, as axes counts it: capitals do not make it new."""
    given = (credentials or {}).get("email") or (credentials or {}).get("username") or request.POST.get("login")
    return str(given or "").strip().lower()


def _boxes() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_box_key(str(key))) for key in keys])


def _box_key(secret: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"verbond/second-factor")
    return base64.urlsafe_b64encode(derive.derive(secret.encode()))
