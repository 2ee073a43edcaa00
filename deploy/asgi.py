"""The ASGI entry point that uvicorn serves: pages and API, and the sockets of live screens."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.embedded")
http = get_asgi_application()

# After Django: these modules need its tables.
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from channels.sessions import CookieMiddleware, SessionMiddleware  # noqa: E402

from agreements.covenants import ahead  # noqa: E402
from cases.meetings.sockets import urlpatterns as meetings  # noqa: E402
from deploy.body_limit import BodyLimit  # noqa: E402
from foundation.settling import settle  # noqa: E402
from realtime.live.sockets import urlpatterns as street  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": BodyLimit(http),
        "websocket": AllowedHostsOriginValidator(CookieMiddleware(SessionMiddleware(URLRouter([*meetings, *street])))),
    }
)
settle()
ahead.start()
