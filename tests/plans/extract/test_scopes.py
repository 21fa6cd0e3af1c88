"""Places and subjects as scopes, in sentences written for these tests."""

from __future__ import annotations

import pytest

from plans.extract.reading import figures, parse
from shuiheng.plans.extract.scopes import is_jurisdiction


def test_a_province_is_not_taken_for_its_first_character() -> None:
    parsed = parse("到2025年，建成5家。")
    assert not is_jurisdiction("清水市", parsed)


def test_a_collective_keeps_the_bracket_behind_it() -> None:
    assert figures("各县（市、区）至少建成再生水厂1座。") == ["count >=1座 再生水厂 @各县（市、区）"]


BARE_RATES = [
    ("年取水量10万立方米以上的企业全部安装计量设施，安装率达到100%。", "@年取水量10万立方米以上的企业"),
    ("年取水量10万立方米以上的企业全部纳入监控，公共供水计划用水率达到90%。", ""),
    ("年取水量10万立方米以上的企业全部纳入监控；安装率达到100%。", ""),
]


@pytest.mark.parametrize(("text", "scope"), BARE_RATES)
def test_only_a_rate_without_a_thing_is_for_the_class_of_the_clause_before(text: str, scope: str) -> None:
    assert figures(text)[-1].partition(" @")[2] == scope.removeprefix("@")
