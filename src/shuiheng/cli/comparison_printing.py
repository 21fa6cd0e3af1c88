"""Differences and alignments as lines for a terminal."""

from __future__ import annotations

from collections import Counter

from shuiheng.cli.plan_printing import demand
from shuiheng.plans import Target
from shuiheng.plans.compare import PlanAlignment, PlanDifference

MARKS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}


def difference_lines(difference: PlanDifference) -> list[str]:
    """Return one line for each change, and under it one line for each field that changed."""
    counts = Counter(change.kind.value for change in difference.changes)
    said = "  ".join(f"{kind} {counts[kind]}" for kind in MARKS)
    lines = [f"{difference.old} -> {difference.new}  {said}  unchanged {difference.unchanged}"]
    for change in difference.changes:
        item = change.new_id or change.old_id or ""
        lines.append(f"{MARKS.get(change.kind.value, '?')} {change.sort} {item}  {change.words}".rstrip())
        lines += [f"    {field.field}: {field.before} -> {field.after}" for field in change.fields]
    return lines


def alignment_lines(alignment: PlanAlignment, *, language: str = "zh") -> list[str]:
    """Return one line for each target of the upper plan with its verdict and the lower target."""
    counts = Counter(row.verdict.value for row in alignment.rows)
    said = "  ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items()))
    lines = [f"{alignment.upper} -> {alignment.lower}  {said}".rstrip()]
    for row in alignment.rows:
        lower = _shown(row.lower, language) if row.lower else "-"
        lines.append(f"{row.verdict.value} ({row.reason.value}): {_shown(row.upper, language)} | {lower}")
    lines += [f"own: {_shown(target, language)}" for target in alignment.own]
    return lines


def _shown(target: Target, language: str) -> str:
    scope = f" [{target.scope}]" if target.scope else ""
    return f"{target.metric}{scope} {demand(target, language=language)} {target.deadline or ''}".strip()
