"""Numbers in all the ways that documents write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.plans.extract.numerals import number_of

NUMBERS = [
    ("12", "12"),
    ("1,200", "1200"),
    ("0.601", "0.601"),
    ("4.84亿", "484000000"),
    ("0.4万", "4000"),
    ("5千", "5000"),
    ("3百", "300"),
    ("2万亿", "2000000000000"),
    ("3千万", "30000000"),
    ("6百万", "6000000"),
    ("一百二十", "120"),
    ("两", "2"),
    ("十二", "12"),
    ("二十", "20"),
    ("一千零五", "1005"),
    ("三万", "30000"),
    ("千", "1000"),
    ("万", "10000"),
    ("七成", "70"),
    ("百分之三十五", "35"),
    ("半", "50"),
    ("二〇二五", "2025"),
    ("一亿二千万", "120000000"),
]


@pytest.mark.parametrize(("words", "value"), NUMBERS)
def test_a_number_is_read_exactly(words: str, value: str) -> None:
    assert number_of(words) == Decimal(value)


@pytest.mark.parametrize("words", ["", "水", "1.2.3", "百分之", "3家", "成"])
def test_what_is_no_number_gives_none(words: str) -> None:
    assert number_of(words) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_every_whole_number_in_digits_is_itself(value: int) -> None:
    assert number_of(str(value)) == value


@given(st.text(alphabet="零一二两三四五六七八九十百千万亿半成分之0123456789,.", max_size=24))
def test_no_run_of_numerals_raises(words: str) -> None:
    number_of(words)
