"""Enumerations must count on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.checks.faulty import Case, text
from plans.made import document_of, plan_of
from shuiheng.plans.checks.numbering import numeral

JUMPS, TWICE = "plans.number_jumps", "plans.number_comes_twice"


@pytest.mark.parametrize(
    "lines",
    [
        ("一、总则", "（一）甲", "（二）乙", "二、任务", "（一）丙"),
        ("（一）甲", "1. 子", "2. 丑", "（二）乙", "3. 寅", "4. 卯"),
        ("（一）甲", "1. 子", "2. 丑", "（二）乙", "1. 寅"),
        ("（三）丙", "（四）丁"),
        ("1.5万立方米以上", "3.2公里"),
        ("2021年任务", "2023年任务"),
        ("（一）同一标题", "（一）同一标题", "（二）乙"),
        ("九、甲", "十、乙", "十一、丙"),
        ("1.4月底会商", "2.加大宣传", "3.5月召开会议", "4.汛前检查"),
        ("1.甲", "1.5公里", "2.乙"),
        ("第一章总则", "第一节甲", "第二节乙", "第二章任务", "第一节丙"),
    ],
)
def test_numbers_that_count_on_or_start_again_are_fine(lines: tuple[str, ...]) -> None:
    assert text(*lines).findings(JUMPS) == ()
    assert text(*lines).findings(TWICE) == ()


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        (("（一）甲", "（二）乙", "（三）丙", "（五）戊"), "（五）"),
        (("1.甲", "2.乙", "4.丁"), "4."),
        (("一、甲", "三、丙"), "三、"),
        (("（1）甲", "（3）丙"), "（3）"),
        (("（一）甲", "1.子", "3.寅", "（二）乙"), "3."),
    ],
)
def test_a_missing_number_is_found_where_it_is_missing(lines: tuple[str, ...], sign: str) -> None:
    case = text(*lines)
    (found,) = case.findings(JUMPS)
    assert found.span is not None
    assert case.document.words(found.span).strip() == sign


def test_a_number_that_two_headings_bear_is_found() -> None:
    assert len(text("（一）甲事", "（二）乙事", "（二）丙事").findings(TWICE)) == 1


def test_enumerators_in_cells_are_read_too() -> None:
    rows = (("类别", "内容"), ("（一）组织", "甲"), ("（二）资金", "乙"), ("（四）宣传", "丙"))
    document = document_of("附表", table=rows)
    assert len(Case(plan_of(), document).findings(JUMPS)) == 1


@pytest.mark.parametrize(
    ("words", "value"), [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("7", 7)]
)
def test_numerals_are_read(words: str, value: int) -> None:
    assert numeral(words) == value


@given(st.integers(2, 20), st.integers(1, 20))
def test_only_a_list_with_a_hole_jumps(length: int, hole: int) -> None:
    lines = [f"{n}、事项" for n in range(1, length + 1) if n != hole]
    is_inside = 1 < hole < length
    assert bool(text(*lines).findings(JUMPS)) is is_inside
