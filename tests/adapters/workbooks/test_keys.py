from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from adapters.workbooks.making import FORM, honest_row
from shuiheng.adapters.workbooks.checked import CheckedRow
from shuiheng.adapters.workbooks.keys import row_digest, row_key, table_key

ROW = honest_row(3)


def _row(number: int) -> CheckedRow:
    values = honest_row(number)
    return CheckedRow(
        number=number, values=values, key=row_key(FORM, values), digest=row_digest(FORM, values, "")
    )


def test_a_row_keeps_its_key_when_its_answers_change_and_its_digest_does_not() -> None:
    other = {**ROW, "done": Decimal("0.5")}
    assert row_key(FORM, other) == row_key(FORM, ROW)
    assert row_digest(FORM, other, "") != row_digest(FORM, ROW, "")
    assert row_digest(FORM, ROW, "已核实") != row_digest(FORM, ROW, "")


def test_the_way_a_number_is_written_changes_nothing() -> None:
    assert row_digest(FORM, {**ROW, "done": Decimal("2.50")}, "") == row_digest(
        FORM, {**ROW, "done": Decimal("2.5")}, ""
    )


def test_another_form_gives_another_key() -> None:
    assert row_key(replace(FORM, id="other"), ROW) != row_key(FORM, ROW)


def test_the_order_of_rows_does_not_change_the_key_of_a_table() -> None:
    rows = [_row(1), _row(2)]
    assert table_key(FORM, None, rows) == table_key(FORM, None, reversed(rows))
    assert table_key(FORM, None, rows) != table_key(FORM, None, rows[:1])
