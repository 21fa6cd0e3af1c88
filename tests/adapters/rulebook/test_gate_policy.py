"""When the office reminds of permits."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.gate_policy import gate_policy, read_gate_policy


def test_the_office_is_reminded_before_the_last_day_of_asking() -> None:
    assert gate_policy().remind_days_before_end > 45


def test_less_than_a_day_is_refused(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    text = "remind_days_before_end: 0\nremind_days_before_report: 30\nchecked: {day: null, by: null}\n"
    (tmp_path / "policies" / "gates.yaml").write_text(text, "utf-8")
    with pytest.raises(RulebookError):
        read_gate_policy(tmp_path)
