"""Editions of what a city tells the public, as far as in sight."""

from __future__ import annotations

from django.db.models import QuerySet

from shuiheng.adapters.records.models import PublicEdition
from shuiheng.adapters.records.sight import Sight


def editions_in_sight(seen: Sight) -> QuerySet[PublicEdition]:
    """Return editions with who made them, the newest first, without what they say."""
    people = ("drafted_by", "published_by", "ended_by")
    rows = seen(PublicEdition).select_related("place", *people).defer("content", "users")
    return rows.order_by("place_id", "-number")


def edition_in_sight(seen: Sight, key: int) -> PublicEdition | None:
    """Return one edition with all that it says, or None."""
    rows = (
        seen(PublicEdition).select_related("place", "drafted_by", "published_by", "ended_by").defer("users")
    )
    return rows.filter(pk=key).first()
