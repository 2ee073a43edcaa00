"""The WSGI entry point, for servers that want it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.embedded")
application = get_wsgi_application()

# After Django: this module needs its tables.
from agreements.covenants import ahead  # noqa: E402
from foundation.settling import settle  # noqa: E402

settle()
ahead.start()
