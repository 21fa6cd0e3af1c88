"""Nouns of deciding: the decision, its anchor in the words, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from shuiheng.kernel import Span
from shuiheng.plans.model import Duty, Plan, Target, Task, Threshold, UnitMention

Item = Task | Target | Duty | Threshold | UnitMention
Changes = Mapping[str, Any]


class DecisionKind(StrEnum):
    """What a person can do with an item."""

    CONFIRM = "confirm"
    CORRECT = "correct"
    SPLIT = "split"
    MERGE = "merge"
    REJECT = "reject"
    ADD = "add"


class ItemKind(StrEnum):
    """What sort of item a decision is about."""

    TASK = "task"
    TARGET = "target"
    DUTY = "duty"
    THRESHOLD = "threshold"
    UNIT = "unit"


class ItemState(StrEnum):
    """How far people have come with an item; a merged item lives on in another one."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ADDED = "added"
    REJECTED = "rejected"
    MERGED = "merged"


class OrphanReason(StrEnum):
    """Why a decision found nothing to act on."""

    ITEM_GONE = "item_gone"
    WORDS_GONE = "words_gone"
    REFERENCE_GONE = "reference_gone"
    READING_CHANGED = "reading_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """By what an item is found again after the document was compiled again.

    Args:
        kind: Sort of item.
        quote: Its words when the decision was taken (text, quote or unit name).
        span: Where they stood.
        page: Page where they stood, or None.
        reading: Names and values of the fields that were read from the words, in order.
        context: Text of the task that held it, or empty.
    """

    kind: ItemKind
    quote: str
    span: Span
    page: int | None = None
    reading: tuple[tuple[str, str], ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One recorded decision of a person about one item (决定).

    Args:
        kind: What was done.
        anchor: The item it is about; for `add` the words that state the new item.
        changes: Field to value in the JSON form of the compiled-plan format. The fields
            `task` and `part_of` take the anchor of the other item as JSON, or None.
        parts: For `split`: the changes that make each part, in order; the first keeps the id.
        others: For `merge`: the items that are drawn into this one.
        reason: Why, in the person's words; possibly empty.
        decided_by: Who decided, as the caller identifies people.
        decided_at: When, with a time zone.
        order: Number of the decision among all of this document, rising.
    """

    kind: DecisionKind
    anchor: Anchor
    changes: Changes = field(default_factory=dict)
    parts: tuple[Changes, ...] = ()
    others: tuple[Anchor, ...] = ()
    reason: str = ""
    decided_by: str
    decided_at: datetime
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatus:
    """State of one item, with the numbers of the decisions that made it so.

    Units are listed only when decided on; their id is `start-end` of their words.
    """

    kind: ItemKind
    id: str
    state: ItemState
    orders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphan:
    """A decision without effect, why, and the id of the item that it may have meant."""

    decision: Decision
    reason: OrphanReason
    nearest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedPlan:
    """A plan with the decisions of people in it.

    Args:
        plan: The plan as it now holds; rejected and merged items are out.
        statuses: State of every item, rejected and merged ones included.
        removed: The items that are out, as they were compiled.
        applied: Numbers of the decisions that had effect.
        orphans: Decisions that had none; nothing is dropped.
    """

    plan: Plan
    statuses: tuple[ItemStatus, ...]
    removed: tuple[Item, ...] = ()
    applied: tuple[int, ...] = ()
    orphans: tuple[Orphan, ...] = ()

    def state_of(self, kind: ItemKind, item_id: str) -> ItemState:
        """Return the state of an item; a unit that nobody touched is open."""
        for status in self.statuses:
            if status.kind is kind and status.id == item_id:
                return status.state
        return ItemState.OPEN
