"""Batches of readings, and for whom the reader may send some."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from shuiheng.adapters.records.models import LedgerBatch, Meter, Organisation
from shuiheng.adapters.records.queries_ledger_book import BOOK_KIND
from shuiheng.adapters.records.queries_norms import NORM_KIND
from shuiheng.adapters.records.sight import Sight


def batches(seen: Sight, *, state: str = "") -> QuerySet[LedgerBatch]:
    """Return the batches in sight, the newest first."""
    rows = seen(LedgerBatch).exclude(kind__in=(BOOK_KIND, NORM_KIND))
    rows = rows.select_related("organisation", "made_by", "undone_by")
    return rows.filter(state=state) if state else rows


def batch_in_sight(seen: Sight, key: int) -> LedgerBatch | None:
    """Return a batch, or None when it is not in sight."""
    return batches(seen).filter(pk=key).first()


def keepers(seen: Sight) -> Sequence[Organisation]:
    """Return the open organisations in sight that keep meters."""
    kept = seen(Meter).filter(keeper=OuterRef("pk"))
    return list(seen(Organisation).filter(Exists(kept), to_on__isnull=True).order_by("order", "pk"))
