"""Every id that a rule or a value uses has words in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.parameter_values import LIST, RECORD, TEXT
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.rule_words import PARTS, RuleWords, read_rule_words, rule_words
from shuiheng.rules.parameter import Mark, Value

BOOK = shipped_rulebook()
WORDS = RuleWords(
    topics={},
    marks={},
    units={"m3": "m³"},
    fields={"tiers": "阶梯", "up_to": "至", "mode": "方式"},
    choices={"total": "合计", "school": "学校"},
)


def named(value: Value, fields: Mapping[str, str]) -> Iterator[str]:
    """Yield the choices and classes that a value names."""
    if isinstance(value, str):
        if not value.replace("-", "").isdigit():
            yield value
    elif isinstance(value, Mapping):
        yield from (name for name in value if name not in fields)
        for part in value.values():
            yield from named(part, fields)
    elif not isinstance(value, Decimal):
        for part in value:
            yield from named(part, fields)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_id_of_a_shipped_rule_has_words(language: str) -> None:
    words = rule_words(language)
    kinds = {kind for rule in BOOK.values() for kind in rule.fields.values()} - {TEXT, RECORD, LIST}
    units = {rule.unit for rule in BOOK.values() if rule.unit} | kinds
    fields = {name for rule in BOOK.values() for name in rule.fields}
    choices = {
        name for rule in BOOK.values() for value in rule.values for name in named(value.value, rule.fields)
    }
    choices |= {word for rule in BOOK.values() for known in rule.choices.values() for word in known}
    assert {rule.split("/")[0] for rule in BOOK} - set(words.topics) == set()
    assert {mark.value for mark in Mark} == set(words.marks)
    assert units - set(words.units) == set()
    assert fields - set(words.fields) == set()
    assert choices - set(words.choices) == set()


def test_a_value_is_told_line_by_line_with_its_units() -> None:
    value: Value = {
        "mode": "total",
        "tiers": ({"up_to": Decimal("17.50")}, {"up_to": Decimal(30)}),
        "school": Decimal("0.10"),
        "open": ("total", "school"),
    }
    lines = list(WORDS.lines(value, unit="ratio", fields={"mode": "text", "tiers": "list", "up_to": "m3"}))
    assert lines == [
        (0, "方式", "合计"),
        (0, "阶梯", ""),
        (1, "1", ""),
        (2, "至", "17.50 m³"),
        (1, "2", ""),
        (2, "至", "30 m³"),
        (0, "学校", "10%"),
        (0, "open", "合计、学校"),
    ]
    assert list(WORDS.lines(Decimal(3), unit="m3", fields={})) == [(0, "", "3 m³")]


@pytest.mark.parametrize(
    ("part", "unit", "words"),
    [
        (Decimal("0.005"), "ratio", "0.5%"),
        (Decimal(2), "ratio", "200%"),
        (Decimal("4.320"), "m3", "4.320 m³"),
        (Decimal("1E+3"), "times", "1000"),
        ("total", "text", "合计"),
        ("12-31", "text", "12-31"),
    ],
)
def test_ratios_are_shown_in_percent_and_other_numbers_as_they_stand(
    part: Decimal | str, unit: str, words: str
) -> None:
    assert WORDS.part(part, unit) == words


def test_a_word_without_both_languages_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    text = "topics: {charges: {zh: 水费}}\n" + "".join(f"{part}: {{}}\n" for part in PARTS[1:])
    text += "checked: {day: null, by: null}\n"
    (tmp_path / "words" / "rules.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match="`en` is missing"):
        read_rule_words(tmp_path, "zh")
