"""System checks of agreements: the demo is never deployed, and tokens have a key."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from agreements.parties.token_key import signing_key


@register(Tags.security, deploy=True)
def check_no_demo(**_: Any) -> list[CheckMessage]:
    """agreements.E001: in demo anybody at this machine signs in as anybody."""
    if not settings.VERBOND_DEMO:
        return []
    return [
        Error(
            "VERBOND_DEMO is on: personas sign in with one click.",
            hint="Unset VERBOND_DEMO, and do not load the demo's data into a store with real people.",
            id="agreements.E001",
        )
    ]


@register(Tags.security, deploy=True)
def check_token_key(**_: Any) -> list[CheckMessage]:
    """agreements.E002: access tokens need an ES256 key that all processes share."""
    try:
        signing_key()
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), hint="openssl ecparam -name prime256v1 -genkey -noout", id="agreements.E002")]
    return []
