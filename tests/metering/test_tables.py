"""Tables: what every engine writes and reads."""

from __future__ import annotations

from itertools import pairwise

from shuiheng.metering import tables
from shuiheng.metering.tables import MISSING, WITHDRAWN


def test_no_register_and_no_volume_are_below_every_number_of_litres() -> None:
    assert MISSING < WITHDRAWN < -(2**62)


def test_columns_of_a_table_have_names_of_their_own() -> None:
    for table in (tables.EVIDENCE, tables.READING, tables.DAY_BLOCK, tables.MONTH_BLOCK, tables.VOLUME):
        names = sorted(column.name for column in table)
        assert all(left != right for left, right in pairwise(names))


def test_only_registers_that_withdraw_and_volumes_can_be_missing() -> None:
    nullable = {
        column.name
        for table in (tables.EVIDENCE, tables.DAY_BLOCK, tables.VOLUME)
        for column in table
        if column.nullable
    }
    assert nullable == {"register", "night", "litres"}
