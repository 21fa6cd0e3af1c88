"""Kinds and operators by the words."""

from __future__ import annotations

import pytest

from shuiheng.plans.extract.kinds import Setting, is_asked_for, kind_of, operator_of, unit_of_target
from shuiheng.plans.extract.phrases import Phrase
from shuiheng.plans.extract.quantities import Quantity, quantities_of


def _quantity(words: str) -> Quantity:
    return next(quantities_of(words, 0, len(words)))


def _phrase(verb: str | None = None, *, making: bool = False) -> Phrase:
    return Phrase(start=0, end=2, verb=verb, making=making)


@pytest.mark.parametrize(
    ("words", "verb", "making", "metric", "kind"),
    [
        ("3%", "reaching", False, "利用率", "level"),
        ("3%", "reducing", False, "用水量", "reduction"),
        ("3%", None, False, "能耗下降率", "reduction"),
        ("3个百分点", "raising", False, "利用率", "increment"),
        ("3个百分点", "reducing", False, "漏损率", "reduction"),
        ("3家", None, True, "企业", "count"),
        ("3家", "lowering", False, "企业", "level"),
        ("3公里", None, True, "管网", "count"),
        ("3公里", "reaching", False, "里程", "level"),
        ("3亩", None, False, "新增灌溉面积", "count"),
    ],
)
def test_the_kind_follows_unit_verb_and_noun(
    words: str, verb: str, making: bool, metric: str, kind: str
) -> None:
    assert kind_of(_quantity(words), _phrase(verb, making=making), metric=metric).value == kind


@pytest.mark.parametrize(
    ("words", "verb", "before", "op"),
    [
        ("3%", "reaching", "率达到", ">="),
        ("3%", "reaching", "率保持在", "="),
        ("3%", "lowering", "率控制在", "<="),
        ("3%以内", "lowering", "率控制在", "<="),
        ("3%左右", "reaching", "率达到", "="),
        ("3家", None, "至少创建", ">="),
        ("3家", None, "创建", "="),
        ("3-4家", None, "创建", "~"),
    ],
)
def test_the_operator_follows_the_words(words: str, verb: str, before: str, op: str) -> None:
    assert operator_of(_quantity(words), _phrase(verb), before=before).value == op


def test_a_bare_number_has_a_unit_only_as_a_coefficient() -> None:
    assert unit_of_target(_quantity("0.6"), metric="利用系数") == "系数"
    assert unit_of_target(_quantity("0.6"), metric="利用率") is None


def test_money_and_definitions_ask_for_nothing() -> None:
    setting = Setting(before="总投资", behind="", is_governed=True, in_list=False)
    assert not is_asked_for(_quantity("3亿元"), _phrase(), setting)
