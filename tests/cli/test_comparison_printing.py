"""Comparisons as lines."""

from __future__ import annotations

from shuiheng.cli.comparison_printing import alignment_lines, difference_lines
from shuiheng.plans.compare import ChangeKind, FieldChange, ItemChange, PlanAlignment, PlanDifference


def test_a_change_is_one_line_with_its_fields_below() -> None:
    change = ItemChange(
        sort="target",
        kind=ChangeKind.CHANGED,
        old_id="a-T01",
        new_id="b-T01",
        words="漏损率",
        fields=(FieldChange(field="value", before="9", after="8"),),
    )
    lines = difference_lines(PlanDifference(old="a", new="b", changes=(change,), unchanged=3))
    assert lines == [
        "a -> b  added 0  removed 0  changed 1  moved 0  unchanged 3",
        "~ target b-T01  漏损率",
        "    value: 9 -> 8",
    ]


def test_an_empty_alignment_is_its_head_alone() -> None:
    assert alignment_lines(PlanAlignment(upper="a", lower="b", rows=())) == ["a -> b"]
