"""How do two plans differ, and does a lower one carry what an upper one asks for.

In: two compiled plans. Out: their difference item by item, or the verdict on each target
of the upper plan. Items are recognised by their words, never by their numbers.
"""

from shuiheng.plans.compare.alignment import (
    AlignedTarget,
    PlanAlignment,
    Reason,
    Verdict,
    align_plans,
    alignment_json,
)
from shuiheng.plans.compare.difference import (
    ChangeKind,
    FieldChange,
    ItemChange,
    PlanDifference,
    diff_plans,
    difference_json,
)

__all__ = [
    "AlignedTarget",
    "ChangeKind",
    "FieldChange",
    "ItemChange",
    "PlanAlignment",
    "PlanDifference",
    "Reason",
    "Verdict",
    "align_plans",
    "alignment_json",
    "diff_plans",
    "difference_json",
]
