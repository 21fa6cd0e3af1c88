"""Events of cases as rows, and rows as events; what is written comes back the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from shuiheng.adapters.records.models import CaseEvent as EventRow
from shuiheng.programmes.events import (
    CaseEvent,
    EvidenceAdded,
    EvidenceReviewed,
    Objected,
    ObjectionSettled,
    Opened,
    Published,
    Revoked,
    StepEnded,
    Withdrawn,
)
from shuiheng.programmes.kind import StepOutcome

SORTS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "opened": Opened,
        "evidence_added": EvidenceAdded,
        "evidence_reviewed": EvidenceReviewed,
        "published": Published,
        "objected": Objected,
        "objection_settled": ObjectionSettled,
        "step_ended": StepEnded,
        "withdrawn": Withdrawn,
        "revoked": Revoked,
    }
)
_SORT_OF = {event: sort for sort, event in SORTS.items()}
_IN_COLUMNS = ("on", "by")


def _amounts(value: Mapping[str, str]) -> Mapping[str, Decimal]:
    return MappingProxyType({name: Decimal(amount) for name, amount in value.items()})


_READ: Mapping[str, Callable[[Any], Any]] = {
    "outcome": StepOutcome,
    "valid_until": date.fromisoformat,
    "amounts": _amounts,
    "passed_levels": frozenset,
}
_WRITE: Mapping[str, Callable[[Any], Any]] = {
    "outcome": str,
    "valid_until": date.isoformat,
    "amounts": lambda amounts: {name: str(amount) for name, amount in amounts.items()},
    "passed_levels": sorted,
}


def sort_of(event: CaseEvent) -> str:
    """Return the word under which an event is kept."""
    return _SORT_OF[type(event)]


def event_content(event: CaseEvent) -> dict[str, Any]:
    """Return what an event says besides its day and its person, as JSON."""
    found = {}
    for field in fields(event):
        value = getattr(event, field.name)
        if field.name not in _IN_COLUMNS and value is not None:
            found[field.name] = _WRITE[field.name](value) if field.name in _WRITE else value
    return found


def read_event(row: EventRow) -> CaseEvent:
    """Return the event of a row."""
    content = {name: _READ[name](value) if name in _READ else value for name, value in row.content.items()}
    event: CaseEvent = SORTS[row.sort](on=row.on, by=str(row.entered_by_id), **content)
    return event
