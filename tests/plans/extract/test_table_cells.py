"""Values of a table cell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.plans.extract.table_cells import cell_values, with_unit
from shuiheng.plans.wording import squeeze


def test_a_bare_number_takes_unit_and_multiple_of_the_column() -> None:
    (value,) = cell_values(squeeze("12.5"), "万立方米")
    assert (value.quantity.value, value.quantity.unit) == (125000, "m3")
    assert with_unit(value.quantity, "家") is value.quantity


def test_words_before_a_value_are_its_class() -> None:
    (value,) = cell_values(squeeze("县级城市≥80%"), "")
    assert value.scope == "县级城市"


def test_a_year_of_comparison_is_no_value() -> None:
    (value,) = cell_values(squeeze("比2020年降低6%"), "")
    assert (value.quantity.value, value.base_year, value.verb) == (6, 2020, "reducing")


def test_words_without_a_number_give_no_value() -> None:
    assert cell_values(squeeze("完成下达任务"), "%") == []


@given(st.text(alphabet="≥≤1234567890.%％[]（）—-~，、；其中力争比年降低县城市万亿立方米家", max_size=40))
def test_no_cell_raises_and_every_place_lies_inside(text: str) -> None:
    words = squeeze(text)
    for value in cell_values(words, "万立方米"):
        assert 0 <= value.start < value.end <= len(words)
