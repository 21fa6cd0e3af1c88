"""Workbooks of compounds, as a district fills them in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.adapters.workbooks import Stamp, write_template
from shuiheng.services.cases.case_form import form_of
from shuiheng.services.ledger.book_reading import secret_key

KIND = "saving_compound"
OPENED = date(2025, 3, 3)
DONE = {
    "ended_apply": date(2025, 4, 1),
    "ended_review": date(2025, 4, 20),
    "ended_visit": date(2025, 5, 20),
    "published_publicity": date(2025, 5, 21),
    "ended_publicity": date(2025, 6, 3),
    "ended_award": date(2025, 6, 10),
    "score": Decimal("86.5"),
    "paper": "档案室 2025-节-12",
}


def a_row(name: str = "青禾花园", **changed: Any) -> dict[str, Any]:
    """Return the row of a compound that is only opened."""
    return {"name": name, "district": "东河区", "level": "市级", "opened_on": OPENED} | changed


def a_done_row(name: str = "青禾花园", **changed: Any) -> dict[str, Any]:
    """Return the row of a compound that has its title."""
    return a_row(name, **(DONE | {"number": f"青节〔2025〕{name}"} | changed))


def a_book(*rows: dict[str, Any], kind: str = KIND) -> bytes:
    """Return a workbook of a kind with rows."""
    template = form_of(shipped_programmes()[kind], ["青禾市", "东河区", "西山区"])
    stamp = Stamp(unit="青禾市节约用水办公室", period="2026", issued_at="2026-01-01T08:00:00+08:00")
    return write_template(template, stamp=stamp, rows=rows, blank_rows=3, secret=secret_key())
