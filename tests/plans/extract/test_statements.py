"""What must hold for any passage: no error, places inside, quotes true, cost linear."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.extract.reading import read
from shuiheng.plans.extract import ReadingContext, Statements, statements
from shuiheng.plans.passage import PassageRole
from shuiheng.plans.wording import squeeze

PIECES = [
    "到2025年",
    "到2022年、2025年",
    "“十四五”期间",
    "截至2020年底",
    "2030年前",
    "较2015年",
    "，",
    "。",
    "；",
    "、",
    "：",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "其中",
    "分别",
    "均",
    "力争",
    "每年",
    "每季度末月25日前",
    "报送市水利局",
    "全市",
    "青山县",
    "各县（市、区）",
    "再生水利用率",
    "用水总量",
    "节水型企业",
    "供水管网",
    "达到",
    "控制在",
    "下降",
    "提高",
    "建成",
    "新建",
    "完成",
    "10%",
    "9%以内",
    "4.84亿立方米",
    "3家",
    "1~2条",
    "年用水量5万立方米以上的企业",
    "二级及以上",
    "百分之三十",
    "一",
    "万",
    "半",
    "以上",
    "以下",
    "左右",
    "不低于",
    "≥",
    "的",
    "和",
    "实现全覆盖",
    "要",
    "至少",
    " ",
    "\n",
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def _all(text: str, role: PassageRole) -> Statements:
    context = ReadingContext(role=role, known_year=2021, jurisdiction="清水市")
    return statements(squeeze(text, start=7), context=context)


def _hold(text: str, found: Statements) -> None:
    for item in (*found.targets, *found.duties, *found.thresholds):
        assert 7 <= item.span.start < item.span.end <= 7 + len(text)
        assert "".join(text[item.span.start - 7 : item.span.end - 7].split()) == item.quote
    ids = [target.id for target in found.targets]
    assert len(set(ids)) == len(ids)
    for target in found.targets:
        assert target.part_of is None or target.part_of in ids
        assert (target.value is None) == (target.kind.value == "milestone")
        assert target.value is None or target.unit is not None
        assert target.value_max is None or target.op.value == "~"
        assert target.baseline_year is None or target.kind.value == "reduction"
        assert 0 < target.confidence <= 1
        assert target.metric


@settings(max_examples=400, deadline=None)
@given(SOUP, st.sampled_from(list(PassageRole)))
def test_plan_like_words_in_any_order_are_read_without_error(text: str, role: PassageRole) -> None:
    _hold(text, _all(text, role))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    _hold(text, _all(text, PassageRole.TASK))


def test_an_empty_passage_states_nothing() -> None:
    assert read("") == Statements()


def _calls(work: Callable[[], object]) -> int:
    """Count the Python calls that some work makes."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(trace)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


LONG = {
    "one_clause": "建成企业3家、青山县4家和白水县率达到5%的",
    "one_sentence": "建成企业3家，甲率达到10%以上，完成方案编制，2025年底前完成，",
    "sentences": "到2025年，建成企业3家（省级2家）。年用水量5万立方米以上的企业每季度报送报表。",
    "open_brackets": "（建成3家《",
    "numbers": "一百二十3,000万",
    "dates": "到2022年、2025年，",
    "places": "青山县、白水县和",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=list(LONG))
def test_cost_grows_with_the_length_and_no_faster(piece: str) -> None:
    once = _calls(lambda: read(piece * 40))
    assert _calls(lambda: read(piece * 320)) <= 9 * once + 2000
