"""The rules of monthly filings load, and days that some months lack are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.files import rulebook_folder
from shuiheng.adapters.rulebook.filing_policy import FILE, filing_policy, read_filing_policy


def _changed(folder: Path, old: str, new: str) -> Path:
    text = (rulebook_folder() / FILE).read_text("utf-8")
    assert old in text
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_text(text.replace(old, new), "utf-8")
    return folder


def test_the_shipped_rules_leave_time_between_opening_and_closing() -> None:
    rules = filing_policy()
    assert rules.late_months >= 1 and rules.high_times > 1 > rules.low_share > 0
    assert rules.least_difference_litres == 10_000


@pytest.mark.parametrize(
    ("old", "new"), [("opens_day: 25", "opens_day: 30"), ("late_months: 2", "late_months: 0")]
)
def test_what_no_month_can_keep_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(RulebookError):
        read_filing_policy(_changed(tmp_path, old, new))
