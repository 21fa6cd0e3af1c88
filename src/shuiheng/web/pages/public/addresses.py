"""Addresses of the pages for anybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.public import progress, views

CITY = "public/<slug:city>/"


def public_addresses() -> list[URLPattern]:
    """Return the addresses of the pages for anybody."""
    return [
        path("public/", views.public_start, name="public_start"),
        path(CITY, views.public_form, name="public_form"),
        path(CITY + "answer/", views.public_answer, name="public_answer"),
        path(CITY + "published/", views.public_published, name="public_published"),
        path(CITY + "progress/", progress.public_progress, name="public_progress"),
        path(CITY + "progress/en/", progress.public_progress_english, name="public_progress_english"),
        path(
            CITY + "progress/<slug:table>.<slug:ending>",
            progress.public_progress_file,
            name="public_progress_file",
        ),
    ]
