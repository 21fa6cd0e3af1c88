"""Screens in halls, as far as in sight."""

from __future__ import annotations

from django.db.models import QuerySet

from shuiheng.adapters.records.models import HallScreen
from shuiheng.adapters.records.sight import Sight

NEWEST = 200


def hall_screens(seen: Sight) -> QuerySet[HallScreen]:
    """Return the screens, the newest first, with who issued and who ended them."""
    rows = seen(HallScreen).select_related("city", "issued_by", "revoked_by")
    return rows.order_by("-pk")[:NEWEST]
