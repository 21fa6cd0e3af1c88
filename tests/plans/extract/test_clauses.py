"""Clauses and list items."""

from __future__ import annotations

from plans.extract.reading import parse
from shuiheng.plans.extract.clauses import clauses_of, is_chain_link, items_of, without_leading_marks


def _items(text: str) -> list[str]:
    parsed = parse(text)
    return [parsed.masked[a:b] for a, b in items_of(parsed.masked, 0, len(text), parsed.quantities)]


def test_clauses_know_their_sentence_and_mark() -> None:
    found = [(c.start, c.end, c.mark, c.sentence) for c in clauses_of("甲，乙；丙。丁")]
    assert found == [(0, 1, "，", 0), (2, 3, "；", 0), (4, 5, "。", 0), (6, 7, "", 1)]


def test_a_mark_inside_a_bracket_cuts_nothing() -> None:
    assert len(parse("建成甲（乙，丙）3个").clauses) == 1


def test_names_without_numbers_join_the_number_behind_them() -> None:
    assert _items("建成甲、乙、丙3个") == ["建成甲、乙、丙3个"]


def test_each_item_with_a_number_stands_alone() -> None:
    assert _items("建成甲3个、乙4个") == ["建成甲3个", "乙4个"]


def test_a_name_behind_a_number_belongs_to_the_item_before() -> None:
    assert _items("60%的甲、乙建成丙") == ["60%的甲、乙建成丙"]


def test_a_chain_of_values_is_not_cut() -> None:
    parsed = parse("甲率分别达到10%、9%")
    assert _items("甲率分别达到10%、9%") == ["甲率分别达到10%、9%"]
    assert is_chain_link(parsed.masked, *parsed.quantities)


def test_conjunctions_and_list_marks_in_front_are_skipped() -> None:
    assert without_leading_marks("其中甲3个", 0, 5) == 2
    assert without_leading_marks("并网3个", 0, 4) == 0
