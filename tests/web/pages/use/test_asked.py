"""What an address asks is read as far as it makes sense; the rest is dropped."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.queries_use import MOST_MONTHS, Grouping
from shuiheng.services.use.periods import Step
from shuiheng.web.pages.use.asked import asked_from

NEWEST = date(2026, 5, 1)


def test_nothing_asked_is_the_year_so_far_by_district() -> None:
    question = asked_from({}, newest=NEWEST).question
    assert (question.by, question.step, question.compares) == (Grouping.DISTRICT, Step.MONTH, True)
    assert (question.first, question.last) == (date(2026, 1, 1), date(2026, 5, 31))


def test_months_may_be_written_in_the_usual_ways_and_stand_in_any_order() -> None:
    for first, last in (("2025-03", "2025-1"), ("2025年1月", "2025/03")):
        question = asked_from({"from": first, "to": last}, newest=NEWEST).question
        assert (question.first, question.last) == (date(2025, 1, 1), date(2025, 3, 31))


def test_a_stretch_that_is_too_long_is_cut_at_its_begin_and_says_so() -> None:
    asked = asked_from({"from": "2000-01", "to": "2026-05"}, newest=NEWEST)
    assert asked.cut and asked.question.last == date(2026, 5, 31)
    assert len(asked.question.months) == MOST_MONTHS // 2
    alone = asked_from({"from": "2000-01", "to": "2026-05", "compare": "none"}, newest=NEWEST)
    assert len(alone.question.months) == MOST_MONTHS


def test_days_are_not_compared() -> None:
    assert not asked_from({"step": "day"}, newest=NEWEST).question.compares


@given(
    query=st.dictionaries(
        st.sampled_from(["by", "from", "to", "step", "district", "class", "order"]), st.text()
    )
)
def test_any_address_asks_something(query: dict[str, str]) -> None:
    question = asked_from(query, newest=NEWEST).question
    assert question.first <= question.last and 1 <= len(question.months) <= MOST_MONTHS
    assert "\x00" not in question.wanted.use_class
