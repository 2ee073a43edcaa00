"""Which of allauth's pages this house opens, and to whom. Our own pages enter foundation.routes."""

from foundation.routes import REGISTER

ALLAUTH_ROUTES: tuple[tuple[str, bool], ...] = (
    # name of the address, and whether it is public (somebody without a session may come there)
    ("account_login", True),
    ("account_logout", True),
    ("account_inactive", True),
    ("account_reset_password", True),
    ("account_reset_password_done", True),
    ("account_reset_password_from_key", True),
    ("account_reset_password_from_key_done", True),
    ("mfa_authenticate", True),
    ("mfa_login_webauthn", True),
    ("account_reauthenticate", False),
    ("account_change_password", False),
    ("account_set_password", False),
    ("mfa_index", False),
    ("mfa_reauthenticate", False),
    ("mfa_activate_totp", False),
    ("mfa_deactivate_totp", False),
    ("mfa_view_recovery_codes", False),
    ("mfa_generate_recovery_codes", False),
    ("mfa_download_recovery_codes", False),
    ("mfa_list_webauthn", False),
    ("mfa_add_webauthn", False),
    ("mfa_reauthenticate_webauthn", False),
    ("mfa_remove_webauthn", False),
    ("mfa_edit_webauthn", False),
    ("usersessions_list", False),
)

_ALLAUTH = dict(ALLAUTH_ROUTES)
_WITHOUT_HAT = frozenset({"hat"}) | {name for name, public in ALLAUTH_ROUTES if not public}


def is_public(name: str) -> bool:
    """Whether anybody may come here. A route that nobody entered is closed."""
    if name in _ALLAUTH:
        return _ALLAUTH[name]
    known = REGISTER.get(name)
    return known is not None and known.public


def needs_no_hat(name: str) -> bool:
    """Whether being signed in is enough: one's own account, and the page where a hat is chosen."""
    return name in _WITHOUT_HAT
