"""Evidence: versions of readings in order of arrival, one Parquet file per batch, never rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shuiheng.adapters.engines.columnar.errors import BadEvidenceError
from shuiheng.adapters.engines.columnar.manifest import Batch
from shuiheng.metering.civil_time import OFFSET
from shuiheng.metering.rule_arrays import Ints
from shuiheng.metering.tables import WITHDRAWN

LITRES = "litres"
"""Columns meter, read_at, register, recorded_at: the form in which batches are written."""

CUBIC_METRES_LOCAL = "cubic_metres_local"
"""Columns meter_id, ts, value, recorded_at: m³, local microseconds. Such files are taken as they are."""

FORMS = {
    LITRES: ("meter", "read_at", "register", "recorded_at"),
    CUBIC_METRES_LOCAL: ("meter_id", "ts", "value", "recorded_at"),
}
SCHEMA = pa.schema(
    [
        pa.field("meter", pa.int64(), nullable=False),
        pa.field("read_at", pa.int64(), nullable=False),
        pa.field("register", pa.int64()),
        pa.field("recorded_at", pa.int64(), nullable=False),
    ]
)
MICROSECONDS = 1_000_000
FINEST_LITRES = 0.002
"""How far a float of m³ may lie from a whole litre. Further is a finer register, which is refused."""

ROWS_OF_GROUP = 500_000
ROWS_AT_ONCE = 1 << 15
ROWS_OF_STRETCH = 1 << 16
"""Rows that are converted and taken in together: their columns stay near the processor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Versions, one element each, in order of arrival. Register WITHDRAWN: without one."""

    meter: NDArray[Any]
    read_at: Ints
    register: Ints
    recorded_at: Ints

    def __len__(self) -> int:
        """Return the number of versions."""
        return len(self.meter)

    def at(self, index: Any) -> Versions:
        """Return some of them."""
        return Versions(
            meter=self.meter[index],
            read_at=self.read_at[index],
            register=self.register[index],
            recorded_at=self.recorded_at[index],
        )

    def in_order(self) -> Versions:
        """Return them in order of recording; those of one instant as they came."""
        if is_ascending(self.recorded_at):
            return self
        return self.at(np.argsort(self.recorded_at, kind="stable"))


def is_ascending(values: Ints) -> bool:
    """Return whether no value is below the one before."""
    return bool((values[1:] >= values[:-1]).all())


def concatenated(parts: list[Versions]) -> Versions:
    """Return several runs of versions as one."""
    if len(parts) == 1:
        return parts[0]
    return Versions(
        meter=np.concatenate([part.meter for part in parts]),
        read_at=np.concatenate([part.read_at for part in parts]),
        register=np.concatenate([part.register for part in parts]),
        recorded_at=np.concatenate([part.recorded_at for part in parts]),
    )


def versions_of(table: pa.Table, form: str, batch: str) -> Versions:
    """Return the versions of a table in one of the forms.

    Raises:
        BadEvidenceError: A column is missing, of another type, or has a value that is no reading.
    """
    names = FORMS[form]
    if missing := [name for name in names if name not in table.column_names]:
        raise BadEvidenceError(batch, f"no column {', '.join(missing)}")
    columns = [table.column(name) for name in names]
    for name, column in zip(names, columns, strict=True):
        if column.null_count and name != "register":
            raise BadEvidenceError(batch, f"column {name} has rows without a value")
    return _in_litres(columns, batch) if form == LITRES else _in_cubic_metres(columns, batch)


def _in_litres(columns: list[pa.ChunkedArray], batch: str) -> Versions:
    try:
        columns = [column.cast(pa.int64()) for column in columns]
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise BadEvidenceError(batch, f"a column is not of whole numbers ({error})") from error
    meter, read_at, register, recorded_at = columns
    litres = _flat(pc.fill_null(register, WITHDRAWN) if register.null_count else register)
    if len(litres) and litres.min() < 0 and litres[litres != WITHDRAWN].min(initial=0) < 0:
        raise BadEvidenceError(batch, "a register is below zero")
    return Versions(
        meter=_flat(meter), read_at=_flat(read_at), register=litres, recorded_at=_flat(recorded_at)
    )


def _in_cubic_metres(columns: list[pa.ChunkedArray], batch: str) -> Versions:
    meter, ts, value, recorded_at = columns
    if not pa.types.is_timestamp(ts.type) or ts.type.unit != "us" or recorded_at.type != ts.type:
        raise BadEvidenceError(batch, "columns ts and recorded_at are not timestamps in microseconds")
    return Versions(
        meter=_flat(meter),
        read_at=_seconds(ts),
        register=_litres(_flat(value), batch),
        recorded_at=_seconds(recorded_at),
    )


def _litres(cubic_metres: NDArray[np.float64], batch: str) -> Ints:
    """Return m³ as whole litres; a stretch after the other, for what is between stays near the processor."""
    litres = np.empty(len(cubic_metres), np.int64)
    for begin in range(0, len(litres), ROWS_AT_ONCE):
        part = slice(begin, begin + ROWS_AT_ONCE)
        with np.errstate(invalid="ignore"):
            exact = cubic_metres[part] * 1000.0
            nearest = np.rint(exact)
            exact -= nearest
            furthest = max(exact.max(), -exact.min())
        if not furthest < FINEST_LITRES:
            raise BadEvidenceError(batch, "a value is no number or finer than a litre")
        litres[part] = nearest
    return litres


def _seconds(column: pa.ChunkedArray) -> Ints:
    """Return local microseconds as seconds of UTC."""
    microseconds = _flat(column).view(np.int64)
    seconds = np.empty_like(microseconds)
    for begin in range(0, len(seconds), ROWS_AT_ONCE):
        part = slice(begin, begin + ROWS_AT_ONCE)
        np.floor_divide(microseconds[part], MICROSECONDS, out=seconds[part])
        seconds[part] -= OFFSET
    return seconds


def _flat(column: pa.ChunkedArray) -> NDArray[Any]:
    array = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    values: NDArray[Any] = array.to_numpy(zero_copy_only=False)
    return values


def checksum_of(versions: Versions) -> tuple[int, ...]:
    """Return sums by which the same rows in the same order are known again."""
    place = np.arange(1, len(versions) + 1, dtype=np.int64)
    columns = (versions.meter.astype(np.int64), versions.read_at, versions.register, versions.recorded_at)
    return (len(versions), *(int((column * place).sum()) for column in columns))


def evidence_table(versions: Versions) -> pa.Table:
    """Return versions in the form in which batches are written."""
    is_withdrawn = versions.register == WITHDRAWN
    register = pa.array(versions.register, mask=is_withdrawn if is_withdrawn.any() else None)
    columns = [versions.meter.astype(np.int64), versions.read_at, register, versions.recorded_at]
    return pa.table([pa.array(column) for column in columns], schema=SCHEMA)


WRITE_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 1,
    "use_dictionary": False,
    "column_encoding": {
        "meter": "BYTE_STREAM_SPLIT",
        "read_at": "DELTA_BINARY_PACKED",
        "register": "BYTE_STREAM_SPLIT",
        "recorded_at": "DELTA_BINARY_PACKED",
    },
    "row_group_size": ROWS_OF_GROUP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A row group of a batch.

    Args:
        batch: The batch.
        group: Number of the row group in its file.
        rows: Number of versions.
        read_from: No reading is earlier.
        read_to: No reading is later.
        recorded_from: No version was recorded earlier.
        recorded_to: No version was recorded later.
    """

    batch: Batch
    group: int
    rows: int
    read_from: int
    read_to: int
    recorded_from: int
    recorded_to: int


