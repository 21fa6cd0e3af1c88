"""Engines that keep readings and settle them: `columnar` on one machine, over files in one folder.

In: evidence (versions of readings) in Arrow batches. Out: months, days, nights and
readings, equal to what the plain functions of `metering` say. An engine imports no other adapter.
"""
