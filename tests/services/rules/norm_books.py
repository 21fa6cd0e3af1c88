"""Workbooks of made-up norms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.workbooks import Stamp, write_template
from shuiheng.services.ledger.book_reading import secret_key
from shuiheng.services.rules.norm_form import NORMS

STANDARD = "青禾市用水定额（虚构） DB00/T 1-2024"


def a_row(number: str = "1", **changed: Any) -> dict[str, Any]:
    """Return the row of a norm."""
    row = {
        "standard": STANDARD,
        "number": number,
        "level": "本市",
        "valid_from": date(2024, 1, 1),
        "product": "印染布",
        "unit": "m³/t",
        "general": Decimal("2.2"),
        "advanced": Decimal("1.6"),
    }
    return row | changed


def a_book(*rows: dict[str, Any]) -> bytes:
    """Return a workbook with rows."""
    stamp = Stamp(unit="节约用水办公室", period="2026", issued_at="2026-01-01T08:00:00+08:00")
    return write_template(NORMS, stamp=stamp, rows=rows or (a_row(),), blank_rows=3, secret=secret_key())
