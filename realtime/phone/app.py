"""What makes the site an app on the phone: manifest, worker, and a page without any data for when there is no network.

All three are the same for everybody and say nothing of anybody.
"""

import hashlib
import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string, select_template
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.routes import Shows, route

PAGE = "realtime/phone/channel.html"
_NOTHING = "realtime/phone/_nothing.html"
STYLES = ("ams", "ams-values", "theme", "base", "shell", "facts", "states", "street")
SCRIPTS = ("htmx.min", "app", "explain", "draft", "street_wipe", "street_store", "street_line", "street_view",
           "street_outbox", "street_seen", "street_screen", "street_composer", "street")  # fmt: skip
OTHERS = ("alarm", "place", "photo", "push")
"""Scripts of other rooms, where they are."""
OTHER_STYLES = ("alarm", "place")
ICONS = (("icons/app-192.png", "192x192", "any"), ("icons/app-512.png", "512x512", "any"),
         ("icons/app-maskable-512.png", "512x512", "maskable"))  # fmt: skip
COLOUR = "#0b2b36"
"""--vb-top of theme.css; a manifest knows no variables."""


def parts() -> dict[str, Any]:
    """What other rooms put on the page: their templates and scripts, as far as they are there."""
    place = select_template(["realtime/place/_line.html", _NOTHING])
    return {
        "place_there": place.template.name != _NOTHING,
        "alarm_button": select_template(["realtime/alarms/_button.html", _NOTHING]),
        "place_line": place,
        "other_scripts": [f"js/{name}.js" for name in OTHERS if _is_there(f"js/{name}.js")],
        "other_styles": [f"css/{name}.css" for name in OTHER_STYLES if _is_there(f"css/{name}.css")],
    }


@lru_cache(maxsize=64)
def _is_there(path: str) -> bool:
    return finders.find(path) is not None


@require_safe
@route("street_shell", shows=Shows.NOTHING, public=True)
def street_shell(request: HttpRequest) -> HttpResponse:
    """The page of a channel without a channel: the worker keeps it, and scripts fill it from the phone's own store."""
    return render(request, PAGE, _shell(request))


@require_safe
@route("service_worker", shows=Shows.NOTHING, public=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker; another version of any file it keeps makes another worker."""
    files = _files()
    page = render_to_string(PAGE, _shell(request))
    version = hashlib.sha256(f"{get_language()} {files} {page}".encode()).hexdigest()[:16]
    push = static("js/push_worker.js") if _is_there("js/push_worker.js") else ""
    context = {
        "version": version, "files": json.dumps(files), "push": push, "static_url": settings.STATIC_URL,
        "news": json.dumps(_("Er is iets nieuws")),
    }  # fmt: skip
    answer = render(request, "realtime/phone/sw.js", context, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@require_safe
@route("web_manifest", shows=Shows.NOTHING, public=True)
def web_manifest(request: HttpRequest) -> HttpResponse:
    """The manifest by which a phone installs the site. Source: W3C Web Application Manifest."""
    manifest = {
        "id": "/straat/", "name": "Verbond", "short_name": "Verbond", "lang": (get_language() or "nl")[:2],
        "description": _("Samen op straat, ieder ziet wat het convenant hem geeft."), "start_url": "/straat/",
        "scope": "/", "display": "standalone", "orientation": "portrait", "background_color": COLOUR,
        "theme_color": COLOUR, "categories": ["government", "productivity"],
        "icons": [
            {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for path, sizes, purpose in ICONS
        ],
    }  # fmt: skip
    answer = HttpResponse(json.dumps(manifest, ensure_ascii=False), content_type="application/manifest+json")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _shell(request: HttpRequest) -> dict[str, Any]:
    """Nobody's page, whoever asks for it: it is kept on the phone."""
    return {
        **parts(), "channel": None, "place_there": False, "pulse": "",
        "visit": None, "nav": [], "theme": "auto", "search_url": "", "messages": (),
        "language": (get_language() or "nl")[:2],
    }  # fmt: skip


def _files() -> list[str]:
    known = parts()
    names = [f"css/{name}.css" for name in STYLES] + [f"js/{name}.js" for name in SCRIPTS]
    names += [*known["other_scripts"], *known["other_styles"], "icons/sprite.svg", "icons/verbond.svg"]
    names += ["fonts/source-sans-3-latin-wght-normal.woff2", "icons/app-192.png"]
    return [static(name) for name in names]
