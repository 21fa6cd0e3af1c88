"""Words of interval files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from places import PACKAGE
from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.csv_columns import FILE, ROLES, csv_columns, read_csv_columns

SHIPPED = (PACKAGE / "rulebook" / FILE).read_text("utf-8")


def _write(folder: Path, text: str) -> Path:
    (folder / "metering").mkdir()
    (folder / FILE).write_text(text, "utf-8")
    return folder


def test_every_role_has_words_and_every_unit_its_litres() -> None:
    columns = csv_columns()
    assert all(columns.words[role] for role in ROLES)
    assert columns.volume_units["万吨"] == Decimal(10_000_000)
    assert columns.flow_units["l/s"] == Decimal(3_600)
    assert {"", "/", "-", "无"} <= columns.missing


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("words: [采集日期,", "words: [采集时间, 采集日期,", "names read_at and read_on"),
        ('  l: "1"', '  l: "0"', "no positive factor"),
        ('  l: "1"', '  l: "one"', "not a number"),
        ("totals:", "other: []\ntotals:", "unknown field"),
        ("  battery:", "  batterie:", "unknown field"),
    ],
)
def test_a_file_that_breaks_a_rule_does_not_load(tmp_path: Path, old: str, new: str, match: str) -> None:
    assert old in SHIPPED
    with pytest.raises(RulebookError, match=match):
        read_csv_columns(_write(tmp_path, SHIPPED.replace(old, new, 1)))
