from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.cells.numbers import number_of
from shuiheng.adapters.workbooks.table import Cell

UNITS = ("万m³", "万立方米")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        ("12", "12"),
        ("１２．５", "12.5"),
        (" 1,234.50 ", "1234.50"),
        ("1，234，567", "1234567"),
        ("1 234 567.5", "1234567.5"),
        ("−3.5", "-3.5"),
        ("+7", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("12.5万m³", "12.5"),
        ("12.5 万 M3", "12.5"),
        ("12.5万立方米", "12.5"),
        ("'12", "12"),
    ],
)
def test_messy_but_plain_numbers_are_taken(cell: Cell, number: str) -> None:
    assert number_of(cell, units=UNITS) == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        (True, "number_is_truth"),
        (date(2026, 5, 1), "number_is_day"),
        ("12 3", "number_is_broken"),
        ("1 2345", "number_is_broken"),
        ("=A1+A2", "number_is_formula"),
        ("1.2E5", "number_scientific"),
        ("(12)", "number_in_brackets"),
        ("≤12", "number_is_bound"),
        ("12以上", "number_is_bound"),
        ("约12", "number_is_about"),
        ("十余", "not_a_number"),
        ("10余", "number_is_about"),
        ("10-12", "number_is_range"),
        ("10～12", "number_is_range"),
        ("5、6", "number_is_several"),
        ("3亿", "number_has_multiple"),
        ("12万", "number_has_multiple"),
        ("二十", "number_in_words"),
        ("3,5", "number_comma"),
        ("1.234,5", "number_comma"),
        ("1O0", "number_has_letters"),
        ("12吨", "number_has_unit"),
        ("12%", "number_has_unit"),
        ("待报", "not_a_number"),
        ("1" * 61, "not_a_number"),
    ],
)
def test_what_could_mean_two_things_is_asked_back(cell: Cell, cause: str) -> None:
    found = number_of(cell, units=UNITS)
    assert isinstance(found, Fault) and found.cause == cause


def test_what_was_probably_meant_is_suggested() -> None:
    for text, wanted in (("1.5万", "15000"), ("（12）", "-12"), ("1O5", "105"), ("2亿m³", "200000000m3")):
        found = number_of(text)
        assert isinstance(found, Fault) and dict(found.values)["suggestion"] == wanted


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=4))
def test_a_printed_number_is_read_back(number: Decimal) -> None:
    assert number_of(f"{number:f}") == number
    assert number_of(f"{number:,f}") == number


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_a_fault(text: str) -> None:
    assert isinstance(number_of(text, units=UNITS), Decimal | Fault)


@pytest.mark.parametrize("piece", ["1", "1,", "1 ", "1-", "1、", "(1", "约", "<", ".", "=1", "1万"])
def test_long_texts_cost_little(piece: str) -> None:
    began = time.process_time()
    number_of(piece * 10_000, units=UNITS)
    assert time.process_time() - began < 0.5
