"""What does the plan demand: a read document in; tasks, targets, duties, thresholds out.

Stages are pure functions between frozen types: `segment` makes an `Outline` of passages,
`extract` finds what they state, `resolve` links units, indicators and sources, `checks`
returns findings. Each intermediate form prints as JSON. Nothing here reads a file.
"""

from shuiheng.plans.document import Block, BlockKind, Cell, MergeEvidence, SourceDocument
from shuiheng.plans.knowledge import IndicatorTerm, OrganisationTerm, PlanKnowledge
from shuiheng.plans.model import (
    Alternative,
    CitedSource,
    Convention,
    DueRule,
    Duty,
    Heading,
    IndicatorMatch,
    Operator,
    Plan,
    PlanHeader,
    Target,
    TargetKind,
    Task,
    Threshold,
    UnitMention,
    UnitRole,
    UnitRule,
)

__all__ = [
    "Alternative",
    "Block",
    "BlockKind",
    "Cell",
    "CitedSource",
    "Convention",
    "DueRule",
    "Duty",
    "Heading",
    "IndicatorMatch",
    "IndicatorTerm",
    "MergeEvidence",
    "Operator",
    "OrganisationTerm",
    "Plan",
    "PlanHeader",
    "PlanKnowledge",
    "SourceDocument",
    "Target",
    "TargetKind",
    "Task",
    "Threshold",
    "UnitMention",
    "UnitRole",
    "UnitRule",
]
