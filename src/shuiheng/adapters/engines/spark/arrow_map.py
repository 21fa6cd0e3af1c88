"""`DataFrame.mapInArrow` without pandas.

Spark 4.0 hands Arrow batches to the function and takes Arrow batches back, but asks for pandas to
be installed before it does so, only to share a check with its pandas functions. Nothing on the way uses it,
here or on the workers; so the same call is made here without the check. Look again when Spark is renewed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.udf import UserDefinedFunction
from pyspark.util import PythonEvalType

ArrowMap = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def map_in_arrow(frame: DataFrame, function: ArrowMap, ddl: str) -> DataFrame:
    """Return the rows that a function makes of each partition, as `frame.mapInArrow(function, ddl)`."""
    mapped = UserDefinedFunction(function, returnType=ddl, evalType=PythonEvalType.SQL_MAP_ARROW_ITER_UDF)
    column = mapped(*[frame[name] for name in frame.columns])
    return DataFrame(frame._jdf.mapInArrow(column._jc, False, None), frame.sparkSession)
