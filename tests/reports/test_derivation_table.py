"""A derivation as printed rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from charges.made import ladder, use
from shuiheng.charges.ladder import surcharge
from shuiheng.reports.derivation_table import DerivationWords, derivation_rows, shown_value

WORDS = DerivationWords(
    names={"excess": "超出水量", "surcharge": "加价水费"},
    units={"yuan": "元", "m3": "m³"},
    labels={"0–10%": "一档"},
)


def test_each_step_is_a_row_and_the_last_one_gives_the_amount() -> None:
    derived = surcharge(ladder(("0.1", "1"), ("", "2")), [use("1150", "1000", "3")]).amount
    rows = derivation_rows(derived, WORDS)
    assert [row.is_result for row in rows] == [False] * (len(rows) - 1) + [True]
    assert (rows[-1].name, rows[-1].value, rows[-1].unit) == ("加价水费", "600.00", "元")
    excess = next(row for row in rows if row.name == "超出水量")
    assert (excess.formula, excess.value, excess.unit) == ("max(0, 1150 − 1000)", "150", "m³")
    assert [(term.name, term.value, term.origin) for term in excess.terms] == [
        ("volume", "1150", "settled_month:1"), ("plan", "1000", "allowance:1")
    ]  # fmt: skip
    assert excess.citation is not None and excess.citation.rule == "charges/over_plan_ladder"
    assert any(row.name == "band_amount (一档)" for row in rows)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("600", "yuan", "600.00"),
        ("600.125", "yuan", "600.125"),
        ("1E+3", "m3", "1000"),
        ("0.3333333333", "ratio", "≈0.333333"),
        ("0.0000001", "yuan", "≈0.00"),
        ("-12.50", "yuan", "-12.50"),
        ("0", "m3", "0"),
    ],
)
def test_values_are_shown_whole_or_marked(value: str, unit: str, shown: str) -> None:
    assert shown_value(Decimal(value), unit) == shown
