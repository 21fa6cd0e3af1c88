"""What a query asks of counts is read strictly: unknown words fall away, days ahead are today."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from shuiheng.adapters.records.queries_counts import CountFilter
from shuiheng.web.pages.counts.shown import day_from, filter_of, rounded


@pytest.mark.parametrize("text", ["", "soon", "1999-12-31", "2026-02-30"])
def test_a_day_that_cannot_be_asked_for_is_today(text: str) -> None:
    assert day_from({"on": text}) == timezone.localdate() == day_from({})


def test_a_day_ahead_is_today_and_a_past_one_stands() -> None:
    today = timezone.localdate()
    assert day_from({"on": (today + timedelta(days=1)).isoformat()}) == today
    assert day_from({"on": "2020-02-29"}) == date(2020, 2, 29)


def test_unknown_words_of_a_filter_fall_away() -> None:
    assert filter_of({"kind": "nonsense", "state": "nonsense", "q": "节水\x00"}) == (
        CountFilter(words="节水"),
        "",
    )
    assert filter_of({"kind": "count", "state": "open", "plan": "a"}) == (
        CountFilter(kind="count", plan="a"),
        "open",
    )


def test_a_share_is_rounded_and_nothing_stays_nothing() -> None:
    assert rounded(Decimal("33.335")) == Decimal("33.34") and rounded(None) is None
