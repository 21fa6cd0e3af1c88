"""What a unit writes in a report of progress: its form, its limits, and how it is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import Progress, ProgressValue, RegisterTarget
from shuiheng.services.demand_words import plain_number, shown_unit
from shuiheng.services.progress_errors import FieldRefusedError

TEXT_LIMIT = 4000
TEXTS = ("done_text", "obstacles", "next_step")
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_APART = re.compile(r"[,，\s]")
_WHOLE, _PLACES = 22, 8


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
) -> ProgressContent:
    """Return what stands in the fields of a form.

    Raises:
        FieldRefusedError: A text is too long or a value is no number; it names the field.
    """
    texts = {name: _text(fields.get(name, ""), name) for name in TEXTS}
    known = {target.pk: target for target in targets}
    read = {key: value_from(text, known[key]) for key, text in values.items() if key in known}
    kept = {key: value for key, value in read.items() if value is not None}
    return ProgressContent(**texts, is_complete=is_complete, values=kept)


def value_from(text: str, target: RegisterTarget) -> Decimal | None:
    """Return the number that a text holds, None when it holds nothing.

    Full-width digits, thousands separators and the target's own unit are understood.

    Raises:
        FieldRefusedError: It is no number, or one that the table cannot hold.
    """
    unit = shown_unit(target.unit)
    plain = _APART.sub("", unicodedata.normalize("NFKC", text))
    plain = plain.removesuffix(unicodedata.normalize("NFKC", unit)) if unit else plain
    if not plain:
        return None
    shown = {
        "field": f"value-{target.pk}",
        "text": text.strip()[:40],
        "metric": target.metric[:40],
        "unit": unit,
    }
    if not _NUMBER.fullmatch(plain):
        raise FieldRefusedError("progress.value_form", **shown)
    value = Decimal(plain)
    whole, _, places = plain.lstrip("+-").partition(".")
    if len(whole.lstrip("0")) > _WHOLE or len(places.rstrip("0")) > _PLACES:
        raise FieldRefusedError("progress.value_range", **shown)
    return value


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
