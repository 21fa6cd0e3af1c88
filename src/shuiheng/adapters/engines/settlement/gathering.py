"""Reading the evidence: each piece once, by whichever machine is free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shuiheng import __version__
from shuiheng.adapters.engines.columnar.evidence import EvidenceFiles, Versions, concatenated, pieces_of
from shuiheng.adapters.engines.columnar.manifest import Batch
from shuiheng.adapters.engines.settlement.errors import UnlikeMachinesError
from shuiheng.adapters.engines.settlement.job import SettleJob
from shuiheng.adapters.engines.settlement.packing import packs_of, range_mark

ROWS_OF_TASK = 2_000_000
"""Versions that a task reads: 64 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Row groups of a batch, `first` to `last`; of a batch that is not split the last is None."""

    batch: int
    first: int = 0
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What all tasks together read, in order of batch, then row.

    Args:
        job: What is to be settled.
        tasks: Stretches of each task.
        version: Version that asks.
    """

    job: SettleJob
    tasks: tuple[tuple[Stretch, ...], ...]
    version: str = __version__


def plan_for(job: SettleJob, *, rows_of_task: int = ROWS_OF_TASK) -> Plan:
    """Return the tasks that read the evidence of a job, each about as much."""
    tasks: list[tuple[Stretch, ...]] = []
    waiting: list[Stretch] = []
    rows = 0
    for place, batch in enumerate(job.batches):
        for stretch, count in _stretches(job, place, batch, rows_of_task):
            if waiting and rows + count > rows_of_task:
                tasks.append(tuple(waiting))
                waiting, rows = [], 0
            waiting.append(stretch)
            rows += count
    return Plan(job=job, tasks=(*tasks, tuple(waiting)))


def _stretches(job: SettleJob, place: int, batch: Batch, most: int) -> Iterator[tuple[Stretch, int]]:
    """Yield the stretches of a batch with their rows; only a large batch is looked into."""
    if batch.rows <= most:
        yield Stretch(batch=place), batch.rows
        return
    metadata = pq.read_metadata(job.store / "evidence" / batch.file)
    first, rows = 0, 0
    for group in range(metadata.num_row_groups):
        count = metadata.row_group(group).num_rows
        if rows and rows + count > most:
            yield Stretch(batch=place, first=first, last=group - 1), rows
            first, rows = group, 0
        rows += count
    yield Stretch(batch=place, first=first, last=metadata.num_row_groups - 1), rows


def gather(plan: Plan, numbers: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the packs of the tasks whose numbers come in; the first task also marks every range.

    Raises:
        UnlikeMachinesError: This machine has another version than the one that asks.
    """
    if plan.version != __version__:
        raise UnlikeMachinesError(plan.version, __version__)
    bounds = np.array(plan.job.bounds, np.int64)
    for batch in numbers:
        for task in batch.column(0).to_pylist():
            if task == 0:
                yield from (range_mark(place) for place in range(plan.job.ranges))
            yield from packs_of(_versions(plan, task), task=task, bounds=bounds)


def _versions(plan: Plan, task: int) -> Versions:
    files = EvidenceFiles(plan.job.store)
    parts = []
    try:
        for stretch in plan.tasks[task]:
            pieces = pieces_of(plan.job.store, plan.job.batches[stretch.batch])
            last = len(pieces) if stretch.last is None else stretch.last + 1
            parts += [files.read(piece) for piece in pieces[stretch.first : last]]
    finally:
        files.close()
    return concatenated(parts)
