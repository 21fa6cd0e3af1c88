"""The rules for returned workbooks load and name what there is."""

from __future__ import annotations

from shuiheng.adapters.rulebook import import_policy
from shuiheng.plans import TargetKind


def test_the_rules_name_sorts_of_targets_and_sizes_that_can_be_met() -> None:
    rules = import_policy()
    assert rules.background_rows >= 0
    assert rules.far_times > 1
    assert set(rules.growing_kinds) <= {kind.value for kind in TargetKind}
