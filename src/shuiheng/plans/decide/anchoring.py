"""Finding an item again by its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from shuiheng.kernel import Span
from shuiheng.plans.decide.model import Anchor, Item, ItemKind
from shuiheng.plans.model import Duty, Plan, Target, Task, Threshold, UnitMention
from shuiheng.plans.wording import squeeze

LIKE_ENOUGH = 0.75
READ_FIELDS: dict[ItemKind, tuple[str, ...]] = {
    ItemKind.TASK: ("lead", "participants", "due"),
    ItemKind.TARGET: (
        "metric",
        "scope",
        "kind",
        "op",
        "value",
        "value_max",
        "unit",
        "baseline_year",
        "deadline",
        "annual",
    ),
    ItemKind.DUTY: ("what", "frequency", "due", "by", "to"),
    ItemKind.THRESHOLD: ("applies_to", "quantity", "op", "value", "unit", "effect"),
    ItemKind.UNIT: ("role", "organisation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One way in which an item may be found: its anchor and the key of its slot."""

    key: str
    anchor: Anchor


def kind_of(item: Item) -> ItemKind:
    """Return the sort of an item."""
    match item:
        case Task():
            return ItemKind.TASK
        case Target():
            return ItemKind.TARGET
        case Duty():
            return ItemKind.DUTY
        case Threshold():
            return ItemKind.THRESHOLD
        case UnitMention():
            return ItemKind.UNIT


def words_of(item: Item) -> str:
    """Return the words by which an item is known, without white space."""
    if isinstance(item, Task):
        return squeeze(item.text).text
    if isinstance(item, UnitMention):
        return squeeze(item.name).text
    return squeeze(item.quote).text


def id_of(item: Item) -> str:
    """Return the id of an item; of a unit, the place of its words."""
    if isinstance(item, UnitMention):
        return f"{item.span.start}-{item.span.end}"
    return item.id


def context_of(plan: Plan, item: Item) -> str:
    """Return the text of the first task that holds an item, or an empty text."""
    if isinstance(item, Task):
        return ""
    for task in plan.tasks:
        if item in task.units if isinstance(item, UnitMention) else task.id == item.task:
            return squeeze(task.text).text
    return ""


def reading_of(item: Item) -> tuple[tuple[str, str], ...]:
    """Return what was read from the words of an item, as names and printed values."""
    return tuple((name, _print(getattr(item, name))) for name in READ_FIELDS[kind_of(item)])


def anchor_of(plan: Plan, item: Item) -> Anchor:
    """Return the anchor by which a decision holds on to an item of a plan."""
    return Anchor(
        kind=kind_of(item),
        quote=words_of(item),
        span=item.span,
        page=None if isinstance(item, UnitMention) else item.page,
        reading=reading_of(item),
        context=context_of(plan, item),
    )


def find_place(anchor: Anchor, places: Iterable[Place]) -> str | None:
    """Return the key of the item that an anchor means, or None when it is gone.

    The same words win over words that hold each other at the same place; of several
    equal ones the one in the same task, with the same reading, and then the nearest.
    """
    quote = squeeze(anchor.quote).text
    ranked = [
        (rank, place.key) for place in places if (rank := _rank(anchor, quote, place.anchor)) is not None
    ]
    return min(ranked)[1] if ranked else None


def nearest_place(anchor: Anchor, places: Sequence[Place]) -> str | None:
    """Return the key of the item of the same sort that stands nearest, or None."""
    same = [place for place in places if place.anchor.kind is anchor.kind]
    return min(same, key=lambda place: _distance(anchor, place.anchor)).key if same else None


def find_words(words: str, text: str, *, near: int) -> Span | None:
    """Return where `words` stand in `text`, white space aside, nearest to offset `near`."""
    wanted, whole = squeeze(words).text, squeeze(text)
    spans: list[Span] = []
    start = whole.text.find(wanted) if wanted else -1
    while start >= 0:
        spans.append(whole.span_of(start, start + len(wanted)))
        start = whole.text.find(wanted, start + 1)
    return min(spans, key=lambda span: (abs(span.start - near), span.start)) if spans else None


def _rank(anchor: Anchor, quote: str, other: Anchor) -> tuple[int, ...] | None:
    if other.kind is not anchor.kind:
        return None
    is_same = other.quote == quote
    holds_other = bool(quote and other.quote) and (quote in other.quote or other.quote in quote)
    if not is_same and not (holds_other and other.span.meets(anchor.span)):
        return None
    if not _may_be_same(anchor, other):
        return None
    agreeing = sum(1 for pair in anchor.reading if pair in other.reading)
    return (
        int(not is_same),
        int(anchor.context != other.context),
        -agreeing,
        _distance(anchor, other),
        other.span.start,
    )


def _may_be_same(anchor: Anchor, other: Anchor) -> bool:
    """Two targets may share a quote; a unit is named in many tasks."""
    if anchor.kind is ItemKind.UNIT:
        return anchor.context == other.context or anchor.span == other.span
    if anchor.kind is not ItemKind.TARGET or not anchor.reading:
        return True
    mine, its = dict(anchor.reading), dict(other.reading)
    scopes = {mine.get("scope", ""), its.get("scope", "")}
    if len(scopes - {""}) > 1:
        return False
    ours, theirs = mine.get("metric", ""), its.get("metric", "")
    return ours in theirs or theirs in ours or SequenceMatcher(None, ours, theirs).ratio() >= LIKE_ENOUGH


def _distance(anchor: Anchor, other: Anchor) -> int:
    return abs(anchor.span.start - other.span.start)


def _print(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "、".join(str(part) for part in value)
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
