"""Rules as lines for a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.printed_figures import Misprint
from shuiheng.cli.rule_printing import (
    difference_lines,
    misprint_line,
    place_name,
    rule_lines,
    state_of,
    value_lines,
)
from shuiheng.rules.parameter import Check, DatedValue, Mark, Parameter, Shape

VALUE = DatedValue(
    rule="charges/late_fee",
    area="9901",
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 1, 1),
    value={"rate_per_day": Decimal("0.005")},
    source="demo-rules",
    clause="第三条",
    printed=("千分之五",),
    mark=Mark.FOUND,
    check=Check(by="王某", on=date(2026, 2, 3)),
    recorded_on=date(2026, 1, 1),
    note="演示",
)
RULE = Parameter(
    id="charges/late_fee",
    names={"zh": "滞纳金", "en": "Late fee"},
    unit="",
    shape=Shape.RECORD,
    fields={"rate_per_day": "ratio", "cap_share": "ratio"},
    values=(VALUE, replace(VALUE, area="", check=None)),
)


def test_a_value_shows_place_days_source_state_parts_print_and_note() -> None:
    assert list(value_lines(RULE, VALUE, language="en")) == [
        "  9901 from 2026-01-01 until before 2027-01-01  demo-rules 第三条"
        "  [found in its source, checked by 王某 on 2026-02-03]",
        "    Share per day 0.5%",
        "    “千分之五”",
        "    演示",
    ]


def test_the_nation_comes_first() -> None:
    lines = [line for line in rule_lines(RULE, language="zh") if "自2026" in line]
    assert [line.split()[0] for line in lines] == ["全国", "9901"]


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "已查原文, 未核对"), ("en", "found in its source, unchecked")]
)
def test_what_nobody_checked_says_so(language: str, words: str) -> None:
    assert state_of(RULE.values[1], language=language) == words


def test_a_part_that_one_side_lacks_is_a_dash() -> None:
    other = replace(VALUE, value={"rate_per_day": Decimal("0.002"), "cap_share": Decimal(1)})
    lines = list(difference_lines(RULE, VALUE, other, language="en"))
    assert lines[-2:] == ["    Share per day: 0.5% → 0.2%", "    Cap as share of what is owed: — → 100%"]


def test_a_misprint_names_rule_source_and_figure() -> None:
    line = misprint_line(Misprint(value=VALUE, figure="千分之六", reason="not_printed"), language="en")
    assert line.startswith("rules.not_printed ") and "千分之六" in line and "demo-rules, 第三条" in line


def test_a_place_without_a_name_is_its_code() -> None:
    assert (place_name("9901", language="zh"), place_name("3710", language="zh")) == ("9901", "威海市")
