"""Addresses of signatures and sealed covenants."""

from django.urls import path

from agreements.signing import key_views, views

_VERSION = "convenanten/<str:code>/versie/<int:number>"

urlpatterns = [
    path(f"{_VERSION}/handtekeningen/", views.signatures, name="signatures"),
    path(f"{_VERSION}/tekenen/", views.sign, name="sign"),
    path(f"{_VERSION}/niet-tekenen/", views.decline, name="sign_decline"),
    path(f"{_VERSION}/verzegel/", views.seal, name="sign_seal"),
    path(f"{_VERSION}/pdf", views.covenant_pdf, name="covenant_pdf"),
    path("account/sleutels/", key_views.signing_keys, name="signing_keys"),
    path("account/sleutels/nieuw/", key_views.renew, name="signing_key_renew"),
    path("account/sleutels/<str:kid>/trek-in/", key_views.revoke, name="signing_key_revoke"),
    path("openbaar/root.pem", views.root, name="signing_root"),
]
