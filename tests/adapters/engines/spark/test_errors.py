"""Errors of the cluster say what to do next."""

from __future__ import annotations

from shuiheng.adapters.engines.spark.errors import ClusterError


def test_they_name_the_cause_and_the_remedy() -> None:
    error = ClusterError("spark://there:7077", "no route")
    assert (error.address, error.reason) == ("spark://there:7077", "no route")
    assert "Nothing of the store was changed" in str(error)
