"""Addresses of screens in halls."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.hall import managing, screen


def hall_addresses() -> list[URLPattern]:
    """Return the addresses of screens in halls."""
    return [
        path("hall/<str:token>/", screen.hall, name="hall"),
        path("hall/<str:token>/open/", screen.bind_hall, name="bind_hall"),
        path("halls/", managing.hall_screen_list, name="hall_screens"),
        path("halls/<int:key>/end/", managing.end_hall_screen, name="end_hall_screen"),
        path("halls/<int:key>/renew/", managing.renew_hall_screen, name="renew_hall_screen"),
    ]
