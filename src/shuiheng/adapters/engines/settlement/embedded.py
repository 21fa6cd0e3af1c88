"""A settlement by the embedded engine: its state written as answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pyarrow as pa

from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.engines.columnar.months import EPOCH, days_in, first_day
from shuiheng.adapters.engines.settlement.by_time import by_time_table
from shuiheng.adapters.engines.settlement.job import SettleJob
from shuiheng.adapters.engines.settlement.parts import Summary, in_order, part_name, write_part, write_summary
from shuiheng.adapters.engines.settlement.ranges import RangeMeters, load_range, range_of
from shuiheng.metering.kernels import day_start
from shuiheng.metering.model import Reading

ALL_TIME = (date(1970, 1, 1), date(2200, 12, 31))


def settle_embedded(reader: Reader, job: SettleJob) -> Summary:
    """Write the answers of the embedded engine to a settlement; return what it covers.

    Args:
        reader: The generation for which the job was made.
        job: What is asked for.
    """
    rows = dict.fromkeys(job.kinds, 0)
    for number in job.months:
        for kind, table in _of_month(reader, job, number):
            rows[kind] += _write(job, kind, number, table)
    if "by_time" in job.kinds:
        for number, table in _by_time(reader, job):
            rows["by_time"] += _write(job, "by_time", number, table)
    return write_summary(job, rows)


def _of_month(reader: Reader, job: SettleJob, number: int) -> Iterator[tuple[str, pa.Table]]:
    first, last = first_day(number), first_day(number) + days_in(number) - 1
    month = (_date(first), _date(last))
    days = (max(first, job.days[0]), min(last, job.days[1]))
    inside = (_date(days[0]), _date(days[1]))
    if "months" in job.kinds:
        yield "months", reader.months(None, *month)
    if "days" in job.kinds:
        yield "days", reader.days(None, *inside)
    if "nights" in job.kinds:
        yield "nights", reader.nights(None, *inside)
    if "quality" in job.kinds:
        yield "quality", reader.quality(None, *month)
    if "readings" in job.kinds:
        ids = reader.meters().to_pylist()
        yield "readings", reader.readings_of(ids, day_start(days[0]), day_start(days[1] + 1))


def _write(job: SettleJob, kind: str, number: int, table: pa.Table) -> int:
    """Write the rows of a month range by range; return how many there are."""
    table = in_order(kind, table)
    place = range_of(table["meter"].to_numpy(), np.array(job.bounds, np.int64))
    edges = np.searchsorted(place, np.arange(job.ranges + 1))
    written = 0
    for each in np.flatnonzero(edges[1:] > edges[:-1]).tolist():
        part = table.slice(edges[each], edges[each + 1] - edges[each])
        written += write_part(job.out, part_name(kind, number, each), part)
    return written


def _by_time(reader: Reader, job: SettleJob) -> Iterator[tuple[int, pa.Table]]:
    months = reader.months(None, *ALL_TIME)
    meters = _meters(job)

    def inner(asked: list[tuple[int, int]]) -> Mapping[tuple[int, int], list[Reading]]:
        found: dict[tuple[int, int], list[Reading]] = {}
        for number in sorted({number for _, number in asked}):
            ids = [id_ for id_, each in asked if each == number]
            span = (day_start(first_day(number)), day_start(first_day(number + 1)))
            table = reader.readings_of(ids, *span)
            for id_, read_at, register in zip(*(column.to_pylist() for column in table.columns), strict=True):
                found.setdefault((id_, number), []).append(Reading(read_at=read_at, register=register))
        return found

    table = by_time_table(months, meters, wanted=job.months, inner=inner, rules=job.rules)
    day = table["month"].cast(pa.int32()).to_numpy()
    for number in job.months:
        yield number, table.filter(pa.array(day == first_day(number)))


def _meters(job: SettleJob) -> RangeMeters:
    """Return all meters as one range."""
    state = job.store / "state"
    return load_range(
        state / job.meters,
        state / job.events if job.events else None,
        ids=(None, None),
        rules=job.rules.intervals,
        gaps=job.rules.gaps,
    )


def _date(day: int) -> date:
    return date.fromordinal(day + EPOCH)
