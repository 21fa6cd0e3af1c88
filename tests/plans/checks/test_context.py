"""What every check is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from plans.checks.faulty import one_target, one_task, text
from plans.made import document_of
from shuiheng.kernel import Span
from shuiheng.plans import Block, BlockKind, Operator, PlanHeader
from shuiheng.plans.checks.context import (
    item_words,
    level_of,
    names,
    number_text,
    page_at,
    title_year,
    value_text,
)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("省级节水型企业", ("节水型企业", "省级")),
        ("节水型企业（省级）", ("节水型企业", "省级")),
        ("全市节水型企业", ("节水型企业", None)),
    ],
)
def test_the_level_of_a_metric_is_taken_off(metric: str, expected: tuple[str, str | None]) -> None:
    assert level_of(metric) == expected


@pytest.mark.parametrize(
    ("value", "unit", "op", "shown"),
    [
        ("2150000000", "m3", Operator.AT_MOST, "≤21.5亿立方米"),
        ("310000", "亩", Operator.AT_LEAST, "≥31万亩"),
        ("0.560", "系数", Operator.AT_LEAST, "≥0.56"),
        ("9", "%", Operator.BELOW, "＜9%"),
        ("12", "家", Operator.EQUAL, "12家"),
        ("900", "m3", Operator.EQUAL, "900立方米"),
    ],
)
def test_a_value_is_written_as_people_write_it(value: str, unit: str, op: Operator, shown: str) -> None:
    made = one_target("漏损率9%", "漏损率", value, unit=unit, op=op)
    assert value_text(made.plan.targets[0]) == shown


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2021年节水要点", 2021),
        ("节水方案（2021—2025年）", None),
        ("2021年至2023年计划", None),
        ("方案", None),
    ],
)
def test_a_title_with_one_year_names_the_year(title: str, year: int | None) -> None:
    assert title_year(replace(text("方案").plan, header=PlanHeader(title=title))) == year


def test_numbers_and_lists_are_printed_plainly() -> None:
    assert number_text(Decimal("10.500")) == "10.5"
    assert number_text(None) == ""
    assert names(["市水利局", "市水利局", "市教育局"]) == "市水利局、市教育局"


def test_the_page_is_that_of_the_block() -> None:
    document = document_of("甲乙丙")
    paged = replace(document, blocks=(Block(kind=BlockKind.PARAGRAPH, span=Span(0, 3), page=4),))
    assert page_at(paged, Span(1, 2)) == 4
    assert page_at(paged, Span(50, 51)) is None
    assert page_at(paged, None) is None


def test_the_day_of_issue_is_that_of_the_header_first() -> None:
    assert one_target("漏损率9%", "漏损率", "9").plan.header.issued == date(2023, 3, 1)


def test_an_item_is_named_by_its_words_never_by_its_id() -> None:
    case = one_target("漏损率9%", "漏损率", "9")
    assert item_words(case.plan.targets[0]) == f"漏损率{value_text(case.plan.targets[0])}"
    assert item_words(replace(case.plan.targets[0], scope="东区")) == (
        f"漏损率（东区）{value_text(case.plan.targets[0])}"
    )
    task = replace(one_task(lead=("市水利局",)).plan.tasks[0], number="3", text="甲" * 30)
    assert item_words(task) == f"3 {'甲' * 20}…"
