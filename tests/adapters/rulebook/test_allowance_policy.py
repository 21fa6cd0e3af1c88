"""The office's own rules on allowances are read whole, and wrong ones are refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.allowance_policy import FILE, allowance_policy, read_allowance_policy
from shuiheng.adapters.rulebook.errors import RulebookError


def test_the_shipped_rules_are_read() -> None:
    policy = allowance_policy()
    assert 0 < policy.near_ratio <= 1 and policy.years_of_history >= 1
    assert policy.jump_share == Decimal("0.30")


@pytest.mark.parametrize(
    ("field", "value"), [("years_of_history", "0"), ("near_ratio", '"0"'), ("near_ratio", '"1.1"')]
)
def test_a_rule_that_cannot_be_is_refused(tmp_path: Path, field: str, value: str) -> None:
    fields = {"jump_share": '"0.3"', "near_ratio": '"0.9"', "remind_workdays": "2", "years_of_history": "3"}
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(f"{name}: {held}" for name, held in (fields | {field: value}).items()), "utf-8")
    with pytest.raises(RulebookError):
        read_allowance_policy(tmp_path)
