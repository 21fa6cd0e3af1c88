"""The settings of settling and checking are read whole, and a broken file is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.settlement_rules import (
    SettlementRules,
    read_settlement_rules,
    settlement_rules,
)
from shuiheng.adapters.rulebook.use_classes import use_classes

TEXT = """
mark: default
estimates: {longest_silent_months: 3}
checks: {fine: {days: 130, sure_days: 40}, coarse: {days: 800, sure_days: 680}, tree_months: 13,
         rest_hours: 6, meters_of_a_round: 9}
working_hours: {from: 8, to: 18, classes: [industry]}
kinds: {industry: industry}
checked: {day: null, by: null}
"""


def _read(tmp_path: Path, text: str) -> SettlementRules:
    (tmp_path / "metering").mkdir()
    (tmp_path / "metering" / "settlement.yaml").write_text(text, encoding="utf-8")
    return read_settlement_rules(tmp_path)


def test_the_shipped_settings_name_classes_of_use_only() -> None:
    rules = settlement_rules()
    assert set(rules.working_classes) | set(rules.kinds) <= set(use_classes())
    assert rules.fine.sure_days <= rules.fine.days and rules.coarse.sure_days <= rules.coarse.days


def test_the_form_of_the_test_itself_is_read(tmp_path: Path) -> None:
    assert _read(tmp_path, TEXT).meters_of_a_round == 9


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sure_days: 40", "sure_days: 140"),
        ("from: 8", "from: 20"),
        ("to: 18", "to: 25"),
        ("meters_of_a_round: 9", "meters_of_a_round: 0"),
        ("rest_hours: 6", "rest_hours: -1"),
        ("longest_silent_months: 3", "longest_silent_months: -1"),
        ("tree_months: 13", "tree_months: 13, other: 1"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(RulebookError, match=r"settlement\.yaml"):
        _read(tmp_path, TEXT.replace(old, new))
