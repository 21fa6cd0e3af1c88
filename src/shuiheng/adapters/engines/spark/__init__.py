"""The distributed engine: a settlement on Apache Spark, by the same kernels over the same evidence.

In: a `SettleJob` over a store that every machine sees under the same path. Out: the files that the
embedded engine would write, byte for byte. Evidence is read once (`gathering`), goes to its range of
meters in packs (`packing`), and each range is settled by itself (`settling`).
Only `cluster` needs the extra `spark`.
"""
