"""What every check is given: the plan with look-ups, its document, what is known, the day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans.compare.metric_names import metric_key
from shuiheng.plans.document import SourceDocument
from shuiheng.plans.knowledge import IndicatorTerm, PlanKnowledge
from shuiheng.plans.model import Plan, Target, Task

YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
SIGNS = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜"}
UNITS_SHOWN = {"m3": "立方米", "m2": "平方米", "km": "公里", "系数": ""}
MANY = {"立方米", "亩", "平方米", "吨"}
SHOWN_LENGTH = 20
LEVEL_WORDS = re.compile(r"[（(]?(国家级|省级|市级|区级|县级|部级)[）)]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """A plan under check.

    Args:
        plan: The compiled plan.
        document: The document it was compiled from.
        knowledge: Organisations, indicators and sources of the rulebook.
        as_of: Day for which passed deadlines and newer editions are judged.
    """

    plan: Plan
    document: SourceDocument
    knowledge: PlanKnowledge
    as_of: date

    @property
    def issue_day(self) -> date | None:
        """Return the day of issue; without one, the first day of the year that the title names."""
        if self.plan.header.issued is not None:
            return self.plan.header.issued
        year = title_year(self.plan)
        return date(year, 1, 1) if year else None

    def task_of(self, task_id: str | None) -> Task | None:
        """Return the task with this id, or None."""
        return next((task for task in self.plan.tasks if task.id == task_id), None)

    def indicator_of(self, target: Target) -> IndicatorTerm | None:
        """Return the indicator that a target was linked to, or None."""
        if target.indicator is None:
            return None
        wanted = target.indicator.id
        return next((term for term in self.knowledge.indicators if term.id == wanted), None)


def title_year(plan: Plan) -> int | None:
    """Return the one year that the title of a plan names, or None."""
    found = {int(year) for year in YEAR.findall(plan.header.title)}
    return found.pop() if len(found) == 1 else None


def level_of(metric: str) -> tuple[str, str | None]:
    """Return a metric without its level (`省级`), and the level; `节水型企业（省级）` has one too."""
    found = LEVEL_WORDS.search(metric)
    if found is None:
        return metric_key(metric), None
    return metric_key(LEVEL_WORDS.sub("", metric)), found.group(1)


def number_text(value: Decimal | None) -> str:
    """Return a number as people write it, without trailing zeros."""
    return "" if value is None else format(value.normalize(), "f")


def value_text(target: Target) -> str:
    """Return value and unit of a target as people write them."""
    upper = f"~{number_text(target.value_max)}" if target.value_max is not None else ""
    factor, unit = _shown_in(target)
    value = None if target.value is None else target.value / factor
    return f"{SIGNS.get(target.op.value, '')}{number_text(value)}{upper}{unit}"


def _shown_in(target: Target) -> tuple[Decimal, str]:
    """Return the factor and the unit in which a value is read most easily."""
    unit = UNITS_SHOWN.get(target.unit or "", target.unit or "")
    if target.value is None or target.value_max is not None or unit not in MANY:
        return Decimal(1), unit
    for factor, word in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if target.value >= factor:
            return factor, f"{word}{unit}"
    return Decimal(1), unit


def finding(
    code: str,
    severity: Severity,
    item: Task | Target,
    *,
    span: Span | None = None,
    evidence: str = "",
    **values: str,
) -> Finding:
    """Return a finding about an item, at its own words unless another span is given."""
    return Finding(
        code=code,
        severity=severity,
        subject=item.id,
        span=span or item.span,
        page=item.page,
        evidence=evidence,
        values=tuple(values.items()),
    )


def about_document(
    code: str, severity: Severity, *, span: Span | None = None, evidence: str = "", **values: str
) -> Finding:
    """Return a finding about the document as a whole or a place in it that is no item."""
    return Finding(
        code=code,
        severity=severity,
        subject="document",
        span=span,
        evidence=evidence,
        values=tuple(values.items()),
    )


def page_at(document: SourceDocument, span: Span | None) -> int | None:
    """Return the page on which a place stands, or None where the format has no pages."""
    if span is None:
        return None
    for block in document.blocks:
        if not block.span.start <= span.start < max(block.span.end, block.span.start + 1):
            continue
        inside = [cell.page for cell in block.cells if cell.span.start <= span.start < cell.span.end]
        return inside[0] if inside else block.page
    return None


def task_words(task: Task) -> str:
    """Return number and first words of a task, by which a reader of the plan knows it."""
    text = task.text if len(task.text) <= SHOWN_LENGTH else f"{task.text[:SHOWN_LENGTH]}…"
    return f"{task.number} {text}" if task.number else text


def target_words(target: Target) -> str:
    """Return metric, scope and value of a target, by which a reader of the plan knows it."""
    scope = f"（{target.scope}）" if target.scope else ""
    value = value_text(target) if target.value is not None else ""
    return f"{target.metric}{scope}{value}"


def item_words(item: Task | Target) -> str:
    """Return the words by which a reader of the plan knows an item."""
    return task_words(item) if isinstance(item, Task) else target_words(item)


def names(words: Iterable[str]) -> str:
    """Return words as a Chinese list, each once."""
    return "、".join(dict.fromkeys(words))
