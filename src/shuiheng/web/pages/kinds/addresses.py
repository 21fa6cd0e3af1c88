"""Addresses of the pages of kinds of programmes."""

from __future__ import annotations

from django.urls import URLPattern, path

from shuiheng.web.pages.kinds import proposing, views

KIND, VERSION = "kinds/kind/<slug:name>/", "kinds/versions/<int:key>/"


def kind_addresses() -> list[URLPattern]:
    """Return the addresses of kinds."""
    return [
        path("kinds/", views.kinds, name="kinds"),
        path(KIND, views.kind, name="kind"),
        path(KIND + "text.yaml", views.kind_text, name="kind_text"),
        path(KIND + "propose/", proposing.propose_kind_version, name="propose_kind"),
        path(KIND + "preview/", proposing.preview_kind, name="preview_kind"),
        path(VERSION, proposing.kind_proposal, name="kind_proposal"),
        path(VERSION + "decide/", proposing.decide_kind_proposal, name="decide_kind_proposal"),
        path(VERSION + "withdraw/", proposing.withdraw_kind_proposal, name="withdraw_kind_proposal"),
    ]
