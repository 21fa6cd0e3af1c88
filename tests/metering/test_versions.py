"""Which reading holds."""

from __future__ import annotations

from itertools import permutations

import pytest

from metering.histories import reading, version
from shuiheng.metering.errors import RowsClashError
from shuiheng.metering.versions import effective_readings, effective_versions, versions_that_undo

FIRST = version(1, 100, recorded=10, batch="a", row=0)
LATER = version(1, 120, recorded=20, batch="a", row=1)


@pytest.mark.parametrize(
    ("other", "held"),
    [
        (version(1, 7, recorded=19, batch="z", row=9), 120),
        (version(1, 7, recorded=21, batch="0", row=0), 7),
        (version(1, 7, recorded=20, batch="b", row=0), 7),
        (version(1, 7, recorded=20, batch="a", row=0), 120),
        (version(1, 7, recorded=20, batch="a", row=2), 7),
    ],
)
def test_the_greatest_record_batch_and_row_holds_in_any_order(other: object, held: int) -> None:
    for order in permutations([FIRST, LATER, other]):
        assert effective_readings(order) == (reading(1, held),)  # type: ignore[arg-type]


def test_a_version_without_register_withdraws_until_a_later_one_comes() -> None:
    gone = version(1, None, recorded=30)
    assert effective_readings([FIRST, LATER, gone]) == ()
    assert effective_versions([FIRST, LATER, gone]) == (gone,)
    assert effective_readings([gone, version(1, 5, recorded=31)]) == (reading(1, 5),)


@pytest.mark.parametrize(("known_at", "registers"), [(9, []), (10, [100]), (19, [100]), (20, [120])])
def test_as_known_at_takes_what_was_recorded_up_to_then(known_at: int, registers: list[int]) -> None:
    assert [each.register for each in effective_readings([LATER, FIRST], known_at=known_at)] == registers


def test_readings_come_in_order_of_time_and_repeats_change_nothing() -> None:
    rows = [version(3, 30), version(1, 10), version(2, 20)]
    assert effective_readings(rows * 2) == (reading(1, 10), reading(2, 20), reading(3, 30))


def test_one_row_with_two_registers_is_refused() -> None:
    with pytest.raises(RowsClashError, match="row 0 of batch a"):
        effective_readings([version(1, 1), version(1, 2)])


def test_undoing_a_batch_brings_back_what_was_known_without_it() -> None:
    old, over, alone = (
        version(1, 100, recorded=1, batch="a"),
        version(1, 999, recorded=2, batch="b"),
        version(2, 999, recorded=2, batch="b", row=1),
    )
    late = version(3, 300, recorded=3, batch="c")
    covered = version(3, 999, recorded=2, batch="b", row=2)
    rows = [old, over, alone, covered, late]
    undone = versions_that_undo(rows, batch="b", recorded_at=9, new_batch="d")
    assert [(each.register, each.batch, each.row) for each in undone] == [(100, "d", 0), (None, "d", 1)]
    assert effective_readings([*rows, *undone]) == effective_readings([old, late])
    assert versions_that_undo([*rows, *undone], batch="b", recorded_at=9, new_batch="e") == ()
