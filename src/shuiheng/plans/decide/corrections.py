"""Changing one item field by field, checked by the reader of the compiled-plan format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from shuiheng.kernel import Span
from shuiheng.kernel.json_fields import Fields, JsonFormatError
from shuiheng.plans.decide.anchoring import kind_of
from shuiheng.plans.decide.errors import (
    InvalidChangeError,
    KindAndValueError,
    MissingFieldError,
    OwnShareError,
    RangeBoundsError,
    UnknownFieldError,
    WrongFormError,
)
from shuiheng.plans.decide.model import Anchor, Changes, Item, ItemKind
from shuiheng.plans.model import (
    Duty,
    Heading,
    Operator,
    Target,
    TargetKind,
    Task,
    Threshold,
    UnitMention,
    UnitRole,
    UnitRule,
)
from shuiheng.plans.plan_json import duty_json, target_json, task_json, threshold_json
from shuiheng.plans.plan_reading import (
    duty_from_json,
    target_from_json,
    task_from_json,
    threshold_from_json,
)

Stated = TypeVar("Stated", Task, Target, Duty, Threshold)

REFERENCE_FIELDS = ("task", "part_of")
_FIELDS: dict[ItemKind, frozenset[str]] = {
    ItemKind.TASK: frozenset({"text", "path", "lead", "participants", "number", "due", "due_text"}),
    ItemKind.TARGET: frozenset(
        {
            "task",
            "quote",
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
            "cumulative",
            "stretch",
            "is_hedged",
            "is_binding",
            "baseline_value",
            "part_of",
            "indicator",
        }
    ),
    ItemKind.DUTY: frozenset({"task", "quote", "what", "frequency", "due", "due_rule", "by", "to"}),
    ItemKind.THRESHOLD: frozenset(
        {"task", "quote", "applies_to", "quantity", "op", "value", "unit", "effect"}
    ),
    ItemKind.UNIT: frozenset({"name", "role", "full_name", "organisation"}),
}


def fields_of(kind: ItemKind) -> frozenset[str]:
    """Return the names of the fields of an item that a decision may change."""
    return _FIELDS[kind]


def corrected(item: Item, changes: Changes, *, span: Span | None = None) -> Item:
    """Return an item with some fields changed, and with a new place if `span` is given.

    Raises:
        InvalidChangeError: A field is unknown, or a value has the wrong form or no sense.
    """
    check_names(kind_of(item), changes)
    match item:
        case Task():
            return _task(item, changes, span or item.span)
        case Target():
            return _target(item, changes, span or item.span)
        case Duty():
            made = _read(item, changes, write=duty_json, read=duty_from_json)
            return replace(made, span=span or item.span)
        case Threshold():
            made_threshold = _read(item, changes, write=threshold_json, read=threshold_from_json)
            return replace(made_threshold, span=span or item.span)
        case UnitMention():
            return _unit(item, changes)


def check_names(kind: ItemKind, changes: Changes) -> None:
    """Raise InvalidChangeError for a field that items of this sort do not have."""
    for name in sorted(set(changes) - _FIELDS[kind]):
        known = ", ".join(sorted(_FIELDS[kind]))
        raise UnknownFieldError(name, f"a {kind.value} has no such field to change", f"Use one of: {known}.")


def _read(
    item: Stated,
    changes: Changes,
    *,
    write: Callable[[Stated], dict[str, Any]],
    read: Callable[[Fields], Stated],
) -> Stated:
    """Write the item as JSON, change it there, read it back, and keep the rest as it was."""
    values = {**write(item), **changes}
    try:
        made = read(Fields(values, "change"))
    except JsonFormatError as error:
        field = error.place.removeprefix("change.").split(".")[0].split("[")[0]
        raise WrongFormError(
            field, error.reason, "Give it in the form of the compiled-plan format."
        ) from error
    return replace(item, **{name: getattr(made, name) for name in changes}, confidence=1.0, alternatives=())


def _task(item: Task, changes: Changes, span: Span) -> Task:
    plain = {name: value for name, value in changes.items() if name not in {"lead", "participants", "path"}}
    for name in ("lead", "participants", "path"):
        if name in changes and not _are_words(changes[name]):
            raise WrongFormError(name, "expected a list of words", "Give the names in their order.")
    made = _read(item, plain, write=task_json, read=task_from_json)
    if "path" in changes:
        steps = {heading.text: heading.span for heading in item.path}
        path = tuple(Heading(text=text, span=steps.get(text, item.span)) for text in changes["path"])
        made = replace(made, path=path)
    if {"lead", "participants"} & set(changes):
        made = replace(made, units=_units(item, changes), rule=UnitRule.NONE)
    return replace(made, span=span)


def _units(item: Task, changes: Changes) -> tuple[UnitMention, ...]:
    """Return the mentions for new lists of names; known names keep their words' place."""
    known = {unit.name: unit for unit in item.units}
    lead = changes.get("lead", item.lead)
    joint = changes.get("participants", item.participants)
    wanted = [(name, UnitRole.LEAD) for name in lead] + [(name, UnitRole.JOINT) for name in joint]
    made = [
        replace(known[name], role=role)
        if name in known
        else UnitMention(name=name, role=role, span=item.span)
        for name, role in wanted
    ]
    return (*made, *(unit for unit in item.units if unit.role is UnitRole.BOUND))


