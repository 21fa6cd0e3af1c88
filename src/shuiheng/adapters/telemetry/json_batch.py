"""A batch of readings that a program sends in one call, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from shuiheng.adapters.telemetry.csv_cells import word
from shuiheng.adapters.telemetry.errors import PayloadError
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.telemetry.payloads import Units, exact_json, json_reading
from shuiheng.kernel import Finding, Severity

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "meter": "meter",
        "read_at": "at",
        "register": "register",
        "flow": "flow",
        "battery": "battery",
        "status": "status",
    }
)
_LONGEST_LABEL = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How one entry of the list is read; the batch states the unit of its registers."""

    register_unit: str
    meter_level: int | None = None
    fields: Mapping[str, str] = field(default_factory=lambda: FIELDS)
    flow_unit: str = "m3/h"
    time: str = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonBatch:
    """The body of a call: the unit of its registers, and its entries as they were sent."""

    unit: str
    rows: tuple[object, ...]


def json_batch(content: bytes, *, units: Units) -> JsonBatch:
    """Return what a body holds as a whole; its entries are looked at by `read_json_batch`.

    Raises:
        PayloadError: It is no JSON object with a known `unit` and a list `readings` that holds something.
    """
    value = exact_json(content)
    if not isinstance(value, dict):
        raise PayloadError("payload_no_reading", found=type(value).__name__)
    rows, unit = value.get("readings"), value.get("unit")
    if not isinstance(rows, list):
        raise PayloadError("payload_no_field", found="readings")
    if not unit:
        raise PayloadError("payload_no_field", found="unit")
    if not isinstance(unit, str) or len(unit) > _LONGEST_LABEL or word(unit) not in units.volume:
        raise PayloadError("payload_field", found=f"unit: {str(unit)[:_LONGEST_LABEL]}")
    if not rows:
        raise PayloadError("payload_empty")
    return JsonBatch(unit=unit, rows=tuple(rows))


def read_json_batch(content: bytes, *, units: Units) -> Iterator[ReceivedReading | Finding]:
    """Yield the readings of a body in its order, and a finding for each entry that is none.

    `line` counts the entries from 1. An entry whose register is null is a note: missing is not zero.

    Args:
        content: The body.
        units: Litres of units and the zone of times without an offset.
    """
    try:
        batch = json_batch(content, units=units)
    except PayloadError as error:
        yield _finding(error, line=0)
        return
    form = _Form(register_unit=batch.unit)
    for line, row in enumerate(batch.rows, start=1):
        if _has_no_register(row):
            yield _finding(PayloadError("no_register"), line=line, row=row, severity=Severity.NOTE)
            continue
        try:
            yield replace(json_reading(row, form, units), line=line)
        except PayloadError as error:
            yield _finding(error, line=line, row=row)


def _has_no_register(row: object) -> bool:
    """Return whether an entry says of itself that there is no register."""
    return isinstance(row, dict) and "register" in row and row["register"] is None


def _finding(
    error: PayloadError, *, line: int, row: object = None, severity: Severity = Severity.DISQUALIFY
) -> Finding:
    sent = row if isinstance(row, dict) else {}
    meter = str(sent.get("meter") or "")[:60]
    column = next(
        (name for name in FIELDS.values() if error.found and str(sent.get(name)) == error.found), ""
    )
    values = {"line": str(line or ""), "column": column, **error.values}
    return Finding(
        code=f"telemetry.{error.cause}",
        severity=severity,
        subject=meter or "document",
        evidence=error.found,
        values=tuple(values.items()),
    )
