"""Days, periods and numbers in the words of official documents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel.period import Period
from shuiheng.reports.errors import UnreadableWordsError, UnsayableNumberError
from shuiheng.reports.wording import (
    change_words,
    counting_words,
    day_words,
    enumerator,
    listed,
    long_number_words,
    number_words,
    parse_day_words,
    percent_words,
    period_words,
    quantity_words,
    sentence,
    split_amount,
    volume_words,
)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_in_words_reads_back_as_itself(day: date) -> None:
    assert parse_day_words(day_words(day)) == day


def test_a_day_has_no_leading_zeros() -> None:
    assert day_words(date(2026, 5, 1)) == "2026年5月1日"


@pytest.mark.parametrize("words", ["2026年2月30日", "2026-05-01", "五月一日", ""])
def test_words_that_name_no_day_are_refused(words: str) -> None:
    with pytest.raises(UnreadableWordsError):
        parse_day_words(words)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        (date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        (date(2026, 4, 1), date(2026, 6, 30), "2026年第二季度"),
        (date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        (date(2023, 2, 1), date(2023, 2, 27), "2023年2月1日至2023年2月27日"),
        (date(2026, 2, 1), date(2026, 4, 30), "2026年2月1日至2026年4月30日"),
        (date(2025, 10, 1), date(2026, 3, 31), "2025年10月1日至2026年3月31日"),
    ],
)
def test_a_period_has_a_name_only_when_it_is_whole(first: date, last: date, words: str) -> None:
    assert period_words(Period(first, last)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("850", "850立方米"),
        ("850.5", "851立方米"),
        ("9999.4", "9999立方米"),
        ("9999.5", "1万立方米"),
        ("123456", "12.35万立方米"),
        ("99990000", "9999万立方米"),
        ("99999999", "1亿立方米"),
        ("320000000", "3.2亿立方米"),
        ("-123456", "-12.35万立方米"),
        ("0", "0立方米"),
    ],
)
def test_a_volume_is_long_from_ten_thousand_on(value: str, words: str) -> None:
    assert volume_words(Decimal(value)) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("0.0925", "ratio", "9.25%"),
        ("9.256", "%", "9.26%"),
        ("10", "%", "10%"),
        ("0.648", "系数", "0.648"),
        ("320040000", "m3", "3.2004亿立方米"),
        ("25000", "亩", "2.5万亩"),
        ("12", "家", "12家"),
        ("12.50", "km", "12.5公里"),
    ],
)
def test_a_value_is_printed_with_its_unit(value: str, unit: str, words: str) -> None:
    assert quantity_words(Decimal(value), unit) == words


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=0))
def test_a_volume_in_whole_m3_below_a_hundred_million_keeps_every_digit(value: Decimal) -> None:
    printed, multiple, _ = split_amount(long_number_words(value, places=8))
    assert printed * multiple == value


def test_rates_differ_in_percentage_points_and_volumes_in_percent() -> None:
    assert change_words(before=Decimal("11.5"), after=Decimal("9.2"), unit="%") == "下降2.3个百分点"
    assert change_words(before=Decimal("0.092"), after=Decimal("0.115"), unit="ratio") == "上升2.3个百分点"
    assert change_words(before=Decimal(200), after=Decimal(176), unit="m3") == "下降12%"
    assert change_words(before=Decimal("9.201"), after=Decimal("9.202"), unit="%") == "持平"


def test_a_change_against_zero_has_no_percentage() -> None:
    with pytest.raises(UnsayableNumberError):
        change_words(before=Decimal(0), after=Decimal(1), unit="m3")


@given(
    st.decimals(0, 100, places=4),
    st.decimals(0, 100, places=4),
)
def test_a_change_and_its_reverse_say_the_same_distance(before: Decimal, after: Decimal) -> None:
    one = change_words(before=before, after=after, unit="%")
    other = change_words(before=after, after=before, unit="%")
    if one == "持平":
        assert other == "持平"
    else:
        assert {one[:2], other[:2]} == {"上升", "下降"}
        assert one[2:] == other[2:]


def test_numbers_are_rounded_half_up_and_zero_has_no_sign() -> None:
    assert number_words(Decimal("2.345"), places=2) == "2.35"
    assert number_words(Decimal("-0.001"), places=2) == "0.00"
    assert number_words(Decimal("1200")) == "1200"
    assert number_words(Decimal("1E+3")) == "1000"
    assert percent_words(Decimal("0.5")) == "50%"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+60"])
def test_a_number_that_no_page_can_hold_is_refused(value: str) -> None:
    with pytest.raises(UnsayableNumberError):
        volume_words(Decimal(value))


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("12项", ("12", "1", "项")),
        ("3.2亿立方米", ("3.2", "100000000", "亿立方米")),
        ("9.26%", ("9.26", "1", "%")),
        ("-5万", ("-5", "10000", "万")),
    ],
)
def test_a_printed_amount_comes_apart_into_number_multiple_and_unit(
    words: str, amount: tuple[str, str, str]
) -> None:
    assert split_amount(words) == (Decimal(amount[0]), Decimal(amount[1]), amount[2])


@pytest.mark.parametrize("words", ["暂无数据", "", "约12项"])
def test_words_without_a_number_in_front_are_refused(words: str) -> None:
    with pytest.raises(UnreadableWordsError):
        split_amount(words)


def test_headings_count_as_official_documents_do() -> None:
    assert [counting_words(number) for number in (1, 10, 11, 20, 21, 99, 100, 105, 110, 999)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "九十九",
        "一百",
        "一百零五",
        "一百一十",
        "九百九十九",
    ]
    assert [enumerator(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]
    for level, number in ((5, 1), (1, 1000), (1, 0)):
        with pytest.raises(UnsayableNumberError):
            enumerator(level, number)


def test_a_list_leaves_out_what_is_empty() -> None:
    assert listed(["市水利局", "", "市财政局"]) == "市水利局、市财政局"


@pytest.mark.parametrize(
    ("given_words", "closed"),
    [("已完成", "已完成。"), ("已完成；\n 待验收。 ", "已完成；待验收。"), ("", ""), ("。", "")],
)
def test_words_of_a_unit_become_one_closed_sentence(given_words: str, closed: str) -> None:
    assert sentence(given_words) == closed
