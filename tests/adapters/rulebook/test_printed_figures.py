"""A value is held against the text of its source: article, figure and number each can be wrong."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.printed_figures import articles_of, check_prints, figures_of, numbers_of
from shuiheng.rules.parameter import DatedValue, Mark, Parameter, Shape, Value
from shuiheng.rules.source import Source, SourceKind

TEXT = """# 演示市节水办法

## 第一章 总则

第一条 为了演示，制定本办法。

第二条 用水超过计划百分之十以内的部分，按照一倍加收，第三条另有规定的除外。

超过百分之十的部分，按照二倍加收。

## 第二章 期限

第三条 每年十二月三十一日前报送，半年内复测，用水不少于三万立方米。
""".encode()
SOURCE = Source(
    id="demo-rules",
    kind=SourceKind.REGULATION,
    title="演示市节水办法",
    text_hash="sha256:" + hashlib.sha256(TEXT).hexdigest(),
)
RIGHT = DatedValue(
    rule="charges/ladder",
    area="9901",
    valid_from=date(2026, 1, 1),
    value={
        "mode": "additional",
        "bands": ({"up_to": Decimal("0.1"), "multiple": Decimal(1)}, {"multiple": Decimal(2)}),
    },
    source="demo-rules",
    clause="第二条",
    printed=("百分之十", "一倍", "二倍"),
    mark=Mark.FOUND,
    recorded_on=date(2026, 1, 1),
)


def reasons(value: DatedValue, text: bytes = TEXT) -> list[tuple[str, str]]:
    rule = Parameter(
        id=value.rule,
        names={"zh": "阶梯", "en": "Ladder"},
        unit="",
        shape=Shape.RECORD,
        fields={},
        values=(value,),
    )
    return [(each.reason, each.figure) for each in check_prints([rule], [SOURCE], [text]).misprints]


def test_a_value_whose_figures_stand_in_its_article_is_right() -> None:
    assert reasons(RIGHT) == []
    assert reasons(replace(RIGHT, clause="第二条、第三条", printed=(*RIGHT.printed, "三万立方米"))) == []


def test_a_planted_article_is_caught() -> None:
    assert reasons(replace(RIGHT, clause="第四条")) == [("no_article", "第四条")]
    assert reasons(replace(RIGHT, clause="附件二")) == [("no_article", "附件二")]
    assert [reason for reason, _ in reasons(replace(RIGHT, clause="第三条"))] == ["not_printed"] * 3


def test_a_planted_figure_is_caught() -> None:
    wrong = replace(RIGHT, printed=("百分之十", "一倍", "二倍", "三倍"))
    assert reasons(wrong) == [("not_printed", "三倍")]


def test_a_value_that_its_figures_do_not_give_is_caught() -> None:
    wrong = replace(RIGHT, value={"bands": ({"up_to": Decimal("0.15"), "multiple": Decimal(1)},)})
    assert reasons(wrong) == [("not_given", "0.15")]


def test_a_text_that_is_not_the_one_that_was_read_is_not_held_against() -> None:
    checked = check_prints([], [SOURCE], [TEXT + b" "])
    assert checked.looked_for == 0 and reasons(replace(RIGHT, clause="第九条"), TEXT + b" ") == []


def test_articles_begin_at_their_heading_and_not_where_they_are_named() -> None:
    articles = articles_of(TEXT.decode())
    assert list(articles) == ["第一条", "第二条", "第三条"]
    assert "二倍" in articles["第二条"] and "第二章" not in articles["第二条"]


@pytest.mark.parametrize(
    ("printed", "given"),
    [
        ("百分之十", {Decimal("0.1")}),
        ("千分之五", {Decimal("0.005")}),
        ("50‰", {Decimal("0.05")}),
        ("12.5%", {Decimal("0.125")}),
        ("1万元以上10万元以下", {Decimal(10_000), Decimal(100_000)}),
        ("两千元以上二万元以下", {Decimal(2_000), Decimal(20_000)}),
        ("十二月三十一日", {"12-31"}),
        ("12月31日", {"12-31"}),
        ("半年", {Decimal(6)}),
        ("货值等值以下", {Decimal(1)}),
        ("二十四小时", {Decimal(24)}),
        ("三十万吨", {Decimal(300_000)}),
        ("首先满足", frozenset()),
    ],
)
def test_printed_figures_are_read_as_chinese_law_writes_them(printed: str, given: set[object]) -> None:
    assert figures_of(printed) == given


def test_the_numbers_of_a_value_are_all_of_them_but_nought() -> None:
    value: Value = {"a": Decimal("0.1"), "b": ({"c": Decimal(0)}, {"d": "12-31", "e": "word"})}
    assert list(numbers_of(value)) == [Decimal("0.1"), "12-31"]
