"""Other readings of an item: what choosing one changes."""

from __future__ import annotations

import re
from typing import Any

from shuiheng.plans import Alternative
from shuiheng.plans.decide import InvalidChangeError, ItemKind, fields_of
from shuiheng.plans.decide.corrections import corrected
from shuiheng.web.pages.reading.forms import SEPARATORS, Json, field_value, form_of

NOTHING = "null"
EACH = re.compile(
    r"(?:每个?|各)(?:辖市|县级|设区)?(?:地级市|县|区|市|镇|乡|街道|地区|地)(?:[（(、]?[市县区]+[)）]?)*"
)
EACH_PLACE = "各地区"


def alternative_changes(kind: str, item: Any, alternative: Alternative) -> Json | None:
    """Return the changes by which an item takes another reading, or None when no field can say it."""
    if alternative.field not in fields_of(ItemKind(kind)):
        return None
    try:
        changes = _changes(kind, item, alternative)
        corrected(item, changes)
    except (ValueError, InvalidChangeError):
        return None
    return changes


def _changes(kind: str, item: Any, alternative: Alternative) -> Json:
    field, value = alternative.field, alternative.value
    if alternative.reason == "each_or_total":
        return {"scope": _each_place(item)}
    if field == "lead":
        lead = [name.strip() for name in SEPARATORS.split(value) if name.strip()]
        return {"lead": lead, "participants": [name for name in item.participants if name not in lead]}
    if value == NOTHING:
        return {field: None}
    return {field: field_value(form_of(kind, field), value)}


def _each_place(item: Any) -> str:
    """Return the words of the quote that name each place, or a plain phrase for them."""
    found = EACH.search("".join(str(item.quote).split()))
    return found.group() if found else EACH_PLACE
