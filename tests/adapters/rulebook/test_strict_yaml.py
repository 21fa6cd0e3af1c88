"""YAML read strictly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import yaml

from shuiheng.adapters.rulebook import RulebookError, strict_yaml
from shuiheng.adapters.rulebook.strict_yaml import check_unlinked, read_entry

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
        ("a: 1\nb: 2026-02-30\n", 2, "`2026-02-30` is no timestamp"),
        ("a: 1\nb: !!timestamp soon\n", 2, "no timestamp"),
        ("a: 1\nb: !!bool perhaps\n", 2, "no bool"),
        ("a: 1\nb: !!map x\n", 2, "not used here"),
        ("a: 1\nb: 017\n", 2, "whole number"),
        ("a: 1\nb: 1:30\n", 2, "whole number"),
        ("a: 1\nb: 1_000\n", 2, "whole number"),
        ("a: \x00\n", 1, "not YAML"),
        ("a: 1\n--- \nb: 2\n", 2, "not YAML"),
    ],
)
def test_what_yaml_would_swallow_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(RulebookError, match=reason) as caught:
        read_entry(text, file="a.yaml")
    assert (caught.value.file, caught.value.line) == ("a.yaml", line)


def test_both_parsers_refuse_the_same_and_name_the_same_line(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ("a: 1\n\tb: 2\n", "a: 1\n# \t\nb: x\nb: y\n", "a: 1\nb: *c\n", "a: &x 1\nb: *x\n", "a: 'b\n")
    said = []
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        monkeypatch.setattr(strict_yaml, "FAST_LOADER", loader)
        said.append([_said(text) for text in texts])
    assert said[0] == said[1]


def _said(text: str) -> object:
    try:
        return read_entry(text, file="a.yaml").value
    except RulebookError as error:
        return error.line, error.reason


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1E9", "1_000", "１２", " 1", "0x1", "1.", "9" * 16])
def test_a_number_has_digits_and_at_most_one_point(number: str) -> None:
    with pytest.raises(RulebookError, match="not a number"):
        read_entry(f'a: "{number}"', file="a.yaml").number("a")


def test_an_instant_is_no_day() -> None:
    entry = read_entry("a: 2026-01-01 10:00:00", file="a.yaml")
    with pytest.raises(RulebookError, match="expected date, found datetime"):
        entry.day("a")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: &x [1]\n", 2),
        ("a: 1\nb:\n  - *x\n", 3),
        ("a: 1\nb: " + "[" * 100, 2),
        ("a: 1\nb: " + "[" * 50_000, 2),
        ("a: 1\n]", 2),
    ],
)
def test_the_text_of_a_stranger_has_no_anchors_and_no_depths(text: str, line: int) -> None:
    with pytest.raises(RulebookError) as caught:
        check_unlinked(text, file="a.yaml")
    assert caught.value.line == line


def test_a_plain_text_is_unlinked() -> None:
    check_unlinked(GOOD, file="a.yaml")


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
