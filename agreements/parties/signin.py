"""Sign-in with allauth: its adapters, how strong and fresh a sign-in is, and its entries in the journal.

The pages themselves are allauth's (addresses in urls.py); personas are in demo.py.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from agreements.parties import demo
from agreements.parties.models import Professional
from agreements.parties.reader import SESSION_DEMO, strength_of
from foundation import clock
from foundation.boxes import box
from foundation.errors import NotFound, SignInNeeded

FRESH = timedelta(minutes=15)
_BOX = "second-factor"
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
        return box(_BOX).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The inverse of encrypt; also with a former SECRET_KEY of SECRET_KEY_FALLBACKS."""
        return box(_BOX).decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an element for inside a page: a data: image is against our content policy."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]


class NotStrong(SignInNeeded):
    """This act needs a second factor or a passkey, used moments ago.

    way: the page where that can be made good. is_confirming: that page only asks for the factor once more.
    """

    code = "sign_in_not_strong"
    page = "errors/not_strong.html"

    def __init__(self, sentence: str, *, remedy: str, way: str, is_confirming: bool = False) -> None:
        super().__init__(sentence, remedy=remedy)
        self.way = way
        self.is_confirming = is_confirming


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
            way=reverse("mfa_index"),
        )
    steps = request.session.get("account_authentication_methods") or []
    last = max((step["at"] for step in steps if step.get("method") == "mfa"), default=0)
    if clock.now().timestamp() - last > within.total_seconds():
        raise NotStrong(
            _("U logde te lang geleden in om dit te doen."),
            remedy=_("Bevestig eerst opnieuw wie u bent. Daarna komt u hier terug."),
            way=_way_to_confirm(request),
            is_confirming=True,
        )


def _way_to_confirm(request: HttpRequest) -> str:
    """The page that asks for the second factor once more, and then leads back to where the person was."""
    has_app = Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.TOTP).exists()
    page = reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")
    back = request.get_full_path() if request.method in ("GET", "HEAD") else _came_from(request)
    return f"{page}?{urlencode({'next': back})}"


def _came_from(request: HttpRequest) -> str:
    """The page of this site with the form that was sent; the begin when the browser does not say."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


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
