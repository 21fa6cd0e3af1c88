"""What changed between two texts, line by line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.web.pages.kinds.difference import DiffLine, text_difference

TEXTS = st.lists(st.sampled_from("abcd"), max_size=12).map("\n".join)


def test_the_same_text_has_no_lines() -> None:
    assert text_difference("a\nb\n", "a\nb\n") == []


def test_a_changed_line_stands_old_and_new_with_two_around() -> None:
    found = text_difference("1\n2\n3\n4\n5\n6\n7", "1\n2\n3\nx\n5\n6\n7")
    assert [(line.text, line.old, line.new) for line in found] == [
        ("2", 2, 2),
        ("3", 3, 3),
        ("4", 4, None),
        ("x", None, 4),
        ("5", 5, 5),
        ("6", 6, 6),
    ]


def test_what_is_far_apart_has_a_gap_between() -> None:
    old = "\n".join(str(number) for number in range(20))
    found = text_difference(old, old.replace("\n3\n", "\nx\n").replace("\n15\n", "\ny\n"))
    assert sum(line.is_gap for line in found) == 1


@given(TEXTS, TEXTS)
def test_each_text_is_told_line_for_line(old: str, new: str) -> None:
    found = [line for line in text_difference(old, new) if not line.is_gap]
    before, after = old.splitlines(), new.splitlines()
    assert all(before[line.old - 1] == line.text for line in found if line.old is not None)
    assert all(after[line.new - 1] == line.text for line in found if line.new is not None)
    gone = {line.old for line in found if line.new is None}
    come = {line.new for line in found if line.old is None}
    kept = [text for number, text in enumerate(before, 1) if number not in gone]
    assert kept == [text for number, text in enumerate(after, 1) if number not in come]
    assert not found or isinstance(found[0], DiffLine)
