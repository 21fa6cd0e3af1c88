"""A settlement from all evidence on one machine, without a cluster: independent of the state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from shuiheng.adapters.engines.settlement import packing
from shuiheng.adapters.engines.settlement.gathering import ROWS_OF_TASK, gather, plan_for
from shuiheng.adapters.engines.settlement.job import SettleJob
from shuiheng.adapters.engines.settlement.parts import Summary, write_summary
from shuiheng.adapters.engines.settlement.settling import settle


def settle_alone(job: SettleJob, *, rows_of_task: int = ROWS_OF_TASK) -> Summary:
    """Settle all evidence of a job here, write its answers, and return what they cover.

    Packs wait on the disk beside the answers, one file for each range and month, so that memory does not
    grow with the history.
    """
    rows = dict.fromkeys(job.kinds, 0)
    with TemporaryDirectory(dir=job.out, prefix=".packs-") as name:
        folder = Path(name)
        _spill(job, folder, rows_of_task)
        for place in range(job.ranges):
            for batch in settle(job, _packs_of(folder, place)):
                for row in batch.to_pylist():
                    rows[row["kind"]] += row["rows"]
    return write_summary(job, rows)


def _spill(job: SettleJob, folder: Path, rows_of_task: int) -> None:
    """Bring the packs of each range and month into a file of their own, in order of task."""
    plan = plan_for(job, rows_of_task=rows_of_task)
    for task in range(len(plan.tasks)):
        number = pa.record_batch([pa.array([task])], names=["id"])
        for pack in gather(plan, iter([number])):
            place, month = pack["range"][0].as_py(), pack["month"][0].as_py()
            own = folder / f"{place:05d}"
            own.mkdir(exist_ok=True)
            with (own / f"{month - packing.NO_MONTH:010d}").open("ab") as stream:
                message = pack.serialize().to_pybytes()
                stream.write(len(message).to_bytes(8, "little") + message)


def _packs_of(folder: Path, place: int) -> Iterator[pa.RecordBatch]:
    """Yield the packs of a range by month, then task."""
    for path in sorted((folder / f"{place:05d}").iterdir()):
        with path.open("rb") as stream:
            while size := stream.read(8):
                message = stream.read(int.from_bytes(size, "little"))
                yield pa.ipc.read_record_batch(pa.py_buffer(message), packing.SCHEMA)
