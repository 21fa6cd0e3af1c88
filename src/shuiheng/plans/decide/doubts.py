"""What a person should look at first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shuiheng.kernel import Finding, Severity
from shuiheng.plans.decide.anchoring import kind_of
from shuiheng.plans.decide.model import ItemKind
from shuiheng.plans.model import Duty, Plan, Target, Task, Threshold

SURE = 0.8
_WEIGHT = {Severity.NOTE: 0, Severity.WARN: 1, Severity.DISQUALIFY: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One item to look at, and why.

    Args:
        kind: Sort of item.
        id: Its id.
        confidence: How sure the compiler is of it, 0 to 1.
        is_ambiguous: Whether the text allows another reading.
        findings: Findings about it that weigh more than a note.
    """

    kind: ItemKind
    id: str
    confidence: float
    is_ambiguous: bool
    findings: tuple[Finding, ...] = ()


def open_doubts(plan: Plan, findings: Iterable[Finding]) -> tuple[Doubt, ...]:
    """Return the items that a person should look at, the most doubtful first.

    An item is doubtful when its confidence is below 0.8, when the text allows another
    reading, or when a finding above a note is about it.
    """
    by_subject: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity is not Severity.NOTE:
            by_subject.setdefault(finding.subject, []).append(finding)
    items: tuple[Task | Target | Duty | Threshold, ...] = (
        *plan.tasks,
        *plan.targets,
        *plan.duties,
        *plan.thresholds,
    )
    doubts = [_doubt(item, by_subject.get(item.id, [])) for item in items]
    open_ones = [d for d in doubts if d.confidence < SURE or d.is_ambiguous or d.findings]
    return tuple(sorted(open_ones, key=_urgency))


def _doubt(item: Task | Target | Duty | Threshold, findings: list[Finding]) -> Doubt:
    return Doubt(
        kind=kind_of(item),
        id=item.id,
        confidence=item.confidence,
        is_ambiguous=bool(item.alternatives),
        findings=tuple(findings),
    )


def _urgency(doubt: Doubt) -> tuple[int, float, int, int]:
    heaviest = max((_WEIGHT[finding.severity] for finding in doubt.findings), default=0)
    return -int(heaviest == 2), doubt.confidence, -int(doubt.is_ambiguous), -heaviest
