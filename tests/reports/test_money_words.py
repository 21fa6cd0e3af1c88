"""Amounts in capital words, both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.reports.errors import UnreadableWordsError, UnsayableNumberError
from shuiheng.reports.money_words import amount_in_words, parse_amount_in_words


@given(st.integers(0, 10**14 - 1))
def test_an_amount_in_words_reads_back_as_itself(fen: int) -> None:
    amount = Decimal(fen).scaleb(-2)
    assert parse_amount_in_words(amount_in_words(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角整"),
        ("100", "人民币壹佰元整"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("10001000", "人民币壹仟万零壹仟元整"),
        ("100000001", "人民币壹亿零壹元整"),
        ("107000.53", "人民币壹拾万零柒仟元伍角叁分"),
    ],
)
def test_zeros_are_said_once_and_only_inside(amount: str, words: str) -> None:
    assert amount_in_words(Decimal(amount)) == words


@given(st.integers(0, 10**14 - 1))
def test_no_two_zeros_stand_side_by_side(fen: int) -> None:
    assert "零零" not in amount_in_words(Decimal(fen).scaleb(-2))


@pytest.mark.parametrize("words", ["壹佰圆正", "人民币 壹佰 元整", "壹佰元"])
def test_other_ways_to_write_the_same_amount_are_understood(words: str) -> None:
    assert parse_amount_in_words(words) == 100


def test_ten_without_a_leading_one_is_understood() -> None:
    assert parse_amount_in_words("拾伍元整") == 15


@pytest.mark.parametrize(
    "words",
    [
        "",
        "人民币",
        "元整",
        "整",
        "壹百元",
        "佰壹元整",
        "壹万万元整",
        "壹贰元整",
        "零壹元整",
        "角",
        "壹佰元整整",
    ],
)
def test_words_that_no_amount_prints_as_are_refused(words: str) -> None:
    with pytest.raises(UnreadableWordsError):
        parse_amount_in_words(words)


@given(st.text("零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整", max_size=24))
def test_any_jumble_is_refused_or_is_an_amount_that_prints_alike(words: str) -> None:
    try:
        amount = parse_amount_in_words(words)
    except UnreadableWordsError:
        return
    assert parse_amount_in_words(amount_in_words(amount)) == amount


@pytest.mark.parametrize("amount", ["-1", "0.001", "1000000000000", "NaN"])
def test_an_amount_without_words_is_refused(amount: str) -> None:
    with pytest.raises(UnsayableNumberError):
        amount_in_words(Decimal(amount))