def _are_words(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(word, str) and word for word in value)


def _target(item: Target, changes: Changes, span: Span) -> Target:
    changes = dict(changes)
    if isinstance(changes.get("indicator"), str):
        changes["indicator"] = {"id": changes["indicator"], "score": 1}
    made = replace(_read(item, changes, write=target_json, read=target_from_json), span=span)
    _check_sense(made, frozenset(changes))
    return made


def _check_sense(target: Target, changed: frozenset[str]) -> None:
    if target.part_of == target.id:
        raise OwnShareError(
            "part_of", "a share cannot be part of itself", "Name the total that it is a share of, or none."
        )
    if {"value", "kind"} & changed and (target.value is None) != (target.kind is TargetKind.MILESTONE):
        raise KindAndValueError(
            "value",
            "a target has no value exactly when it is a milestone",
            "Change `kind` and `value` together.",
        )
    is_range = target.op is Operator.RANGE and target.value is not None
    if {"value", "value_max", "op"} & changed and (target.value_max is not None) != is_range:
        raise RangeBoundsError(
            "value_max", "an upper value belongs to a range", "Change `op` and `value_max` together."
        )
    if target.value is not None and target.value_max is not None and target.value_max < target.value:
        raise RangeBoundsError(
            "value_max", "the upper value is below the lower one", "Exchange the two values."
        )


def _unit(item: UnitMention, changes: Changes) -> UnitMention:
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name == "role":
            if value not in [role.value for role in UnitRole]:
                raise WrongFormError("role", f"unknown part {value!r}", "Use lead, joint or bound.")
            values[name] = UnitRole(value)
        elif value is not None and not isinstance(value, str):
            raise WrongFormError(name, "expected words", "Give the name as text.")
        elif name == "name" and not value:
            raise MissingFieldError(name, "a unit needs a name", "Reject the unit instead.")
        else:
            values[name] = value
    if "organisation" in values:
        values["score"] = 1.0 if values["organisation"] else 0.0
    return replace(item, **values)


def new_item(anchor: Anchor, item_id: str, changes: Changes) -> Item:
    """Return an item that a person adds, stated by the words of `anchor`.

    Raises:
        InvalidChangeError: A field that the item needs is absent or has the wrong form.
    """
    kind = anchor.kind
    check_names(kind, changes)
    empty = _empty(anchor, item_id)
    needed: Mapping[ItemKind, tuple[str, ...]] = {
        ItemKind.TARGET: ("metric", "kind", "op"),
        ItemKind.DUTY: ("what", "frequency"),
        ItemKind.THRESHOLD: ("applies_to", "quantity", "op", "value", "unit", "effect"),
    }
    for name in needed.get(kind, ()):
        if changes.get(name) is None:
            raise MissingFieldError(name, f"a new {kind.value} needs it", "Give it with the new item.")
    return corrected(empty, changes)


def _empty(anchor: Anchor, item_id: str) -> Item:
    quote = anchor.quote
    common: dict[str, Any] = {"id": item_id, "span": anchor.span, "page": anchor.page}
    match anchor.kind:
        case ItemKind.TASK:
            return Task(path=(), text=quote, **common)
        case ItemKind.TARGET:
            return Target(
                task=None, quote=quote, metric="", kind=TargetKind.MILESTONE, op=Operator.EQUAL, **common
            )
        case ItemKind.DUTY:
            return Duty(task=None, quote=quote, what="", frequency="", **common)
        case ItemKind.THRESHOLD:
            return Threshold(
                task=None,
                quote=quote,
                applies_to="",
                quantity="",
                op=Operator.EQUAL,
                value=Decimal(0),
                unit="",
                effect="",
                **common,
            )
        case ItemKind.UNIT:
            raise InvalidChangeError(
                "name",
                "a unit is added to a task, not alone",
                "Correct `lead` or `participants` of the task.",
            )


def numbered_part(item: Item, index: int) -> Item:
    """Return the part `index` of a split item under an id of its own; the first part keeps the id."""
    return item if isinstance(item, UnitMention) else replace(item, id=f"{item.id}-{index + 1}")
