"""Sign-ins and changes of an account into the journal, mostly from signals of Django, allauth and axes."""

from collections.abc import Mapping
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as second_factor
from axes.signals import user_locked_out
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from agreements.parties.models import Professional
from agreements.parties.reader import SESSION_DEMO, strength_of, trace_of
from agreements.parties.signin import tried_name
from audit.journal.apart import append_apart, keep
from audit.journal.entry import Action, Entry, Outcome
from audit.journal.errors import JournalUnavailable

NOBODY = "unknown"


def connect() -> None:
    """Called once, from AppConfig.ready."""
    links = (
        (auth.user_logged_in, _signed_in),
        (auth.user_logged_out, _signed_out),
        (auth.user_login_failed, _failed),
        (user_locked_out, _locked_out),
        (account.password_changed, _password_changed),
        (account.password_set, _password_changed),
        (account.password_reset, _password_changed),
        (second_factor.authenticator_added, _factor_added),
        (second_factor.authenticator_removed, _factor_removed),
        (second_factor.authenticator_reset, _factor_renewed),
        (second_factor.authentication_failed, _factor_failed),
    )
    for signal, receiver in links:
        signal.connect(receiver, dispatch_uid=f"parties.{receiver.__name__}")


def hat_chosen(request: HttpRequest, *, agency_code: str) -> None:
    """Somebody chose for which agency they act; called by the page itself, no library signals it."""
    person = Professional.objects.get(pk=str(request.user.pk))
    _write(request, "signin.hat", person, detail={"agency": agency_code})


def _signed_in(*, request: HttpRequest, user: Professional, **_: Any) -> None:
    kind = "signin.persona" if request.session.get(SESSION_DEMO) else "signin.succeeded"
    try:
        _write(request, kind, user, detail={"strength": strength_of(request)})
    except JournalUnavailable:
        # What cannot be recorded did not happen: the session that Django just made goes too.
        request.session.flush()
        raise


def _signed_out(*, request: HttpRequest, user: Professional | None, **_: Any) -> None:
    if user is not None:
        _write(request, "signin.ended", user)


def _failed(*, credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    if request is not None:
        _write_attempt(request, "signin.failed", tried_name(request, dict(credentials)))


def _locked_out(*, request: HttpRequest, username: str | None = None, **_: Any) -> None:
    _write_attempt(request, "signin.locked_out", username or "")


def _password_changed(*, request: HttpRequest, user: Professional, **_: Any) -> None:
    _write(request, "password.changed", user, action=Action.UPDATE)


def _factor_added(*, request: HttpRequest, user: Professional, authenticator: Any, **_: Any) -> None:
    _write(request, "second_factor.added", user, Action.CREATE, {"kind": str(authenticator.type)})


def _factor_removed(*, request: HttpRequest, user: Professional, authenticator: Any, **_: Any) -> None:
    _write(request, "second_factor.removed", user, Action.DELETE, {"kind": str(authenticator.type)})


def _factor_renewed(*, request: HttpRequest, user: Professional, authenticator: Any, **_: Any) -> None:
    _write(request, "second_factor.renewed", user, Action.UPDATE, {"kind": str(authenticator.type)})


def _factor_failed(*, request: HttpRequest, user: Professional, **_: Any) -> None:
    _write(request, "second_factor.failed", user, outcome=Outcome.REFUSED)


def _write_attempt(request: HttpRequest, event: str, name: str) -> None:
    person = Professional.objects.filter(email=name).first() if name else None
    # The address somebody typed is personal, and may be a password typed in the wrong field.
    _write(request, event, person, outcome=Outcome.REFUSED)


def _write(
    request: HttpRequest,
    event: str,
    person: Professional | None,
    action: Action = Action.EXECUTE,
    detail: Mapping[str, str | int] | None = None,
    outcome: Outcome = Outcome.OK,
) -> None:
    visit = getattr(request, "visit", None)
    # While somebody switches persona the visit is still that of the person before.
    acting = visit if visit and person and visit.professional_id == person.pk else None
    entry = Entry(
        event_type=event,
        action=action,
        outcome=outcome,
        actor_ref=person.reference if person else NOBODY,
        actor_name=person.name if person else "",
        agency_ref=acting.agency_ref if acting else _home_of(person),
        detail=detail or {},
        trace_id=trace_of(request),
    )
    if outcome == Outcome.OK:
        # Some of allauth's acts have a transaction of their own; then the entry stands or falls with it.
        keep([entry])
    else:
        append_apart([entry])


def _home_of(person: Professional | None) -> str:
    if person is None:
        return NOBODY
    post = person.memberships.in_force().select_related("agency").first()
    return post.agency.oin if post else NOBODY
