"""Queries of the list are read with care; a sheet says what it shows."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from shuiheng.web.pages.ledger.listing import Moment, moment_from, wanted_from


def test_the_end_of_the_day_on_which_it_was_known_counts() -> None:
    moment = Moment(on=date(2026, 1, 1), known_on=date(2026, 3, 1))
    known = moment.as_of.known_at
    assert known is not None and timezone.localtime(known).isoformat() == "2026-03-01T23:59:59.999999+08:00"
    assert not moment.is_now and Moment(on=timezone.localdate()).is_now


@pytest.mark.parametrize("query", [{}, {"on": "x"}, {"on": "9999-12-31"}, {"on": "0001-01-01"}])
def test_what_is_no_day_is_today(query: dict[str, str]) -> None:
    assert moment_from(query) == Moment(on=timezone.localdate())


def test_unknown_values_do_not_filter() -> None:
    wanted = wanted_from({"q": "水" * 99 + "\x00", "district": "x", "source": "well", "closed": "2"})
    assert (len(wanted.words), wanted.district, wanted.source_kind, wanted.has_closed) == (
        60,
        None,
        "",
        False,
    )
