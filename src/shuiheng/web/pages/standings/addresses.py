"""Addresses of the pages of how targets stand."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.standings import one, sending, views


def standing_addresses() -> list[URLPattern]:
    """Return the addresses of how targets stand."""
    return [
        path("standings/", views.standing_board, name="standings"),
        path("standings/export.<slug:ending>", sending.standings_export, name="standings_export"),
        path("standings/<int:key>/", one.standing, name="standing"),
        path("standings/<int:key>/export.<slug:ending>", sending.standing_export, name="standing_export"),
    ]
