"""Quantities: number, unit and the words that compare; and numbers that name things."""

from __future__ import annotations

import pytest

from plans.extract.reading import parse
from shuiheng.plans.extract.quantities import Quantity, quantities_of

FOUND = [
    ("不少于3座", ">=", "3", "座"),
    ("不得超过20%", "<=", "20", "%"),
    ("不应低于5%", ">=", "5", "%"),
    ("超过400万m3", ">", "4000000", "m3"),
    ("小于5公里", "<", "5", "km"),
    ("≥15%", ">=", "15", "%"),
    ("5家以上", ">=", "5", "家"),
    ("5家及以上", ">=", "5", "家"),
    ("10%以内", "<=", "10", "%"),
    ("80米以下", "<=", "80", "米"),
    ("约20公里", None, "20", "km"),
    ("20%左右", None, "20", "%"),
    ("1000余个", None, "1000", "个"),
    ("10多家", None, "10", "家"),
    ("最高3层", "<=", "3", "层"),
]
NAMES = [
    "第3次",
    "每1个",
    "五大工程",
    "三个“深化”",
    "一户一表",
    "两手发力",
    "3市",
    "3月",
    "二次供水",
    "十个",
    "一批",
    "等12个",
]


def _all(words: str) -> list[Quantity]:
    return list(quantities_of(words, 0, len(words)))


@pytest.mark.parametrize(("words", "op", "value", "unit"), FOUND)
def test_a_quantity_carries_its_comparison(words: str, op: str | None, value: str, unit: str) -> None:
    (found,) = _all(words)
    assert (found.op.value if found.op else None, str(found.value), found.unit) == (op, value, unit)
    assert (found.start, found.end) == (0, len(words))


@pytest.mark.parametrize("words", NAMES)
def test_a_number_that_names_is_no_quantity(words: str) -> None:
    assert _all(words.replace("“深化”", "▣▣▣▣")) == []


def test_the_multiple_of_the_second_end_holds_for_the_first() -> None:
    (found,) = _all("18.2-20亿立方米")
    assert (found.value, found.value_max, found.is_range) == (1820000000, 2000000000, True)


def test_both_ends_may_have_the_unit() -> None:
    (found,) = _all("10%-15%")
    assert (found.value, found.value_max, found.unit) == (10, 15, "%")


def test_numbers_in_titles_numbers_of_documents_and_dates_are_left_out() -> None:
    parsed = parse("按照《节水条例（2021年第3号）》（水资源〔2019〕136号）2022年6月30日前完成。")
    assert parsed.quantities == ()
