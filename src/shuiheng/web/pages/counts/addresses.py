"""Addresses of the pages of what counts for targets."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.counts import gap, linking, one, scopes, sending, views

TARGET = "counts/<int:key>/"


def count_addresses() -> list[URLPattern]:
    """Return the addresses of what counts for targets."""
    return [
        path("counts/", views.target_counts, name="target_counts"),
        path("counts/export.<slug:ending>", sending.counts_export, name="counts_export"),
        path("counts/scopes/", scopes.scope_meanings, name="scope_meanings"),
        path("counts/scopes/<int:key>/back/", scopes.take_back_scope, name="take_back_scope"),
        path(TARGET, one.target_count, name="target_count"),
        path(TARGET + "export.<slug:ending>", sending.count_export, name="count_export"),
        path(TARGET + "gap/", gap.target_gap, name="target_gap"),
        path(TARGET + "link/", linking.link_target, name="link_target"),
        path(TARGET + "link/confirm/", linking.confirm_target_link, name="confirm_target_link"),
    ]
