"""Workbooks of use norms that a city imported."""

from __future__ import annotations

from django.db.models import QuerySet

from shuiheng.adapters.records.models import LedgerBatch
from shuiheng.adapters.records.sight import Sight

NORM_KIND = "use_norms"


def norm_batches(seen: Sight) -> QuerySet[LedgerBatch]:
    """Return the workbooks of norms, the newest first."""
    rows = seen(LedgerBatch).filter(kind=NORM_KIND)
    return rows.select_related("organisation", "place", "made_by", "undone_by").order_by("-pk")
