"""Addresses of sign-in, of one's own account, and of the people page. allauth's, only those that we need."""

from allauth.account import views as allauth
from allauth.usersessions.views import list_usersessions
from django.urls import include, path, re_path

from agreements.parties import people_views, views

urlpatterns = [
    path("inloggen/", views.sign_in, name="sign_in"),
    path("inloggen/demo/", views.sign_in_demo, name="sign_in_demo"),
    path("taal/", views.set_language, name="set_language"),
    path("account/", views.account, name="account"),
    path("account/organisatie/", views.hat, name="hat"),
    path("organisatie/", people_views.people, name="people"),
    path("organisatie/collega/", people_views.grant, name="people_grant"),
    path("organisatie/<int:membership_id>/rollen/", people_views.change_roles, name="people_roles"),
    path("organisatie/<int:membership_id>/einde/", people_views.end, name="people_end"),
    path("organisatie/<int:membership_id>/sluiten/", people_views.deactivate, name="people_deactivate"),
    # allauth: no sign-up, no change of address, no codes by mail (doors.py says who may come where)
    path("account/inloggen/", allauth.login, name="account_login"),
    path("account/uitloggen/", allauth.logout, name="account_logout"),
    path("account/gesloten/", allauth.account_inactive, name="account_inactive"),
    path("account/bevestigen/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/wachtwoord/", allauth.password_change, name="account_change_password"),
    path("account/wachtwoord/kiezen/", allauth.password_set, name="account_set_password"),
    path("account/wachtwoord/vergeten/", allauth.password_reset, name="account_reset_password"),
    path(
        "account/wachtwoord/vergeten/verstuurd/",
        allauth.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^account/wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/wachtwoord/nieuw/klaar/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/beveiliging/", include("allauth.mfa.urls")),
    path("account/sessies/", list_usersessions, name="usersessions_list"),
]
