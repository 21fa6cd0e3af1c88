"""How alike two short texts are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.plans.compare.likeness import LikenessIndex, likeness, pairs_in, plain, share_held

words = st.text(alphabet="节水型企业，（）12 ", max_size=12)


def test_punctuation_and_width_do_not_matter() -> None:
    assert likeness("漏损率，１０％以内", "漏损率 10%以内。") == 1.0
    assert plain("《水法》（２０１６）") == "水法2016"


def test_texts_without_a_common_pair_are_not_alike() -> None:
    assert likeness("节水", "管网") == 0.0
    assert 0.5 < likeness("新建供水管网100公里", "新改建供水管网100公里") < 1.0


def test_a_part_is_held_by_the_whole_but_not_the_other_way() -> None:
    assert share_held("供水管网", pairs_in("新建供水管网100公里")) == 1.0
    assert share_held("新建供水管网100公里", pairs_in("供水管网")) < 0.5
    assert share_held("", pairs_in("管网")) == 1.0


def test_the_most_alike_text_is_found_or_none() -> None:
    index = LikenessIndex(["推广节水器具", "新建供水管网100公里", "新建污水管网10公里"])
    assert index.nearest("新改建供水管网100公里", least=0.5) == 1
    assert index.nearest("开展宣传", least=0.5) is None
    assert LikenessIndex([]).nearest("宣传", least=0.1) is None


@given(st.lists(words, max_size=8), words)
def test_a_text_that_is_in_the_index_is_its_own_nearest(texts: list[str], text: str) -> None:
    found = LikenessIndex([*texts, text]).nearest(text, least=0.9)
    assert found is None if not pairs_in(text) else plain([*texts, text][found or 0]) == plain(text)


@given(words, words)
def test_likeness_is_symmetric_and_between_nothing_and_one(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, one) == 1.0
