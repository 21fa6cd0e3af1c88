"""Conditions as the rulebook writes them: what is read and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.conditions import Vocabulary, read_fact_words, read_group
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.strict_yaml import read_entry
from shuiheng.rules.conditions import Group, facts_of

FACTS = """
size: {zh: 大小, en: size, form: number, from: ledger, unit: m3}
trade: {zh: 行业, en: trade, form: word, from: entered, choices: trades}
closed: {zh: 已关闭, en: closed, form: flag, from: ledger}
"""
TRADES = {"paper": {"zh": "造纸", "en": "paper"}}
WORDS = Vocabulary(
    facts=read_fact_words(
        read_entry(FACTS, file="facts.yaml"), origins=("ledger", "entered"), chosen={"trades": TRADES}
    ),
    duties=frozenset({"water_balance_test"}),
    has_numbers=True,
)


def _read(text: str, words: Vocabulary = WORDS) -> Group:
    return read_group(read_entry(text, file="mine.yaml"), words)


def test_groups_stand_in_groups_and_membership_is_a_fact() -> None:
    group = _read(
        """
all:
  - {fact: size, at_least: [{number: "50000"}]}
  - {member: water_balance_test}
  - any:
      - {fact: trade, among: [paper]}
      - none: [{fact: closed, is: "yes"}]
"""
    )
    assert facts_of(group) == {"size", "member:water_balance_test", "trade", "closed"}
    limit, _, inner = group.parts
    assert not isinstance(limit, Group) and limit.operands[0].number == Decimal(50_000)
    assert isinstance(inner, Group) and inner.is_any
    assert isinstance(inner.parts[1], Group) and inner.parts[1].is_negated


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{}", 1),
        ("all: []\nany: []", 1),
        ("any: []", 1),
        ("none: []", 1),
        ("some: []", 1),
        ("all:\n  - {fact: colour, is: red}", 2),
        ("all:\n  - {fact: size, is: red}", 2),
        ("all:\n  - {fact: trade, at_least: [{fact: size}]}", 2),
        ("all:\n  - {fact: size, above: [{number: 5}]}", 2),
        ('all:\n  - {fact: size, above: [{number: "5", fact: size}]}', 2),
        ('all:\n  - {fact: size, above: [{number: "much"}]}', 2),
        ("all:\n  - {member: no_such_duty}", 2),
        ("all:\n  - {member: water_balance_test, is: today}", 2),
    ],
)
def test_what_says_nothing_or_names_nothing_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(RulebookError) as caught:
        _read(text)
    assert (caught.value.file, caught.value.line) == ("mine.yaml", line)


def test_a_file_of_which_the_numbers_are_rules_takes_no_number() -> None:
    with pytest.raises(RulebookError, match="number"):
        _read('all: [{fact: size, above: [{number: "5"}]}]', Vocabulary(facts=WORDS.facts))


@pytest.mark.parametrize(
    ("old", "new"),
    [("number, from: ledger", "number, from: rumour"), ("form: word", "form: verse"), ("trades", "moods")],
)
def test_facts_have_a_known_form_origin_and_list(old: str, new: str) -> None:
    with pytest.raises(RulebookError):
        read_fact_words(
            read_entry(FACTS.replace(old, new), file="facts.yaml"),
            origins=("ledger", "entered"),
            chosen={"trades": TRADES},
        )
