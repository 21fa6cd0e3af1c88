"""The Django application of the site: template tags, static files and checks, no tables."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Pages of Shuiheng."""

    name = "shuiheng.web"
    label = "web"

    def ready(self) -> None:
        """Register the checks of the settings."""
        from shuiheng.web import policy_check  # noqa: F401, PLC0415  registers itself; needs the set-up
