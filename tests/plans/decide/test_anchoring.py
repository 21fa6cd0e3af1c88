"""Finding an item again by its words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from plans.made import document_of, plan_of, target, task
from shuiheng.kernel import Span
from shuiheng.plans.decide.anchoring import Place, anchor_of, find_place, find_words, nearest_place


def _places() -> tuple[Place, ...]:
    document = document_of("到2025年，用水总量、地下水开采量分别降低5%。", "甲区建成1座，乙区建成1座。")
    total = target(document, "用水总量、地下水开采量分别降低5%", "用水总量", 5, number=1)
    ground = target(document, "用水总量、地下水开采量分别降低5%", "地下水开采量", 5, number=2)
    first = target(document, "建成1座", "再生水厂", 1, number=3, scope="甲区")
    second = target(document, "建成1座", "再生水厂", 1, number=4, scope="乙区", nth=1)
    plan = plan_of(total, ground, first, second)
    return tuple(Place(key=t.id, anchor=anchor_of(plan, t)) for t in plan.targets)


def test_two_targets_in_one_clause_are_told_apart_by_their_metric() -> None:
    places = _places()
    assert [find_place(place.anchor, places) for place in places] == [place.key for place in places]


def test_a_target_that_is_gone_is_not_mistaken_for_its_neighbour_in_the_clause() -> None:
    total, *others = _places()
    assert find_place(total.anchor, others) is None
    assert nearest_place(total.anchor, others) == "900-T02"


def test_the_share_of_another_district_is_not_taken_for_it() -> None:
    places = _places()
    assert find_place(places[2].anchor, [places[3]]) is None


def test_a_shorter_cut_of_the_same_words_at_the_same_place_is_found() -> None:
    place = _places()[0]
    longer = replace(place.anchor, quote="2025年，用水总量、地下水开采量分别降低5%")
    assert find_place(longer, [place]) == place.key
    elsewhere = replace(longer, span=Span(900, 930))
    assert find_place(elsewhere, [place]) is None


def test_the_context_of_a_unit_is_its_task() -> None:
    document = document_of("推进老旧管网改造。市水利局")
    made = plan_of(task(document, "推进老旧管网改造。"))
    anchor = anchor_of(made, made.tasks[0].units[0])
    assert (anchor.quote, anchor.context) == ("市水利局", "推进老旧管网改造。")


def test_the_nearest_of_equal_words_is_found_through_line_breaks() -> None:
    text = "节水\n型企业，其他，节水型 企业"
    assert find_words("节水型企业", text, near=0) == Span(0, 6)
    assert find_words("节水型企业", text, near=12) == Span(10, 16)
    assert find_words("节水型学校", text, near=0) is None


@given(st.text(alphabet="水节 \n", max_size=20), st.text(alphabet="水节", max_size=3))
def test_found_words_are_the_words_asked_for(text: str, words: str) -> None:
    span = find_words(words, text, near=3)
    if span is not None:
        assert "".join(text[span.start : span.end].split()) == words
