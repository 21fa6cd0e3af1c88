"""The table on which decisions are laid over a plan, one slot for each item."""

from __future__ import annotations

from dataclasses import dataclass, field

from shuiheng.plans.decide.anchoring import (
    Place,
    find_place,
    id_of,
    kind_of,
    nearest_place,
    reading_of,
    words_of,
)
from shuiheng.plans.decide.model import Anchor, Item, ItemState
from shuiheng.plans.model import Duty, Plan, Target, Threshold, UnitMention

OUT = (ItemState.REJECTED, ItemState.MERGED)


@dataclass(slots=True, kw_only=True)
class Slot:
    """One item while decisions are laid over it.

    Args:
        key: Sort and id, for example `target:003-T26`.
        compiled: The item as compiled or added.
        current: The item as it now holds.
        context: Text of the task that held it when compiled.
        places: The ways to find it: as it was compiled and as it was since.
        state: How far people have come with it.
        into: Key of the slot that it was merged into, or None.
        split_from: Key of the slot that it was split off from, or None.
        orders: Numbers of the decisions that touched it.
    """

    key: str
    compiled: Item
    current: Item
    context: str = ""
    places: tuple[Place, ...] = ()
    state: ItemState = ItemState.OPEN
    into: str | None = None
    split_from: str | None = None
    orders: list[int] = field(default_factory=list)

    @property
    def is_out(self) -> bool:
        """Whether the item no longer stands in the plan."""
        return self.state in OUT

    def take(self, item: Item) -> None:
        """Let the item hold as `item` from now on, findable under its new words too."""
        self.current = item
        self.places = (*self.places, _place(self.key, item, self.context))


def new_slot(item: Item, *, context: str = "", state: ItemState = ItemState.OPEN) -> Slot:
    """Return the slot of an item as it was compiled or added."""
    key = key_of(item)
    places = (_place(key, item, context),)
    return Slot(key=key, compiled=item, current=item, context=context, places=places, state=state)


def key_of(item: Item) -> str:
    """Return the key of the slot of an item; a unit named once for many rows has one slot."""
    name = f":{item.name}" if isinstance(item, UnitMention) else ""
    return f"{kind_of(item).value}:{id_of(item)}{name}"


def slots_of(plan: Plan) -> dict[str, Slot]:
    """Return a slot for every item of a plan, by key, in the order of the plan."""
    texts = {task.id: words_of(task) for task in plan.tasks}
    slots: dict[str, Slot] = {}
    for task in plan.tasks:
        slots.setdefault(key_of(task), new_slot(task))
    stated: tuple[Target | Duty | Threshold, ...] = (*plan.targets, *plan.duties, *plan.thresholds)
    for item in stated:
        slots.setdefault(key_of(item), new_slot(item, context=texts.get(item.task or "", "")))
    for task in plan.tasks:
        for unit in task.units:
            if key_of(unit) not in slots:
                slots[key_of(unit)] = new_slot(unit, context=texts[task.id])
    return slots


def find_slot(anchor: Anchor, slots: dict[str, Slot]) -> Slot | None:
    """Return the slot of the item that an anchor means, or None."""
    key = find_place(anchor, _places(anchor, slots))
    return slots[key] if key is not None else None


def nearest_id(anchor: Anchor, slots: dict[str, Slot]) -> str | None:
    """Return the id of the item that stands nearest to a lost anchor, or None."""
    key = nearest_place(anchor, _places(anchor, slots))
    return id_of(slots[key].current) if key is not None else None


def _places(anchor: Anchor, slots: dict[str, Slot]) -> list[Place]:
    prefix = f"{anchor.kind.value}:"
    return [place for key, slot in slots.items() if key.startswith(prefix) for place in slot.places]


def _place(key: str, item: Item, context: str) -> Place:
    anchor = Anchor(
        kind=kind_of(item), quote=words_of(item), span=item.span, reading=reading_of(item), context=context
    )
    return Place(key=key, anchor=anchor)
