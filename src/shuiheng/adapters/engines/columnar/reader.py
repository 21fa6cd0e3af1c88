"""Reading one generation of a store: months, days, nights, readings, quality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shuiheng.adapters.engines.columnar import blocks as block_files
from shuiheng.adapters.engines.columnar.answers import dates_of, no_periods, period_table, quality_table
from shuiheng.adapters.engines.columnar.errors import UnknownBatchError
from shuiheng.adapters.engines.columnar.evidence import EvidenceFiles, batch_versions, pieces_of
from shuiheng.adapters.engines.columnar.manifest import Manifest
from shuiheng.adapters.engines.columnar.meters import EVENT_SCHEMA, MeterBook, empty_book, read_book, rules_of
from shuiheng.adapters.engines.columnar.months import day_number, days_in, first_day, month_number
from shuiheng.adapters.engines.columnar.pins import Pin
from shuiheng.adapters.engines.columnar.runs import read_days
from shuiheng.metering.civil_time import DAY
from shuiheng.metering.kernels import Blocks, as_read_volumes, carried, day_start, empty_blocks, take
from shuiheng.metering.model import IntervalRules
from shuiheng.metering.rule_arrays import Ints, RuleArrays
from shuiheng.metering.tables import BLOCK, MISSING, WITHDRAWN

VERSION_SCHEMA = pa.schema(
    [
        *[(name, pa.int64()) for name in ("meter", "read_at", "register", "recorded_at")],
        ("batch", pa.string()),
        ("row", pa.int64()),
    ]
)


class Reach(NamedTuple):
    """Of which meters, and from when until when, a batch brought evidence."""

    meters: list[int]
    first_at: int
    last_at: int


def load_meters(
    folder: Path, manifest: Manifest, rules: IntervalRules
) -> tuple[MeterBook, RuleArrays, pa.Table]:
    """Return the meters of a generation, what their volumes depend on, and the table of their events."""
    book = read_book(folder / "state" / manifest.meters) if manifest.meters else empty_book()
    events = EVENT_SCHEMA.empty_table()
    if manifest.events:
        events = pq.read_table(folder / "state" / manifest.events, schema=EVENT_SCHEMA)
    return book, rules_of(book, events, rules), events


class Reader:
    """One generation of a store, which does not change while it is read. Close it when done.

    Every answer is an Arrow table; litres are null where they cannot be known.
    """

    def __init__(self, folder: Path, manifest: Manifest, pin: Pin, rules: IntervalRules) -> None:
        self._folder = folder
        self._pin = pin
        self._interval_rules = rules
        self._loaded: tuple[MeterBook, RuleArrays] | None = None
        self.manifest = manifest

    def __enter__(self) -> Reader:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the files go."""
        self.close()

    def close(self) -> None:
        """Let the files of this generation go."""
        self._pin.release()

    @property
    def folder(self) -> Path:
        """Folder of the store."""
        return self._folder

    def _meters(self) -> tuple[MeterBook, RuleArrays]:
        if self._loaded is None:
            self._loaded = load_meters(self._folder, self.manifest, self._interval_rules)[:2]
        return self._loaded

    def meters(self) -> pa.Array:
        """Return the ids of all meters."""
        return pa.array(self._meters()[0].ids)

    def months(self, meters: Sequence[int] | None, from_on: date, to_on: date) -> pa.Table:
        """Return volumes as read, one row per meter and month that has readings.

        Args:
            meters: Ids, None for all.
            from_on: A day of the first month.
            to_on: A day of the last month.
        """
        book, rules = self._meters()
        index = self._index(meters)
        first, last = month_number(from_on), month_number(to_on)
        before, parts = self._carried_into(first, index), []
        for number in sorted(self.manifest.months):
            if first <= number <= last:
                blocks = take(self._month(number), index)
                volumes = as_read_volumes(index, before, blocks, rules)
                parts.append(period_table(book.ids[index], first_day(number), "month", blocks, volumes))
                before = carried(before, blocks)
        return pa.concat_tables(parts or [no_periods("month")])

    def last_of(self, meters: Sequence[int] | None, from_on: date, to_on: date) -> pa.Table:
        """Return the last reading in some months of each meter that has one: meter, read_at, register.

        Months are looked at from the last one backwards, only until each meter has a reading.

        Args:
            meters: Ids, None for all.
            from_on: A day of the first month.
            to_on: A day of the last month.
        """
        book, _ = self._meters()
        index = self._index(meters)
        found = self._carried_into(month_number(to_on) + 1, index, since=month_number(from_on))
        has = found["n"] > 0
        ids, read_at, register = book.ids[index][has], found["last_at"][has], found["last"][has]
        return pa.table({"meter": ids, "read_at": read_at, "register": register})

    def days(self, meters: Sequence[int] | None, from_on: date, to_on: date) -> pa.Table:
        """Return volumes as read, one row per meter and day that has readings. See `months`."""
        parts = list(self.day_tables(meters, from_on, to_on))
        return pa.concat_tables(parts or [no_periods("day")])

    def day_tables(self, meters: Sequence[int] | None, from_on: date, to_on: date) -> Iterator[pa.Table]:
        """Yield the tables of `days` one by one, so that a year of a city needs the memory of a month."""
        book, rules = self._meters()
        index = self._index(meters)
        first, last = day_number(from_on), day_number(to_on)
        before = self._carried_into(month_number(from_on), index)
        for number in sorted(self.manifest.months):
            if not month_number(from_on) <= number <= month_number(to_on):
                continue
            blocks = self._day_blocks(number)
            for place in range(days_in(number)):
                day = take({name: column[place] for name, column in blocks.items()}, index)
                if first <= first_day(number) + place <= last and day["n"].any():
                    volumes = as_read_volumes(index, before, day, rules)
                    yield period_table(book.ids[index], first_day(number) + place, "day", day, volumes)
                before = carried(before, day)

    def nights(self, meters: Sequence[int] | None, from_on: date, to_on: date) -> pa.Table:
        """Return register at 04:00 less register at 02:00, one row per meter and night that has both."""
        first, last = day_number(from_on), day_number(to_on)
        parts = [block_files.NIGHT_SCHEMA.empty_table()]
        for number in range(month_number(from_on), month_number(to_on) + 1):
            state = self.manifest.months.get(number)
            if state is None:
                continue
            begin, end = first_day(number), first_day(number + 1) - 1
            if meters is None and len(state.blocks) == 1 and first <= begin and end <= last:
                parts.append(block_files.night_table(self._folder, state.blocks[0]))
            else:
                parts.append(self._nights(number, self._index(meters), first, last))
        return pa.concat_tables(parts)

    def _nights(self, number: int, index: Ints, first: int, last: int) -> pa.Table:
        """Return the nights of some meters in the days of a month that lie between two days."""
        book, _ = self._meters()
        begin, files = first_day(number), self.manifest.months[number].blocks
        nights = block_files.read_nights(self._folder, files, book, begin, days_in(number))
        nights = nights[max(first - begin, 0) : last + 1 - begin][:, index]
        day, place = np.nonzero(nights != MISSING)
        days = dates_of(day + max(first, begin))
        columns = [pa.array(book.ids[index[place]]), days, pa.array(nights[day, place])]
        return pa.table(columns, schema=block_files.NIGHT_SCHEMA)

    def readings(self, meter: int, from_at: int, to_at: int, *, with_versions: bool = False) -> pa.Table:
        """Return the readings of a meter in (from_at, to_at] that hold, or all versions of them.

        Args:
            meter: Its id.
            from_at: Instant, not part of it.
            to_at: Instant, part of it.
            with_versions: Give all evidence: recorded_at, batch and row too.
        """
        if with_versions:
            return self.versions_of([meter], from_at, to_at)
        return self.readings_of([meter], from_at, to_at)

    def readings_of(self, meters: Sequence[int], from_at: int, to_at: int) -> pa.Table:
        """Return the readings of meters in (from_at, to_at] that hold, by meter, then instant."""
        book, _ = self._meters()
        chosen = np.zeros(len(book), bool)
        chosen[self._index(meters)] = True
        first, last = ((at - day_start(0) - 1) // DAY for at in (from_at + 1, to_at))
        parts = []
        for number in sorted(self.manifest.months):
            begin = first_day(number)
            days = (max(first, begin), min(last, begin + days_in(number) - 1))
            if days[0] <= days[1] and chosen.any():
                runs = self.manifest.months[number].runs
                rows = read_days(self._folder, runs, book, days=days, chosen=chosen)
                parts.append(rows.at((rows.read_at > from_at) & (rows.read_at <= to_at)))
        nothing = np.empty(0, np.int64)
        columns = {
            "meter": np.concatenate([nothing, *(book.ids[rows.meter] for rows in parts)]),
            "read_at": np.concatenate([nothing, *(rows.read_at for rows in parts)]),
            "register": np.concatenate([nothing, *(rows.register for rows in parts)]),
        }
        return pa.table(columns).sort_by([("meter", "ascending"), ("read_at", "ascending")])

    def versions_of(self, meters: Sequence[int], from_at: int, to_at: int) -> pa.Table:
        """Return all evidence of meters about (from_at, to_at], by instant, then order of recording."""
        wanted = np.array(sorted(meters), np.int64)
        files = EvidenceFiles(self._folder)
        parts = []
        try:
            for batch in self.manifest.batches:
                if batch.last_at <= from_at or batch.first_at > to_at:
                    continue
                row = 0
                for piece in pieces_of(self._folder, batch):
                    if piece.read_to > from_at and piece.read_from <= to_at:
                        versions = files.read(piece)
                        inside = (versions.read_at > from_at) & (versions.read_at <= to_at)
                        index = np.flatnonzero(inside & np.isin(versions.meter, wanted))
                        parts.append(_version_table(versions.at(index), batch.id, row + index))
                    row += piece.rows
        finally:
            files.close()
        table = pa.concat_tables([VERSION_SCHEMA.empty_table(), *parts])
        return table.sort_by([(name, "ascending") for name in ("read_at", "recorded_at", "batch", "row")])

    def reach_of(self, batch_id: str) -> Reach:
        """Return of which meters and instants a batch brought evidence.

        Raises:
            UnknownBatchError: There is no such batch.
        """
        batch = next((each for each in self.manifest.batches if each.id == batch_id), None)
        if batch is None:
            raise UnknownBatchError(batch_id)
        meters = [np.unique(versions.meter) for versions in batch_versions(self._folder, batch)]
        ids = np.unique(np.concatenate(meters)).tolist()
        return Reach(meters=ids, first_at=batch.first_at, last_at=batch.last_at)

    def quality(self, meters: Sequence[int] | None, from_on: date, to_on: date) -> pa.Table:
        """Return how well each meter was read, one row per meter and month, months without readings too.

        `expected` is null for meters that are read irregularly. `readings` and `missing_share` count
        readings, not litres.
        """
        book, _ = self._meters()
        index = self._index(meters)
        grid = book.grid_of[index]
        parts = []
        for number in range(month_number(from_on), month_number(to_on) + 1):
            state = self.manifest.months.get(number)
            blocks = take(self._month(number), index) if state else empty_blocks(len(index), BLOCK)
            parts.append(quality_table(book.ids[index], grid, number, blocks))
        return pa.concat_tables(parts)

    def _index(self, meters: Sequence[int] | None) -> Ints:
        book, _ = self._meters()
        if meters is None:
            return np.arange(len(book))
        index = book.index_of(np.array(meters, np.int64)).astype(np.int64)
        return index[index >= 0]

    def _month(self, number: int) -> Blocks:
        book, _ = self._meters()
        return block_files.read_month(self._folder, self.manifest.months[number].summary, book)

    def _day_blocks(self, number: int) -> Blocks:
        book, _ = self._meters()
        files = self.manifest.months[number].blocks
        return block_files.read_days(self._folder, files, book, first_day(number), days_in(number))

    def _carried_into(self, number: int, index: Ints, *, since: int | None = None) -> Blocks:
        """Return the last reading of each meter before a month, asking backwards until all have one.

        Months before the one with the number `since` are not asked.
        """
        before = empty_blocks(len(index), BLOCK)
        months = [each for each in self.manifest.months if each < number]
        for earlier in sorted(months, reverse=True):
            if since is not None and earlier < since:
                break
            if (before["n"] > 0).all():
                break
            before = carried(take(self._month(earlier), index), before)
        return before


def _version_table(versions: Any, batch: str, row: Ints) -> pa.Table:
    register = pa.array(versions.register, mask=versions.register == WITHDRAWN)
    meter = pa.array(versions.meter.astype(np.int64))
    columns = [meter, pa.array(versions.read_at), register, pa.array(versions.recorded_at)]
    return pa.table(
        [*columns, pa.array([batch] * len(row), pa.string()), pa.array(row)], schema=VERSION_SCHEMA
    )
