"""Every found value of the rulebook whose source's text stands beside the checkout is printed there."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from places import SHARED, needs_real_plans
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.printed_figures import articles_of, check_prints, misprints, numbers_of
from shuiheng.adapters.rulebook.sources import shipped_sources
from shuiheng.rules.parameter import Mark, Value

RULES = shipped_rulebook()
SOURCES = shipped_sources()
FOUND = [value for rule in RULES for value in RULES[rule].values if value.mark is Mark.FOUND]


@needs_real_plans
@pytest.mark.real_plans
def test_every_printed_figure_stands_in_its_article_and_gives_its_value() -> None:
    texts = [path.read_bytes() for path in sorted((SHARED / "laws").glob("*.txt"))]
    checked = check_prints(RULES.values(), SOURCES.values(), texts)
    assert [(each.reason, each.figure, each.value.rule, each.value.area) for each in checked.misprints] == []
    assert checked.looked_for == sum(len(value.printed) for value in FOUND) > 150


def test_what_is_found_was_read_in_a_text_and_what_was_not_read_is_not_called_found() -> None:
    assert [value.rule for value in FOUND if SOURCES[value.source].text_hash is None] == []


def test_nothing_shipped_binds_before_an_officer_has_checked_it() -> None:
    assert [rule for rule in RULES for value in RULES[rule].values if value.is_binding] == []


def test_what_is_found_holds_no_earlier_than_the_text_in_which_it_was_read() -> None:
    early = []
    for value in FOUND:
        holds_from = SOURCES[value.source].text_holds_from
        if holds_from is None or value.valid_from < holds_from:
            early.append((value.rule, value.area, value.valid_from, holds_from))
    assert early == []


def planted(value: Value, place: int) -> Value:
    """Return a value whose number at a place, counted over all its parts, is another one."""
    seen = itertools.count()

    def walk(part: Value) -> Value:
        if isinstance(part, Decimal):
            return part + Decimal("0.137") if part and next(seen) == place else part
        if isinstance(part, str):
            return part
        if isinstance(part, Mapping):
            return {name: walk(each) for name, each in part.items()}
        return tuple(walk(each) for each in part)

    return walk(value)


@needs_real_plans
@pytest.mark.real_plans
def test_a_wrong_number_planted_in_any_found_value_is_caught() -> None:
    texts = {
        "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(): articles_of(path.read_text("utf-8"))
        for path in sorted((SHARED / "laws").glob("*.txt"))
    }
    tried, missed = 0, []
    for value in FOUND:
        articles = texts[SOURCES[value.source].text_hash or ""]
        numbers = [each for each in numbers_of(value.value) if isinstance(each, Decimal)]
        for place in range(len(numbers)):
            tried += 1
            wrong = replace(value, value=planted(value.value, place))
            if not [each for each in misprints(wrong, articles) if each.reason == "not_given"]:
                missed.append((value.rule, value.area, place))
    assert missed == []
    assert tried > 250
