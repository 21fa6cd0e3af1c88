"""Targets with how they stand, and places, in the form in which programs read them."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.adapters.records.models import Figure, KeptStanding, Place, RegisterTarget
from shuiheng.indicators.derivation import derivation_json
from shuiheng.services.indicators.figure_tree import figure_tree
from shuiheng.services.indicators.indicator_json import Json

TARGET_FIELDS = (
    "metric",
    "scope",
    "quote",
    "kind",
    "op",
    "value",
    "value_max",
    "unit",
    "baseline_year",
    "deadline",
)
STANDING_FIELDS = ("standing", "why", "served_by", "problem", "missing", "is_share")


def target_json(row: RegisterTarget) -> Json:
    """Return a target of the register with how it stands, as far as that was read with it."""
    shown = {name: getattr(row, name) for name in TARGET_FIELDS}
    return shown | {
        "id": row.pk,
        "plan": row.plan.slug,
        "task": row.task_id,
        "is_annual": row.is_annual,
        "standings": [standing_json(each) for each in getattr(row, "seen_standings", ())],
    }


def standing_json(row: KeptStanding) -> Json:
    """Return how a target stood in a place when it was judged last; numbers are exact, as text."""
    return {name: getattr(row, name) for name in STANDING_FIELDS} | {
        "place": row.place_id,
        "place_name": row.place.name,
        "on": row.on.isoformat(),
        "since": row.since.isoformat(),
        "value": _text(row.value),
        "path": _text(row.path),
        "distance": _text(row.distance),
        "up_to": row.up_to.isoformat() if row.up_to else None,
        "indicator": row.content.get("indicator"),
    }


def place_json(row: Place) -> Json:
    """Return a city or district."""
    names = ("slug", "name", "kind", "code")
    return {name: getattr(row, name) for name in names} | {"id": row.pk, "parent": row.parent_id}


def figure_derivation_json(row: Figure) -> Json:
    """Return an official figure with the tree from its value to the facts, from what was kept of it."""
    return {
        "figure": row.pk,
        "subject": row.subject,
        "place": row.place_id,
        "year": row.year,
        "up_to": row.up_to.isoformat(),
        "value": _text(row.value),
        "unit": row.unit,
        "digest": row.digest,
        "code_version": row.code_version,
        "released_at": row.released_at.isoformat(),
        "is_superseded": row.superseded_at is not None,
        "derivation": derivation_json(figure_tree(row)),
    }


def _text(value: Decimal | None) -> str | None:
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
