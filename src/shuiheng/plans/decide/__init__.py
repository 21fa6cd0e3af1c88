"""What did a person decide about a compiled plan, and does it still hold.

In: a plan as the compiler made it, its document, and the decisions taken so far. Out: the
plan with the decisions in it, the state of each item, and the decisions that no longer
find their item. Decisions hold on to words and places, never to ids, so they survive
compiling again; they are always applied to a compiled plan, never to a decided one.
"""

from shuiheng.plans.decide.anchoring import anchor_of
from shuiheng.plans.decide.application import apply_decisions
from shuiheng.plans.decide.corrections import fields_of
from shuiheng.plans.decide.decision_json import decision_from_json, decision_json
from shuiheng.plans.decide.doubts import Doubt, open_doubts
from shuiheng.plans.decide.errors import InvalidChangeError
from shuiheng.plans.decide.model import (
    Anchor,
    DecidedPlan,
    Decision,
    DecisionKind,
    Item,
    ItemKind,
    ItemState,
    ItemStatus,
    Orphan,
    OrphanReason,
)

__all__ = [
    "Anchor",
    "DecidedPlan",
    "Decision",
    "DecisionKind",
    "Doubt",
    "InvalidChangeError",
    "Item",
    "ItemKind",
    "ItemState",
    "ItemStatus",
    "Orphan",
    "OrphanReason",
    "anchor_of",
    "apply_decisions",
    "decision_from_json",
    "decision_json",
    "fields_of",
    "open_doubts",
]
