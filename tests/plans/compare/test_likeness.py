"""How alike two short texts are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.plans.compare.likeness import likeness, plain, share_held

words = st.text(alphabet="节水型企业，（）12 ", max_size=12)


def test_punctuation_and_width_do_not_matter() -> None:
    assert likeness("漏损率，１０％以内", "漏损率 10%以内。") == 1.0
    assert plain("《水法》（２０１６）") == "水法2016"


def test_texts_without_a_common_pair_are_not_alike() -> None:
    assert likeness("节水", "管网") == 0.0
    assert 0.5 < likeness("新建供水管网100公里", "新改建供水管网100公里") < 1.0


def test_a_part_is_held_by_the_whole_but_not_the_other_way() -> None:
    assert share_held("供水管网", "新建供水管网100公里") > 0.5
    assert share_held("新建供水管网100公里", "供水管网") < 0.5
    assert share_held("", "管网") == 1.0


@given(words, words)
def test_likeness_is_symmetric_and_between_nothing_and_one(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, one) == 1.0
