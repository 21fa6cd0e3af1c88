"""Two settlements beside each other: every figure in which they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shuiheng.adapters.engines.settlement.errors import UnevenSettlementsError
from shuiheng.adapters.engines.settlement.parts import PERIODS, empty_answers, part_names, read_summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure in which two settlements differ.

    Args:
        kind: Kind of the answer.
        meter: The meter.
        period: Its month, day or instant.
        column: The figure; empty when one of the two has no such row.
        ours: Its value in the first; None is unknown.
        theirs: Its value in the second.
    """

    kind: str
    meter: int
    period: str
    column: str
    ours: Any
    theirs: Any


def differences(ours: Path, theirs: Path) -> Iterator[Difference]:
    """Yield every figure in which two settlements differ; none when they say the same.

    Raises:
        UnevenSettlementsError: They are of other generations, periods, ranges or kinds.
    """
    one, other = read_summary(ours), read_summary(theirs)
    for what in ("generation", "from_on", "to_on", "ranges"):
        if getattr(one, what) != getattr(other, what):
            raise UnevenSettlementsError(what)
    if set(one.rows) != set(other.rows):
        raise UnevenSettlementsError("kinds")
    for kind in one.rows:
        for name in sorted({*part_names(ours, kind), *part_names(theirs, kind)}):
            if not _are_same(ours / name, theirs / name):
                yield from _between(kind, _rows(ours / name, kind), _rows(theirs / name, kind))


def _are_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()


def _rows(path: Path, kind: str) -> dict[tuple[int, Any], dict[str, Any]]:
    table: pa.Table = pq.read_table(path, partitioning=None) if path.exists() else empty_answers(kind)
    rows: dict[tuple[int, Any], dict[str, Any]] = {}
    for row in table.to_pylist():
        rows[row.pop("meter"), row.pop(PERIODS[kind])] = row
    return rows


def _between(
    kind: str, one: dict[Any, dict[str, Any]], other: dict[Any, dict[str, Any]]
) -> Iterator[Difference]:
    for key in sorted({*one, *other}):
        meter, period = key
        place = {"kind": kind, "meter": meter, "period": str(period)}
        if key not in one or key not in other:
            yield Difference(**place, column="", ours=one.get(key), theirs=other.get(key))
            continue
        for column, value in one[key].items():
            if value != other[key][column]:
                yield Difference(**place, column=column, ours=value, theirs=other[key][column])
