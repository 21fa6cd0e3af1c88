"""Settling one range of meters after the other from packs of its evidence, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa

from shuiheng.adapters.engines.columnar.answers import dates_of, no_periods, period_table, quality_table
from shuiheng.adapters.engines.columnar.blocks import NIGHT_SCHEMA
from shuiheng.adapters.engines.columnar.evidence import Versions
from shuiheng.adapters.engines.columnar.months import days_in, first_day
from shuiheng.adapters.engines.settlement.by_time import by_time_table
from shuiheng.adapters.engines.settlement.errors import UnknownMeterError
from shuiheng.adapters.engines.settlement.job import SettleJob
from shuiheng.adapters.engines.settlement.packing import NO_MONTH, Pack, in_recorded_order
from shuiheng.adapters.engines.settlement.parts import READING_SCHEMA, in_order, part_name, write_part
from shuiheng.adapters.engines.settlement.ranges import RangeMeters, load_range
from shuiheng.metering.kernels import (
    Blocks,
    Rows,
    as_read_volumes,
    carried,
    day_start,
    empty_blocks,
    month_blocks,
)
from shuiheng.metering.model import Reading
from shuiheng.metering.planes import DayPlanes, PlaneMemory, day_planes
from shuiheng.metering.rule_arrays import Mask
from shuiheng.metering.tables import BLOCK, MISSING

DONE_SCHEMA = pa.schema([("range", pa.int32()), ("kind", pa.string()), ("rows", pa.int64())])
DONE_DDL = "range int, kind string, rows bigint"


class RangeSettlement:
    """The settlement of one range of meters, month by month in order of time."""

    def __init__(self, job: SettleJob, place: int) -> None:
        self._job = job
        self._place = place
        self._meters = _meters_of(job, place)
        self._index = np.arange(len(self._meters.book))
        self._before = empty_blocks(len(self._index), BLOCK)
        self._memory = PlaneMemory()
        self._months: list[pa.Table] = [no_periods("month")]
        self._inner: dict[int, Rows] = {}
        self._seen: set[int] = set()
        self.rows = dict.fromkeys(job.kinds, 0)

    def take(self, number: int, parts: Iterable[Versions]) -> None:
        """Settle a month from its versions in the order in which they hold."""
        book, job = self._meters.book, self._job
        first, days = first_day(number), days_in(number)
        planes = day_planes(first, first + days - 1, book.grid_of, memory=self._memory)
        for versions in parts:
            index = book.index_of(versions.meter)
            if index.min() < 0:
                raise UnknownMeterError(int(versions.meter[index.argmin()]))
            planes.scatter(index, versions.read_at, versions.register)
        blocks = [planes.day_blocks(first + each, self._meters.rules) for each in range(days)]
        month = month_blocks(self._index, blocks, self._meters.rules)
        volumes = as_read_volumes(self._index, self._before, month, self._meters.rules)
        self._months.append(period_table(book.ids, first, "month", month, volumes))
        if number in job.months:
            self._seen.add(number)
            self._write("months", number, self._months[-1])
            self._write("quality", number, quality_table(book.ids, book.grid_of, number, month))
            self._write_days(number, blocks)
            self._write_readings(number, planes)
            is_open = (volumes["unknown"] > 0) | (volumes["gap"] > self._meters.longest)
            self._keep_inner(number, planes, is_open & (month["n"] > 0))
        self._before = carried(self._before, month)

    def finish(self) -> Mapping[str, int]:
        """Write what only the whole history tells; return the rows written, by kind."""
        book, job = self._meters.book, self._job
        for number in sorted(set(job.months) - self._seen):
            empty = empty_blocks(len(book), BLOCK)
            self._write("quality", number, quality_table(book.ids, book.grid_of, number, empty))
        if "by_time" in job.kinds:
            table = by_time_table(
                pa.concat_tables(self._months),
                self._meters,
                wanted=job.months,
                inner=self._readings_of,
                rules=job.rules,
            )
            day = table["month"].cast(pa.int32()).to_numpy()
            for number in job.months:
                self._write("by_time", number, table.filter(pa.array(day == first_day(number))))
        return self.rows

    def _write(self, kind: str, number: int, table: pa.Table) -> None:
        if kind in self._job.kinds:
            name = part_name(kind, number, self._place)
            self.rows[kind] += write_part(self._job.out, name, in_order(kind, table))

    def _write_days(self, number: int, blocks: list[Blocks]) -> None:
        """Write the days and nights of a month that lie in the period."""
        ids, before = self._meters.book.ids, self._before
        days, nights = [no_periods("day")], [NIGHT_SCHEMA.empty_table()]
        for day, block in enumerate(blocks, first_day(number)):
            if self._job.days[0] <= day <= self._job.days[1]:
                if "days" in self._job.kinds:
                    volumes = as_read_volumes(self._index, before, block, self._meters.rules)
                    days.append(period_table(ids, day, "day", block, volumes))
                nights.append(_nights(ids, day, block))
            before = carried(before, block)
        self._write("days", number, pa.concat_tables(days))
        self._write("nights", number, pa.concat_tables(nights))

    def _write_readings(self, number: int, planes: DayPlanes) -> None:
        if "readings" not in self._job.kinds:
            return
        start_at, end_at = day_start(self._job.days[0]), day_start(self._job.days[1] + 1)
        parts = [READING_SCHEMA.empty_table()]
        for rows in planes.rows():
            inside = rows.at((rows.read_at > start_at) & (rows.read_at <= end_at))
            columns = (self._meters.book.ids[inside.meter], inside.read_at, inside.register)
            parts.append(pa.table([pa.array(column) for column in columns], schema=READING_SCHEMA))
        self._write("readings", number, pa.concat_tables(parts))

    def _keep_inner(self, number: int, planes: DayPlanes, chosen: Mask) -> None:
        """Keep the readings of the meters of which single intervals must tell, for volumes by time."""
        if "by_time" not in self._job.kinds or not chosen.any():
            return
        parts = [rows.at(chosen[rows.meter]) for rows in planes.rows()]
        self._inner[number] = Rows(
            meter=np.concatenate([rows.meter for rows in parts]),
            read_at=np.concatenate([rows.read_at for rows in parts]),
            register=np.concatenate([rows.register for rows in parts]),
        )

    def _readings_of(self, asked: list[tuple[int, int]]) -> Mapping[tuple[int, int], list[Reading]]:
        found: dict[tuple[int, int], list[Reading]] = {}
        for id_, number in asked:
            rows = self._inner[number]
            index = int(self._meters.book.index_of(np.array([id_]))[0])
            begin, end = np.searchsorted(rows.meter, [index, index + 1])
            own = zip(rows.read_at[begin:end].tolist(), rows.register[begin:end].tolist(), strict=True)
            found[id_, number] = [Reading(read_at=read_at, register=register) for read_at, register in own]
        return found


def settle(job: SettleJob, packs: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Settle the ranges of which packs come in, by range, then month; yield what was written."""
    for place, own in groupby(_told(packs), key=lambda each: each[0]):
        settlement = RangeSettlement(job, place)
        for number, month in groupby(own, key=lambda each: each[1]):
            if number != NO_MONTH:
                settlement.take(number, in_recorded_order(pack for _, _, pack in month))
        rows = settlement.finish()
        columns = [
            pa.array([place] * len(rows), pa.int32()),
            pa.array(list(rows)),
            pa.array(list(rows.values())),
        ]
        yield pa.record_batch(columns, DONE_SCHEMA)


def _told(packs: Iterator[pa.RecordBatch]) -> Iterator[tuple[int, int, Pack]]:
    """Yield range, month and pack of each row."""
    for batch in packs:
        for row in batch.to_pylist():
            place, month = row.pop("range"), row.pop("month")
            yield place, month, Pack(**row)


def _nights(ids: Any, day: int, block: Blocks) -> pa.Table:
    has = np.flatnonzero(block["night"] != MISSING)
    columns = [pa.array(ids[has]), dates_of(np.full(len(has), day)), pa.array(block["night"][has])]
    return pa.table(columns, schema=NIGHT_SCHEMA)


def _meters_of(job: SettleJob, place: int) -> RangeMeters:
    state = job.store / "state"
    return load_range(
        state / job.meters,
        state / job.events if job.events else None,
        ids=(
            job.bounds[place - 1] if place else None,
            job.bounds[place] if place < len(job.bounds) else None,
        ),
        rules=job.rules.intervals,
        gaps=job.rules.gaps,
    )
