"""A session on a cluster, and a settlement on it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.udf import UserDefinedFunction
from pyspark.util import PythonEvalType

from shuiheng.adapters.engines.settlement import packing, settling
from shuiheng.adapters.engines.settlement.gathering import ROWS_OF_TASK, gather, plan_for
from shuiheng.adapters.engines.settlement.job import SettleJob
from shuiheng.adapters.engines.settlement.parts import Summary, write_summary
from shuiheng.adapters.engines.spark.errors import ClusterError

PACKS_AT_ONCE = 16
"""Packs that go to a Python worker together: 50 MB at most."""

SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(PACKS_AT_ONCE),
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.speculation": "false",
}


ArrowMap = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


@contextmanager
def open_session(master: str, settings: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """Give a session on a cluster, which ends with the block.

    Args:
        master: Address, `spark://HOST:PORT`.
        settings: Further settings of Spark; they win over ours.

    Raises:
        ClusterError: The session cannot be made.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("shuiheng settle")
    for name, value in {**SETTINGS, **(settings or {})}.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise ClusterError(master, _last_line(error)) from error
    try:
        session.sparkContext.setLogLevel("ERROR")
        yield session
    finally:
        session.stop()


def settle_on_spark(session: SparkSession, job: SettleJob, *, rows_of_task: int = ROWS_OF_TASK) -> Summary:
    """Settle all evidence of a job on a cluster, write its answers, and return what they cover.

    Args:
        session: Session on the cluster, see `open_session`.
        job: What is to be settled; its folders are the same on every machine.
        rows_of_task: Versions that a task reads.

    Raises:
        ClusterError: The cluster gave up.
    """
    plan = plan_for(job, rows_of_task=rows_of_task)
    tasks = len(plan.tasks)
    job.out.mkdir(parents=True, exist_ok=True)
    numbers = session.range(0, tasks, 1, tasks)
    packs = map_in_arrow(numbers, partial(gather, plan), packing.DDL)
    ordered = packs.repartition(job.ranges, "range").sortWithinPartitions("range", "month", "task", "chunk")
    try:
        done = map_in_arrow(ordered, partial(settling.settle, job), settling.DONE_DDL).collect()
    except (PySparkException, Py4JError) as error:
        raise ClusterError(session.sparkContext.master, _last_line(error)) from error
    rows = dict.fromkeys(job.kinds, 0)
    for each in done:
        rows[each["kind"]] += each["rows"]
    return write_summary(job, rows)


def map_in_arrow(frame: DataFrame, function: ArrowMap, ddl: str) -> DataFrame:
    """Return the rows that a function makes of each partition: `DataFrame.mapInArrow` without pandas.

    Spark 4.0 hands Arrow batches to the function and takes Arrow batches back, but asks first for
    pandas to be installed, only to share a check with its pandas functions. Nothing on the way uses
    it, here or on the workers; so the same call is made without the check. Look again with a new Spark.
    """
    mapped = UserDefinedFunction(function, returnType=ddl, evalType=PythonEvalType.SQL_MAP_ARROW_ITER_UDF)
    column = mapped(*[frame[name] for name in frame.columns])
    return DataFrame(frame._jdf.mapInArrow(column._jc, False, None), frame.sparkSession)


def _last_line(error: Exception) -> str:
    """Return what an error of the cluster says, without its traces."""
    lines = [line.strip(" :\t") for line in str(error).splitlines()]
    lines = [line for line in lines if line and not line.startswith("at ")]
    for sign in ("Error: ", "Exception: "):
        if told := [line for line in lines if sign in line]:
            return told[-1]
    return lines[0] if lines else type(error).__name__
