"""Noun phrases before and behind a quantity."""

from __future__ import annotations

import pytest

from shuiheng.plans.extract.phrases import noun_after, phrase_before, with_act_at_end, without_remnant

PHRASES = [
    ("全市再生水利用率达到", "再生水利用率", "reaching"),
    ("管网漏损率控制在", "管网漏损率", "lowering"),
    ("管网漏损率降至", "管网漏损率", "lowering"),
    ("用水量较▦▦▦▦▦下降", "用水量", "reducing"),
    ("利用率每年提高", "利用率", "raising"),
    ("灌溉面积累计达到", "灌溉面积", "reaching"),
    ("合格率为", "合格率", "equalling"),
    ("力争建成节水型企业", "节水型企业", None),
    ("完成用水审计", "用水审计", None),
    ("更新改造供水管网", "更新改造供水管网", None),
    ("可再生能源占比", "可再生能源占比", None),
    ("建成区绿地率达到", "建成区绿地率", "reaching"),
    ("完成水质提升", "水质提升", None),
    ("在学校、医院等行业实施节水项目", "节水项目", None),
]


@pytest.mark.parametrize(("words", "noun", "verb"), PHRASES)
def test_the_noun_is_freed_of_what_governs_it(words: str, noun: str, verb: str | None) -> None:
    phrase = phrase_before(words, 0, len(words), is_rate="率" in noun)
    assert (words[phrase.start : phrase.end], phrase.verb) == (noun, verb)


def test_a_verb_right_before_the_number_governs_what_stands_behind() -> None:
    phrase = with_act_at_end("公共机构推动", phrase_before("公共机构推动", 0, 6))
    assert phrase.start == phrase.end
    assert phrase.making


def test_to_add_belongs_to_the_name_of_what_is_added() -> None:
    assert with_act_at_end("力争新增", phrase_before("力争新增", 0, 4)).kept == "新增"


def test_particles_behind_a_number_are_skipped() -> None:
    assert noun_after("3个左右的甲", 2, 6) == (5, 6)


REMNANTS = [
    ("和完善管网信息平台", "管网信息平台"),
    ("、达产的项目", "达产的项目"),
    ("完善信息更新机制", "信息更新机制"),
    ("并网容量", "并网容量"),
    ("和谐社区", "和谐社区"),
    ("及时率", "及时率"),
    ("的", "的"),
]


@pytest.mark.parametrize(("metric", "wanted"), REMNANTS)
def test_a_metric_does_not_begin_with_the_end_of_a_verb_group(metric: str, wanted: str) -> None:
    assert without_remnant(metric) == wanted
