"""Which cut-offs decide about a list of users; the words here are few, the rulebook has more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel.comparison import Comparison
from shuiheng.rules.cut_offs import CutOff, MemberWords, WhyNot, rule_mark, rules_of_cut_off, whom
from shuiheng.rules.membership import MembershipRule, Who

WORDS = MemberWords(
    quantities={"年用水": "use", "年取水": "abstraction"},
    of_source={("use", "supply"): "use_of_supply"},
    water=("用水", "水量"),
    periods=("月",),
    not_amounts=("万元",),
    duties={"在线计量": "online", "计量设施": "meters", "计划用水": "allowance", "计划用水管理": "allowance"},
    spares=("可不",),
    wishes=("鼓励",),
    whom={
        "工业": Who(classes=frozenset({"industry"})),
        "工业企业": Who(classes=frozenset({"industry"})),
        "服务业": Who(classes=frozenset({"services"})),
        "规模以上": Who(is_above_scale=True),
        "机关": Who(classes=frozenset({"services"}), is_public=True),
        "公共供水用户": Who(sources=frozenset({"supply"})),
        "自备水用户": Who(sources=frozenset({"abstraction"})),
    },
    neutral=("用水单位", "的"),
    joins=("和", "或", "、"),
    every=("全部",),
    beside=("园区",),
)
CUT_OFF = CutOff(
    applies_to="工业和服务业用水单位",
    quantity="年用水量",
    op=">=",
    value=Decimal(5),
    unit="万立方米",
    effect="全部实行计划用水管理",
)


def test_a_cut_off_of_the_year_becomes_a_rule() -> None:
    assert rules_of_cut_off(CUT_OFF, WORDS) == (
        MembershipRule(
            duty="allowance",
            quantity="use",
            op=Comparison.AT_LEAST,
            limit=Decimal(50_000_000),
            who=Who(classes=frozenset({"industry", "services"})),
        ),
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"quantity": "用地面积", "unit": "m2"}, WhyNot.OTHER_QUANTITY),
        ({"quantity": "万元产值年用水量"}, WhyNot.OTHER_QUANTITY),
        ({"quantity": "月用水量"}, WhyNot.OTHER_PERIOD),
        ({"quantity": "用水量"}, WhyNot.NO_PERIOD),
        ({"unit": "户"}, WhyNot.OTHER_UNIT),
        ({"op": "="}, WhyNot.NO_COMPARISON),
        ({"effect": "建设再生水利用工程"}, WhyNot.NO_DUTY),
        ({"effect": "可不实行计划用水管理"}, WhyNot.SPARED),
    ],
)
def test_a_cut_off_that_is_no_rule_says_why(change: dict[str, Any], why: WhyNot) -> None:
    assert rules_of_cut_off(replace(CUT_OFF, **change), WORDS) is why


def test_one_cut_off_may_ask_for_two_things_and_one_word_is_not_counted_twice() -> None:
    two = rules_of_cut_off(replace(CUT_OFF, effect="计划用水，在线计量设施"), WORDS)
    assert not isinstance(two, WhyNot)
    assert [rule.duty for rule in two] == ["allowance", "online"]


@pytest.mark.parametrize(
    ("effect", "wished"),
    [
        ("实行计划用水，完善计量设施", []),
        ("实行计划用水，鼓励在线计量，完善计量设施", ["online", "meters"]),
        ("鼓励计划用水，在线计量；完善计量设施", ["allowance", "online"]),
        ("鼓励在线计量。实行计划用水；在线计量", []),
    ],
)
def test_a_word_that_encourages_holds_to_the_end_of_its_sentence(effect: str, wished: list[str]) -> None:
    rules = rules_of_cut_off(replace(CUT_OFF, effect=effect), WORDS)
    assert not isinstance(rules, WhyNot)
    assert [rule.duty for rule in rules if rule.is_wish] == wished


def test_use_of_those_on_one_kind_of_source_is_the_water_from_it() -> None:
    rules = rules_of_cut_off(replace(CUT_OFF, applies_to="公共供水用户"), WORDS)
    assert not isinstance(rules, WhyNot)
    assert rules[0].quantity == "use_of_supply"


INDUSTRY = Who(classes=frozenset({"industry"}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [Who()]),
        ("工业企业", [INDUSTRY]),
        ("规模以上的工业企业", [replace(INDUSTRY, is_above_scale=True)]),
        ("工业、服务业", [Who(classes=frozenset({"industry", "services"}))]),
        ("公共供水用户和自备水用户", [Who(sources=frozenset({"abstraction", "supply"}))]),
        ("工业企业或园区", [replace(INDUSTRY, beside=("园区",))]),
        ("园区", [Who(beside=("园区",))]),
        ("用水单位或工业企业", [Who()]),
        ("高耗水工业企业", [replace(INDUSTRY, unread=("高耗水",))]),
        ("工业企业和机关", [INDUSTRY, Who(classes=frozenset({"services"}), is_public=True)]),
        ("工业企业和自备水用户", [INDUSTRY, Who(sources=frozenset({"abstraction"}))]),
        (
            "规模以上工业和服务业",
            [replace(INDUSTRY, is_above_scale=True), Who(classes=frozenset({"services"}))],
        ),
    ],
)
def test_words_side_by_side_narrow_and_joined_ones_widen(text: str, found: list[Who]) -> None:
    assert [aimed.who for aimed in whom(text, WORDS)] == found


def test_all_of_those_behind_a_joining_word_are_meant_whatever_their_amount() -> None:
    rules = rules_of_cut_off(replace(CUT_OFF, applies_to="公共供水用户和全部自备水用户"), WORDS)
    assert not isinstance(rules, WhyNot)
    assert [(rule.limit, rule.op, *rule.who.sources) for rule in rules] == [
        (50_000_000, Comparison.AT_LEAST, "supply"),
        (0, Comparison.AT_LEAST, "abstraction"),
    ]
    alone = rules_of_cut_off(replace(CUT_OFF, applies_to="全部自备水用户"), WORDS)
    assert not isinstance(alone, WhyNot)
    assert [rule.limit for rule in alone] == [50_000_000]


@given(st.lists(st.sampled_from([*WORDS.whom, "和", "、", "园区", "高耗水", "的"]), max_size=8).map("".join))
def test_no_word_is_lost(text: str) -> None:
    found = whom(text, WORDS)
    assert ("高耗水" in text) <= any("高耗水" in word for aimed in found for word in aimed.who.unread)


def test_a_mark_tells_rules_apart_that_say_different_things() -> None:
    rules = rules_of_cut_off(CUT_OFF, WORDS)
    assert not isinstance(rules, WhyNot)
    rule = rules[0]
    others = [
        replace(rule, limit=rule.limit + 1),
        replace(rule, op=Comparison.ABOVE),
        replace(rule, who=Who()),
        replace(rule, duty="meters"),
    ]
    assert rule_mark(rule) == rule_mark(replace(rule, limit=Decimal("5E7")))
    assert len({rule_mark(each) for each in (rule, *others)}) == 5
