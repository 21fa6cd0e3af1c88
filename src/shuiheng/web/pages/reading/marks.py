"""The text of a document with every extracted phrase marked by kind."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shuiheng.kernel import Span
from shuiheng.plans import Block, BlockKind, Plan, SourceDocument, TargetKind

EMPTY = SafeString("")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A marked range: its place, its kind (a CSS class) and the tokens of its items."""

    start: int
    end: int
    kind: str
    tokens: tuple[str, ...] = ()


def item_token(kind: str, item: str) -> str:
    """Return a short name for an item that is fit for addresses and attributes."""
    return hashlib.sha256(f"{kind}:{item}".encode()).hexdigest()[:12]


def marks_of(plan: Plan) -> list[Mark]:
    """Return one mark for each place and kind, with all items that stand there."""
    found: dict[tuple[Span, str], dict[str, None]] = defaultdict(dict)
    for task in plan.tasks:
        token = item_token("task", task.id)
        found[task.span, "task"][token] = None
        for heading in task.path:
            found[heading.span, "path"][token] = None
        for unit in task.units:
            found[unit.span, str(unit.role)][token] = None
    for target in plan.targets:
        kind = "milestone" if target.kind is TargetKind.MILESTONE else "target"
        found[target.span, kind][item_token("target", target.id)] = None
    for kind, items in (("duty", plan.duties), ("threshold", plan.thresholds)):
        for item in items:
            found[item.span, kind][item_token(kind, item.id)] = None
    for place, source in enumerate(plan.sources):
        found[source.span, "source"][item_token("source", str(place))] = None
    for place, finding in enumerate(plan.findings):
        if finding.span is not None:
            found[finding.span, "finding"][item_token("finding", str(place))] = None
    return sorted(
        Mark(span.start, span.end, kind, tuple(tokens))
        for (span, kind), tokens in found.items()
        if len(span) > 0
    )


class MarkedText:
    """A text cut at every edge of a mark, ready to be written out piece by piece.

    Args:
        document: The document whose words are shown.
        marks: Marks in any order; they may overlap.
    """

    def __init__(self, document: SourceDocument, marks: Iterable[Mark]) -> None:
        self.document = document
        self.edges, self.active = _cut(marks)

    def write(self, span: Span) -> SafeString:
        """Return the words at `span` as HTML, escaped, with a span element for each marked piece."""
        first = bisect_right(self.edges, span.start)
        inner = self.edges[first : bisect_left(self.edges, span.end)]
        stops = [span.start, *inner, span.end]
        pieces = (
            (_piece(self.document.text[start:end], self._at(start)),)
            for start, end in pairwise(stops)
            if start < end
        )
        return format_html_join("", "{}", pieces)

    def _at(self, offset: int) -> tuple[Mark, ...]:
        """Return the marks that hold at an offset."""
        index = bisect_right(self.edges, offset) - 1
        return self.active[index] if index >= 0 else ()

    def write_block(self, block: Block) -> SafeString:
        """Return a block as a heading, paragraph or table."""
        if block.kind is BlockKind.TABLE:
            return self._table(block)
        name = f"h{min(max(block.level or 2, 1) + 1, 6)}" if block.kind is BlockKind.HEADING else "p"
        return format_html(
            '<{} class="b b-{}" data-o="{}"{}>{}</{}>',
            SafeString(name),
            block.kind.value,
            block.span.start,
            _page(block.page),
            self.write(block.span),
            SafeString(name),
        )

    def _table(self, block: Block) -> SafeString:
        rows: dict[int, list[SafeString]] = defaultdict(list)
        for cell in sorted(block.cells, key=lambda each: (each.row, each.column)):
            name = SafeString("th" if cell.is_header else "td")
            rows[cell.row].append(
                format_html(
                    '<{}{}{} data-o="{}">{}</{}>',
                    name,
                    _count("rowspan", cell.row_span),
                    _count("colspan", cell.column_span),
                    cell.span.start,
                    self.write(cell.span),
                    name,
                )
            )
        body = format_html_join(
            "",
            "<tr>{}</tr>",
            ((format_html_join("", "{}", ((c,) for c in rows[row])),) for row in sorted(rows)),
        )
        return format_html(
            '<div class="b b-table"{}><table class="doc"><tbody>{}</tbody></table></div>',
            _page(block.page),
            body,
        )


def _page(page: int | None) -> SafeString:
    return format_html(' data-page="{}"', page) if page else EMPTY


def _count(name: str, value: int) -> SafeString:
    return format_html(' {}="{}"', name, value) if value > 1 else EMPTY


def _cut(marks: Iterable[Mark]) -> tuple[list[int], list[tuple[Mark, ...]]]:
    """Return the edges of all marks and, from each edge on, the marks that hold there."""
    ordered = sorted(marks)
    starts: dict[int, list[Mark]] = defaultdict(list)
    ends: dict[int, list[Mark]] = defaultdict(list)
    for mark in ordered:
        starts[mark.start].append(mark)
        ends[mark.end].append(mark)
    edges = sorted({*starts, *ends})
    holding: dict[Mark, None] = {}
    active: list[tuple[Mark, ...]] = []
    for edge in edges:
        for mark in ends.get(edge, ()):
            holding.pop(mark, None)
        holding.update(dict.fromkeys(starts.get(edge, ())))
        active.append(tuple(holding))
    return edges, active


def _piece(words: str, inside: tuple[Mark, ...]) -> SafeString:
    """Write one piece; its colour is that of the shortest mark, findings only underline.

    The items are named nearest first, so that a click opens what people decide on.
    """
    if not inside:
        return format_html("{}", words)
    colouring = [mark for mark in inside if mark.kind != "finding"]
    shortest = min(colouring, key=lambda mark: mark.end - mark.start, default=None)
    classes = ["m"]
    if shortest is not None:
        classes.append(f"m-{shortest.kind}")
    if len(colouring) < len(inside):
        classes.append("m-finding")
    nearest = sorted(inside, key=lambda mark: (mark.kind == "finding", mark.end - mark.start))
    tokens = dict.fromkeys(token for mark in nearest if mark.kind != "path" for token in mark.tokens)
    return format_html('<span class="{}" data-n="{}">{}</span>', " ".join(classes), " ".join(tokens), words)
