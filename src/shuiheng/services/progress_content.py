"""What a unit writes in a report of progress: its form, its limits, and how it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from shuiheng.adapters.records.models import Progress, ProgressValue, RegisterTarget
from shuiheng.services.demand_words import plain_number, shown_unit
from shuiheng.services.progress_errors import FieldRefusedError
from shuiheng.services.typed_value import BeyondMeasureError, TypedValueError, typed_value

TEXT_LIMIT = 4000
TEXTS = ("done_text", "obstacles", "next_step")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressContent:
    """What a unit writes.

    Args:
        done_text: What was done (完成情况).
        obstacles: What stands in the way.
        next_step: What comes next.
        is_complete: Whether the unit says that its part is complete.
        values: The values reached, by key of the target.
    """

    done_text: str = ""
    obstacles: str = ""
    next_step: str = ""
    is_complete: bool = False
    values: Mapping[int, Decimal] = field(default_factory=dict)


def content_from(
    fields: Mapping[str, str],
    *,
    values: Mapping[int, str],
    targets: Iterable[RegisterTarget],
    is_complete: bool,
    units: Mapping[int, str] = MappingProxyType({}),
) -> ProgressContent:
    """Return what stands in the fields of a form.

    Args:
        fields: The texts by name.
        values: What stands in the field of each target, by its key.
        targets: The targets that the form asks for.
        is_complete: Whether the unit says that its part is complete.
        units: The printed unit that a field asks for, by key of its target; the target's own elsewhere.

    Raises:
        FieldRefusedError: A text is too long or a value is no number; it names the field.
    """
    texts = {name: _text(fields.get(name, ""), name) for name in TEXTS}
    known = {target.pk: target for target in targets}
    read = {
        key: value_from(text, known[key], asked=units.get(key, ""))
        for key, text in values.items()
        if key in known
    }
    kept = {key: value for key, value in read.items() if value is not None}
    return ProgressContent(**texts, is_complete=is_complete, values=kept)


def value_from(text: str, target: RegisterTarget, *, asked: str = "") -> Decimal | None:
    """Return the number that a text holds in the unit of the target, None when it holds nothing.

    Args:
        text: What was typed, with or without a unit.
        target: The target.
        asked: The printed unit that the field asks for, such as 万亩.

    Raises:
        FieldRefusedError: It is no number, or one that the table cannot hold.
    """
    try:
        return typed_value(text, target.unit, asked=asked)
    except TypedValueError as error:
        is_long = isinstance(error, BeyondMeasureError)
        raise FieldRefusedError(
            "progress.value_range" if is_long else "progress.value_form",
            field=f"value-{target.pk}",
            text=text.strip()[:40],
            metric=target.metric[:40],
            unit=asked or shown_unit(target.unit),
        ) from error


def content_of(progress: Progress) -> ProgressContent:
    """Return what a report holds now."""
    return ProgressContent(
        done_text=progress.done_text,
        obstacles=progress.obstacles,
        next_step=progress.next_step,
        is_complete=progress.is_complete,
        values={row.target_id: row.value for row in progress.values.all()},
    )


def content_json(content: ProgressContent) -> dict[str, Any]:
    """Return a content as plain JSON, numbers as text, in one form for equal contents."""
    return {
        "done_text": content.done_text,
        "obstacles": content.obstacles,
        "next_step": content.next_step,
        "is_complete": content.is_complete,
        "values": {str(key): plain_number(content.values[key]) for key in sorted(content.values)},
    }


def content_from_json(kept: Mapping[str, Any]) -> ProgressContent:
    """Return the content that `content_json` made."""
    return ProgressContent(
        done_text=kept["done_text"],
        obstacles=kept["obstacles"],
        next_step=kept["next_step"],
        is_complete=kept["is_complete"],
        values={int(key): Decimal(value) for key, value in kept["values"].items()},
    )


def write_content(progress: Progress, content: ProgressContent) -> None:
    """Put a content into a report that is open; the caller saves the row itself."""
    for name in TEXTS:
        setattr(progress, name, getattr(content, name))
    progress.is_complete = content.is_complete
    known = {row.target_id: row for row in progress.values.all()}
    for key, value in content.values.items():
        if key not in known:
            ProgressValue.objects.create(progress=progress, target_id=key, value=value)
        elif known[key].value != value:
            ProgressValue.objects.filter(pk=known[key].pk).update(value=value)
    ProgressValue.objects.filter(progress=progress, target__in=set(known) - set(content.values)).delete()


def _text(text: str, name: str) -> str:
    """Return a text without the zero character and with one kind of line end."""
    plain = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(plain) > TEXT_LIMIT:
        raise FieldRefusedError("progress.too_long", field=name, limit=str(TEXT_LIMIT))
    return plain
