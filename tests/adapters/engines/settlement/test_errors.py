"""Errors of settlements say what to do next."""

from __future__ import annotations

from shuiheng.adapters.engines.settlement.errors import (
    NothingToSettleError,
    UnevenSettlementsError,
    UnknownMeterError,
    UnlikeMachinesError,
)


def test_they_name_the_cause_and_the_remedy() -> None:
    assert "ask for another period" in str(NothingToSettleError("no readings"))
    assert "differ in ranges. Settle both alike" in str(UnevenSettlementsError("ranges"))
    assert "Install the same" in str(UnlikeMachinesError("1", "2"))
    assert "meter 7" in str(UnknownMeterError(7))
