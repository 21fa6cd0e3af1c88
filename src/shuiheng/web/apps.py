"""The Django application of the site: template tags and static files, no tables."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Pages of Shuiheng."""

    name = "shuiheng.web"
    label = "web"
