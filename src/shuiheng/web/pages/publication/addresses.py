"""Addresses of the pages on what a city tells the public."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.publication import views

ONE = "public-progress/<int:key>/"


def publication_addresses() -> list[URLPattern]:
    """Return the addresses of editions."""
    return [
        path("public-progress/", views.public_editions, name="public_editions"),
        path(ONE, views.one_public_edition, name="public_edition"),
        path(ONE + "publish/", views.publish, name="publish_edition"),
        path(ONE + "withdraw/", views.withdraw, name="withdraw_edition"),
    ]
