"""The distributed engine: a settlement on Apache Spark, by the same kernels over the same evidence.

In: a `SettleJob` over a store that every machine sees under the same path. Out: the files that the
embedded engine would write, byte for byte. Evidence is read once (`gathering`), goes to its range of
meters in packs (`packing`), and each range is settled by itself (`settling`). Needs the extra `spark`.
"""

from shuiheng.adapters.engines.spark.cluster import open_session, settle_on_spark
from shuiheng.adapters.engines.spark.errors import ClusterError

__all__ = ["ClusterError", "open_session", "settle_on_spark"]
