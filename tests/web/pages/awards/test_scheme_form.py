"""Conditions are typed in percent and kept as ratios; what is empty is no condition."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.http import QueryDict

from shuiheng.services.awards.conditions import Comparison, Fact
from shuiheng.services.errors import ServiceError
from shuiheng.web.pages.awards.scheme_form import condition_lines, scheme_fields

GIVEN = {
    "kind": "reward",
    "year": 2026,
    "title": "奖励",
    "budget": Decimal(1),
    "mode": "fixed",
    "yuan": Decimal(1),
    "percent": None,
    "most": None,
    "use_year": 2025,
    "repeats": "once",
    "source": "办法",
    "money": "city",
    "clause": "第一条",
}


def test_percent_is_kept_as_a_ratio_and_volumes_as_they_are() -> None:
    posted = QueryDict("c_saved_share=5&op_saved_share=at_least&c_year_use_m3=1000&op_year_use_m3=at_most")
    found = {each.fact: each for each in scheme_fields(GIVEN, posted).terms.conditions}
    assert found[Fact.SAVED_SHARE].value == Decimal("0.05")
    assert found[Fact.YEAR_USE_M3].value == 1000
    assert found[Fact.YEAR_USE_M3].comparison is Comparison.AT_MOST
    assert len(found) == 2


def test_words_that_the_ledger_does_not_know_and_both_answers_are_no_condition() -> None:
    posted = QueryDict("c_use_class=poetry&c_above_scale=yes&c_above_scale=no&c_saved_share=")
    assert scheme_fields(GIVEN, posted).terms.conditions == ()


def test_what_is_no_number_is_refused_with_its_words() -> None:
    with pytest.raises(ServiceError) as refused:
        scheme_fields(GIVEN, QueryDict("c_overdue_yuan=许多"))
    assert (refused.value.code, refused.value.values["text"]) == ("awards.bad_figure", "许多")


def test_what_was_typed_stands_in_the_form_again() -> None:
    posted = QueryDict("c_use_class=industry&c_saved_share=abc&op_saved_share=at_most")
    lines = {each.fact: each for each in condition_lines(None, posted)}
    assert [code for code, _word, is_chosen in lines["use_class"].choices if is_chosen] == ["industry"]
    assert (lines["saved_share"].value, lines["saved_share"].comparison) == ("abc", "at_most")
