"""Who is the wrong reader at each route of signatures and sealed covenants."""

from tests.architecture.denial import Denial, bearer, fixed

# A landlord is no party to the covenant on youth and school.
_STRANGER = "joost"
_V1 = "/convenanten/JS-MD/versie/1"
_API = "/api/v1/covenants/JS-MD/versions/1"
_PAGES = {
    "signatures": ("GET", f"{_V1}/handtekeningen/"),
    "sign": ("GET", f"{_V1}/tekenen/"),
    "sign_decline": ("GET", f"{_V1}/niet-tekenen/"),
    "sign_seal": ("POST", f"{_V1}/verzegel/"),
    "covenant_pdf": ("GET", f"{_V1}/pdf"),
}
_OPERATIONS = {
    "signature_list": ("GET", f"{_API}/signatures", ""),
    "signature_statement": ("GET", f"{_API}/signatures/statement?mandate=directeur", ""),
    "signature_submit": ("POST", f"{_API}/signatures", '{"jws": "a.b.c"}'),
    "signature_decline": ("POST", f"{_API}/signatures/decline", '{"reason": "nee"}'),
    "covenant_pdf": ("GET", f"{_API}/pdf", ""),
}
# The keys of one's own, for those who sign and their administrator.
_KEYS = {
    "signing_keys": ("GET", "/account/sleutels/"),
    "signing_key_renew": ("POST", "/account/sleutels/nieuw/"),
    "signing_key_revoke": ("POST", "/account/sleutels/geen-sleutel/trek-in/"),
}


def _pages() -> list[Denial]:
    found = []
    for name, (method, path) in _PAGES.items():
        for wrong in (None, _STRANGER):
            found.append(Denial(route=name, url=fixed(path), method=method, wrong=wrong))
    # A signatory of the right agency, too late: the version was signed by all. And one who is no signatory.
    for wrong in ("hilde", "ruben"):
        found.append(Denial(route="sign", url=fixed(f"{_V1}/tekenen/"), method="GET", wrong=wrong))
    return found


def _keys() -> list[Denial]:
    return [
        Denial(route=name, url=fixed(path), method=method, wrong=wrong)
        for name, (method, path) in _KEYS.items()
        for wrong in (None, "ruben")
    ]


def _operations() -> list[Denial]:
    found = []
    for name, (method, path, body) in _OPERATIONS.items():
        found.append(Denial(route=f"api:{name}", url=fixed(path), method=method, body=body))
        headers = bearer(_STRANGER, "prevent_eviction")
        found.append(Denial(route=f"api:{name}", url=fixed(path), method=method, body=body, headers=headers))
    return found


DENIALS: list[Denial] = [*_pages(), *_keys(), *_operations()]
PUBLIC: dict[str, str] = {
    "signing_root": "The certificate with which anybody checks a sealed covenant; it names the installation only.",
}
