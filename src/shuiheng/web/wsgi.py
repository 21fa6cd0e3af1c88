"""The WSGI entry that the server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from shuiheng.web.warm import load_and_freeze

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuiheng.web.settings")
application = get_wsgi_application()
load_and_freeze()
