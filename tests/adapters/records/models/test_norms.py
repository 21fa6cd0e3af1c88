"""Rows of norms that a city imported."""

from __future__ import annotations

from decimal import Decimal

from access.rows import Rows
from shuiheng.adapters.records.models import UseNorm


def test_a_norm_keeps_six_places_and_may_lack_the_stricter_values(rows: Rows) -> None:
    row = rows.make(UseNorm, general=Decimal("0.123456"), advanced=None)
    row.refresh_from_db()
    assert (row.general, row.advanced, row.withdrawn_at) == (Decimal("0.123456"), None, None)
