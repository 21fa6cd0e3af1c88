"""YAML read strictly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.strict_yaml import read_entry

GOOD = """
title: 示例
value: "0.10"
from: 2026-01-01
list:
  - {id: a}
  - {id: b}
"""


def test_values_arrive_exact_and_with_their_line() -> None:
    entry = read_entry(GOOD, file="a.yaml")
    assert entry.number("value") == Decimal("0.10")
    assert entry.day("from") == date(2026, 1, 1)
    assert [(each.take("id", str), each.line) for each in entry.each("list")] == [("a", 6), ("b", 7)]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "twice"),
        ("a: 1\nno: 2\n", 2, "true or false"),
        ("a: 1\n'on': 2\n", 2, "true or false"),
        ("list:\n  - Yes: 1\n", 2, "true or false"),
        ("a: 1\nb: 0.5\n", 2, "quotes"),
        ("a: [1\n", 2, "not YAML"),
        ("a: &x {b: 1}\nc: {<<: *x}\n", 2, "plain word"),
        ("a: !!python/object:os.system {}\n", 1, "not used here"),
        ("", 1, "empty"),
    ],
)
def test_what_yaml_would_swallow_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(RulebookError, match=reason) as caught:
        read_entry(text, file="a.yaml")
    assert (caught.value.file, caught.value.line) == ("a.yaml", line)


def test_a_missing_or_unknown_field_is_named() -> None:
    entry = read_entry(GOOD, file="a.yaml")
    with pytest.raises(RulebookError, match="`name` is missing"):
        entry.take("name", str)
    with pytest.raises(RulebookError, match=r"a\.yaml:3.*unknown field `value`"):
        entry.only("title", "from", "list")
    with pytest.raises(RulebookError, match="quoted number"):
        entry.number("from")
    with pytest.raises(RulebookError, match="not a number"):
        entry.number("title")
    with pytest.raises(RulebookError, match="expected int"):
        entry.take("title", int)
