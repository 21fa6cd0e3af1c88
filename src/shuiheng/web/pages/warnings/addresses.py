"""Addresses of the pages of warnings."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.warnings import views

WARNING = "warnings/<int:key>/"


def warning_addresses() -> list[URLPattern]:
    """Return the addresses of warnings."""
    return [
        path("warnings/", views.warnings, name="warnings"),
        path("warnings/export.<slug:ending>", views.warnings_export, name="warnings_export"),
        path(WARNING, views.warning, name="warning"),
        path(WARNING + "receive/", views.receive, name="receive_warning"),
        path(WARNING + "answer/", views.answer, name="answer_warning"),
        path(WARNING + "decide/", views.decide, name="decide_warning"),
        path(WARNING + "finish/", views.finish, name="finish_warning"),
    ]
