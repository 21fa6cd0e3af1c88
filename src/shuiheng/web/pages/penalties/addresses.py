"""Addresses of the pages of penalties."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.penalties import views


def penalty_addresses() -> list[URLPattern]:
    """Return the addresses of penalties."""
    return [
        path("penalties/", views.penalties, name="penalties"),
        path("penalties/export.<slug:ending>", views.penalties_export, name="penalties_export"),
    ]
