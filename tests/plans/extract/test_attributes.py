"""Quantities that only describe."""

from __future__ import annotations

import pytest

from shuiheng.plans.extract.attributes import is_attribute, is_bare_attribute
from shuiheng.plans.extract.quantities import quantities_of

CLASSES = [
    "年用水量5万立方米以上的企业",
    "对建筑面积2万平方米以上的建筑",
    "千亩以上灌区",
    "30万千瓦及以上机组",
    "漏损率超过12%的企业",
]
VALUES = [
    "新建管网80公里以上",
    "建成企业5家以上",
    "利用率达到25%以上",
    "推动30万平方米以上的建筑改造",
    "达到5%的目标",
]
BARE = ["500米覆盖率", "3年行动", "15分钟生活圈", "5千至1万吨的企业", "15公里供热半径范围"]


def _is_class(words: str) -> bool:
    quantity = next(quantities_of(words, 0, len(words)))
    return is_attribute(words, quantity, start=0, end=len(words), next_start=len(words))


@pytest.mark.parametrize("words", CLASSES)
def test_a_quantity_in_front_of_its_noun_singles_out_a_class(words: str) -> None:
    assert _is_class(words)


@pytest.mark.parametrize("words", VALUES)
def test_a_quantity_to_reach_does_not(words: str) -> None:
    assert not _is_class(words)


@pytest.mark.parametrize("words", BARE)
def test_a_size_that_compares_nothing_describes(words: str) -> None:
    quantity = next(quantities_of(words, 0, len(words)))
    assert is_bare_attribute(words, quantity, end=len(words))
