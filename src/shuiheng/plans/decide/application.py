"""Laying decisions over a compiled plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from shuiheng.kernel import Span
from shuiheng.kernel.json_fields import Fields
from shuiheng.kernel.span import hull
from shuiheng.plans.decide.anchoring import find_words, kind_of, reading_of, words_of
from shuiheng.plans.decide.assembly import decided_plan
from shuiheng.plans.decide.corrections import (
    REFERENCE_FIELDS,
    check_names,
    corrected,
    new_item,
    numbered_part,
)
from shuiheng.plans.decide.decision_json import anchor_from_json
from shuiheng.plans.decide.desk import Slot, find_slot, key_of, nearest_id, new_slot, slots_of
from shuiheng.plans.decide.errors import (
    InvalidChangeError,
    OwnShareError,
    TooFewPartsError,
    UnfitReferenceError,
    WrongFormError,
)
from shuiheng.plans.decide.model import (
    Changes,
    DecidedPlan,
    Decision,
    DecisionKind,
    Item,
    ItemKind,
    ItemState,
    Orphan,
    OrphanReason,
)
from shuiheng.plans.document import SourceDocument
from shuiheng.plans.model import Plan, Target, Task, UnitMention


class _LostError(Exception):
    """A decision finds nothing to act on."""

    def __init__(self, reason: OrphanReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(slots=True, kw_only=True)
class _Desk:
    plan: Plan
    document: SourceDocument
    slots: dict[str, Slot]
    applied: list[int] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)


def apply_decisions(plan: Plan, document: SourceDocument, decisions: Iterable[Decision]) -> DecidedPlan:
    """Return a compiled plan with the decisions of people in it.

    Decisions are laid over it by their number; the list may come in any order and hold
    one twice. Each finds its item by words and place. A decision that does not is an
    orphan of the result. A later decision on an item holds over an earlier one.

    Args:
        plan: The plan as the compiler made it from `document`.
        document: The document, possibly a newer version than the decisions were taken on.
        decisions: All decisions taken for this document so far.

    Raises:
        InvalidChangeError: A change names an unknown field, has a value of the wrong form,
            or makes a share its own parent. The error names field and remedy.
    """
    desk = _Desk(plan=plan, document=document, slots=slots_of(plan))
    done: list[Decision] = []
    for decision in sorted(decisions, key=lambda each: (each.order, each.decided_at)):
        if decision in done[-1:]:
            continue
        done.append(decision)
        try:
            _lay(desk, decision)
        except _LostError as lost:
            nearest = nearest_id(decision.anchor, desk.slots)
            desk.orphans.append(Orphan(decision=decision, reason=lost.reason, nearest=nearest))
        else:
            desk.applied.append(decision.order)
    return decided_plan(
        plan, list(desk.slots.values()), applied=tuple(desk.applied), orphans=tuple(desk.orphans)
    )


def _lay(desk: _Desk, decision: Decision) -> None:
    if decision.kind is DecisionKind.ADD:
        _add(desk, decision)
        return
    slot = find_slot(decision.anchor, desk.slots)
    if slot is None:
        check_names(decision.anchor.kind, decision.changes)
        raise _LostError(OrphanReason.ITEM_GONE)
    match decision.kind:
        case DecisionKind.CONFIRM:
            _confirm(slot, decision)
        case DecisionKind.CORRECT:
            slot.take(_changed(desk, slot.current, decision.changes))
            slot.state = ItemState.ADDED if slot.state is ItemState.ADDED else ItemState.CORRECTED
            slot.into = None
        case DecisionKind.REJECT:
            slot.state = ItemState.REJECTED
        case DecisionKind.SPLIT:
            _split(desk, slot, decision)
        case DecisionKind.MERGE:
            _merge(desk, slot, decision)
    slot.orders.append(decision.order)


def _confirm(slot: Slot, decision: Decision) -> None:
    """A confirmation holds for the reading that the person saw, not for another one."""
    seen = decision.anchor.reading
    if seen not in (reading_of(slot.compiled), reading_of(slot.current)):
        raise _LostError(OrphanReason.READING_CHANGED)
    if not isinstance(slot.current, UnitMention):
        slot.current = replace(slot.current, confidence=1.0, alternatives=())
    if slot.state in (ItemState.OPEN, ItemState.REJECTED, ItemState.MERGED):
        slot.state = ItemState.CONFIRMED
        slot.into = None


def _changed(desk: _Desk, item: Item, changes: Changes) -> Item:
    check_names(kind_of(item), changes)
    values = _with_references(desk, item, changes)
    words = values.get("text", values.get("quote"))
    span = None
    if isinstance(words, str):
        span = find_words(words, desk.document.text, near=item.span.start)
    made = corrected(item, values, span=span)
    _check_parents(desk, made)
    return made


def _with_references(desk: _Desk, item: Item | None, changes: Changes) -> dict[str, object]:
    """Put the ids of now in place of the anchors in `task` and `part_of`."""
    values = dict(changes)
    for name in REFERENCE_FIELDS:
        if values.get(name) is None:
            continue
        if not isinstance(values[name], dict):
            raise WrongFormError(
                name, "an id does not survive compiling again", "Give the anchor of the item as JSON."
            )
        slot = find_slot(anchor_from_json(Fields(values[name], f"change.{name}")), desk.slots)
        if slot is None or slot.is_out or isinstance(slot.current, UnitMention):
            raise _LostError(OrphanReason.REFERENCE_GONE)
        wanted = Task if name == "task" else Target
        if not isinstance(slot.current, wanted):
            raise UnfitReferenceError(name, f"expected a {wanted.__name__.lower()}", "Choose another item.")
        if item is not None and slot.key == key_of(item):
            raise OwnShareError(
                name, "a share cannot be part of itself", "Name the total that it is a share of, or none."
            )
        values[name] = slot.current.id
    return values


def _check_parents(desk: _Desk, item: Item) -> None:
    """Raise InvalidChangeError when following `part_of` leads back to the item."""
    if not isinstance(item, Target) or item.part_of is None:
        return
    parents = {s.current.id: s.current.part_of for s in desk.slots.values() if isinstance(s.current, Target)}
    parents[item.id] = item.part_of
    seen = {item.id}
    at: str | None = item.part_of
    while at is not None and at in parents:
        if at in seen:
            raise OwnShareError(
                "part_of",
                "the shares would hold each other in a ring",
                "Name a total that is no share of it.",
            )
        seen.add(at)
        at = parents[at]


def _split(desk: _Desk, slot: Slot, decision: Decision) -> None:
    whole = slot.current
    if len(decision.parts) < 2 or isinstance(whole, UnitMention):
        raise TooFewPartsError("parts", "an item is split into two parts or more", "Give the parts in order.")
    made = [_changed(desk, whole, part) for part in decision.parts]
    slot.take(made[0])
    slot.state = ItemState.CORRECTED
    for index, part in enumerate(made[1:], 1):
        extra = new_slot(numbered_part(part, index), context=slot.context, state=ItemState.CORRECTED)
        extra.split_from = slot.key
        extra.orders.append(decision.order)
        desk.slots[extra.key] = extra


def _merge(desk: _Desk, slot: Slot, decision: Decision) -> None:
    others = [find_slot(anchor, desk.slots) for anchor in decision.others]
    if not others:
        raise InvalidChangeError("others", "nothing to merge with", "Name the items to draw into this one.")
    found = [other for other in others if other is not None and other.key != slot.key]
    if len(found) < len(others) or any(kind_of(o.current) is not kind_of(slot.current) for o in found):
        raise _LostError(OrphanReason.REFERENCE_GONE)
    item = slot.current
    if isinstance(item, Task):
        item = _joined_tasks(item, [o.current for o in found if isinstance(o.current, Task)])
    slot.take(_changed(desk, item, decision.changes))
    slot.state = ItemState.CORRECTED
    for other in found:
        other.state, other.into = ItemState.MERGED, slot.key
        other.orders.append(decision.order)


def _joined_tasks(task: Task, others: list[Task]) -> Task:
    """Return one task with the texts in the order of the document and the units of all."""
    tasks = sorted([task, *others], key=lambda each: (each.span.start, each.id))
    units = {(unit.name, unit.role): unit for each in reversed([task, *others]) for unit in each.units}
    ordered = [unit for each in [task, *others] for unit in each.units]
    kept = list(dict.fromkeys(units[(unit.name, unit.role)] for unit in ordered))
    span = hull(tuple(each.span for each in tasks))
    return replace(task, text="".join(each.text for each in tasks), span=span or task.span, units=tuple(kept))


def _add(desk: _Desk, decision: Decision) -> None:
    anchor = decision.anchor
    values = _with_references(desk, None, decision.changes)
    span = find_words(anchor.quote, desk.document.text, near=anchor.span.start)
    page = _page_of(desk.document, span) if span else None
    here = replace(anchor, span=span or anchor.span, page=page)
    item = new_item(here, f"{desk.plan.document}-A{decision.order}", values)
    if span is None:
        raise _LostError(OrphanReason.WORDS_GONE)
    _check_parents(desk, item)
    twin = _twin(desk, item)
    if twin is not None:
        twin.state = ItemState.CONFIRMED if twin.state is ItemState.OPEN else twin.state
        twin.orders.append(decision.order)
        return
    slot = new_slot(item, state=ItemState.ADDED)
    slot.orders.append(decision.order)
    desk.slots[slot.key] = slot


def _twin(desk: _Desk, item: Item) -> Slot | None:
    """Return the slot of an item that the compiler has since found by itself, or None."""
    for slot in desk.slots.values():
        other = slot.current
        if kind_of(other) is not kind_of(item) or slot.is_out or not other.span.meets(item.span):
            continue
        is_task = kind_of(item) is ItemKind.TASK
        if words_of(other) == words_of(item) and (is_task or reading_of(other) == reading_of(item)):
            return slot
    return None


def _page_of(document: SourceDocument, span: Span) -> int | None:
    for block in document.blocks:
        for cell in block.cells:
            if cell.span.holds(span) and cell.page is not None:
                return cell.page
        if block.span.holds(span):
            return block.page
    return None
