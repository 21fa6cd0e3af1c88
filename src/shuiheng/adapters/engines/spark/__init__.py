"""The distributed engine: a settlement on Apache Spark.

In: a `SettleJob` over a store that every machine sees under the same path. Out: the files that the
embedded engine would write, byte for byte. Spark only carries: what its tasks do is
`settlement.gathering` (read the evidence once, in packs) and `settlement.settling` (a range of meters
by itself). `cluster` needs the extra `spark`.
"""
