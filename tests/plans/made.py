"""Small plans made by hand for tests: the text first, items found in it by their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.kernel import Span
from shuiheng.plans import (
    Block,
    BlockKind,
    Cell,
    Duty,
    Heading,
    Operator,
    Plan,
    PlanHeader,
    SourceDocument,
    Target,
    TargetKind,
    Task,
    Threshold,
    UnitMention,
    UnitRole,
    UnitRule,
)
from shuiheng.plans.wording import squeeze

NO_SPAN = Span(0, 0)


def document_of(*paragraphs: str, table: tuple[tuple[str, ...], ...] = ()) -> SourceDocument:
    """Return a document with one block for each paragraph, and one table at the end."""
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(kind=BlockKind.PARAGRAPH, span=Span(len(text), len(text) + len(paragraph))))
        text += paragraph + "\n"
    if table:
        start, cells = len(text), []
        for row, line in enumerate(table):
            for column, words in enumerate(line):
                span = Span(len(text), len(text) + len(words))
                cells.append(Cell(row=row, column=column, span=span, is_header=row == 0))
                text += words + "\t"
        blocks.append(
            Block(
                kind=BlockKind.TABLE,
                span=Span(start, len(text) - 1),
                cells=tuple(cells),
                row_count=len(table),
                column_count=len(table[0]),
            )
        )
    return SourceDocument(name="made.txt", media_type="text/plain", text=text, blocks=tuple(blocks))


def place_of(document: SourceDocument, words: str, *, nth: int = 0) -> Span:
    """Return where `words` stand for the nth time, white space aside; they must stand there."""
    whole, wanted = squeeze(document.text), squeeze(words).text
    start = -1
    for _ in range(nth + 1):
        start = whole.text.index(wanted, start + 1)
    return whole.span_of(start, start + len(wanted))


def task(
    document: SourceDocument,
    words: str,
    *,
    lead: tuple[str, ...] = ("市水利局",),
    joint: tuple[str, ...] = (),
    number: int = 1,
    nth: int = 0,
    path: tuple[str, ...] = (),
    **more: Any,
) -> Task:
    """Return task `number` with the given words and units."""
    span = place_of(document, words, nth=nth)
    pairs = [(name, UnitRole.LEAD) for name in lead] + [(name, UnitRole.JOINT) for name in joint]
    units = tuple(
        UnitMention(name=name, role=role, span=_unit_place(document, name, span)) for name, role in pairs
    )
    return Task(
        id=f"900-{number:03d}",
        path=tuple(Heading(text=step, span=NO_SPAN) for step in path),
        text=squeeze(words).text,
        span=span,
        units=units,
        rule=UnitRule.TABLE_CELL if units else UnitRule.NONE,
        **more,
    )


def _unit_place(document: SourceDocument, name: str, near: Span) -> Span:
    start = document.text.find(name, near.end)
    return Span(start, start + len(name)) if start >= 0 else near


def target(
    document: SourceDocument,
    quote: str,
    metric: str,
    value: str | int | None,
    *,
    number: int = 1,
    of: Task | None = None,
    nth: int = 0,
    year: int | None = 2025,
    **more: Any,
) -> Target:
    """Return target `number`, by default a level of at least `value` % by the end of 2025."""
    kind = TargetKind.MILESTONE if value is None else TargetKind.LEVEL
    made = Target(
        id=f"900-T{number:02d}",
        task=of.id if of else None,
        quote=squeeze(quote).text,
        span=place_of(document, quote, nth=nth),
        metric=metric,
        kind=kind,
        op=Operator.EQUAL if value is None else Operator.AT_LEAST,
        value=None if value is None else Decimal(str(value)),
        unit=None if value is None else "%",
        deadline=date(year, 12, 31) if year else None,
    )
    return replace(made, **more)


def count(
    document: SourceDocument, quote: str, metric: str, value: int, *, unit: str = "家", **more: Any
) -> Target:
    """Return a target that counts things."""
    more = {"kind": TargetKind.COUNT, "op": Operator.EQUAL, "cumulative": True, **more}
    return target(document, quote, metric, value, unit=unit, **more)


def duty(
    document: SourceDocument, quote: str, *, number: int = 1, of: Task | None = None, **more: Any
) -> Duty:
    """Return a yearly duty stated by `quote`."""
    made = Duty(
        id=f"900-D{number:02d}",
        task=of.id if of else None,
        quote=quote,
        span=place_of(document, quote),
        what=quote,
        frequency="annual",
    )
    return replace(made, **more)


def threshold(
    document: SourceDocument, quote: str, *, number: int = 1, of: Task | None = None, **more: Any
) -> Threshold:
    """Return a threshold of 10 000 m³ a year stated by `quote`."""
    made = Threshold(
        id=f"900-R{number:02d}",
        task=of.id if of else None,
        quote=quote,
        span=place_of(document, quote),
        applies_to="用水户",
        quantity="年用水量",
        op=Operator.AT_LEAST,
        value=Decimal(10000),
        unit="m3",
        effect="纳入计划用水管理",
    )
    return replace(made, **more)


def plan_of(*items: Task | Target | Duty | Threshold, **more: Any) -> Plan:
    """Return a plan of the items, each task listing its targets."""
    targets = tuple(item for item in items if isinstance(item, Target))
    tasks = tuple(
        replace(item, targets=tuple(t.id for t in targets if t.task == item.id))
        for item in items
        if isinstance(item, Task)
    )
    more.setdefault("header", PlanHeader(title="示例市节水行动实施方案", issued=date(2023, 3, 1)))
    return Plan(
        document="900",
        tasks=tasks,
        targets=targets,
        duties=tuple(item for item in items if isinstance(item, Duty)),
        thresholds=tuple(item for item in items if isinstance(item, Threshold)),
        **more,
    )