def pieces_of(folder: Path, batch: Batch) -> list[Piece]:
    """Return the row groups of a batch, in order, with their bounds."""
    metadata = pq.read_metadata(folder / "evidence" / batch.file)
    names = metadata.schema.names
    read_at, recorded_at = (names.index(FORMS[batch.form][place]) for place in (1, 3))
    pieces = []
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        read = _bounds(row_group.column(read_at).statistics, batch.first_at, batch.last_at)
        recorded = _bounds(row_group.column(recorded_at).statistics, batch.recorded_from, batch.recorded_to)
        pieces.append(
            Piece(
                batch=batch,
                group=group,
                rows=row_group.num_rows,
                read_from=read[0],
                read_to=read[1],
                recorded_from=recorded[0],
                recorded_to=recorded[1],
            )
        )
    return pieces


def _bounds(statistics: Any, least: int, greatest: int) -> tuple[int, int]:
    """Return the bounds of a column chunk in seconds of UTC, or those of the batch where it has none."""
    if statistics is None or not statistics.has_min_max:
        return least, greatest
    found = []
    for value in (statistics.min_raw, statistics.max_raw):
        is_seconds = statistics.logical_type.type != "TIMESTAMP"
        found.append(int(value) if is_seconds else int(value) // MICROSECONDS - OFFSET)
    return found[0], found[1]


class EvidenceFiles:
    """Open files of evidence, for one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, pq.ParquetFile] = {}

    def read(self, piece: Piece) -> Versions:
        """Return the versions of a piece in the order in which they stand."""
        return versions_of(self._table(piece), piece.batch.form, piece.batch.id)

    def read_in_order(self, piece: Piece) -> Iterator[Versions]:
        """Yield the versions of a piece in the order of recording, by stretches where they stand so."""
        table = self._table(piece)
        step = table.num_rows
        if is_ascending(_flat(table.column(FORMS[piece.batch.form][3]))):
            step = ROWS_OF_STRETCH
        for begin in range(0, table.num_rows, max(step, 1)):
            yield versions_of(table.slice(begin, step), piece.batch.form, piece.batch.id).in_order()

    def _table(self, piece: Piece) -> pa.Table:
        file = self._open.get(piece.batch.file)
        if file is None:
            for each in self._open.values():
                each.close()
            file = pq.ParquetFile(self._folder / "evidence" / piece.batch.file)
            self._open = {piece.batch.file: file}
        names = list(FORMS[piece.batch.form])
        return file.read_row_group(piece.group, columns=names, use_threads=False)

    def close(self) -> None:
        """Close what is open."""
        for each in self._open.values():
            each.close()
        self._open = {}


def batch_versions(folder: Path, batch: Batch) -> Iterator[Versions]:
    """Yield the versions of a batch by pieces, in order."""
    files = EvidenceFiles(folder)
    try:
        for piece in pieces_of(folder, batch):
            yield files.read(piece)
    finally:
        files.close()
