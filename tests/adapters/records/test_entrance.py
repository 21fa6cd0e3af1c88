"""The last belief under which a meter was in service says whether it counts in a month."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shuiheng.adapters.records.entrance import counted_in, last_day_of
from shuiheng.adapters.records.models import MeterFact

MARCH = date(2026, 3, 1)
TOLD = datetime(2026, 1, 1, tzinfo=UTC)


def _fact(first: date, last: date | None = None, **said: object) -> MeterFact:
    return MeterFact(subject_id=7, valid_from=first, valid_to=last, recorded_at=TOLD, **said)


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ([_fact(date(2026, 1, 1))], True),
        ([_fact(date(2026, 3, 31))], True),
        ([_fact(date(2026, 4, 1))], False),
        ([_fact(date(2026, 1, 1), date(2026, 3, 1))], False),
        ([_fact(date(2026, 1, 1), date(2026, 3, 2))], True),
        ([_fact(date(2026, 1, 1), level=2)], False),
        ([_fact(date(2026, 1, 1), role="inlet")], False),
        ([_fact(date(2026, 1, 1), date(2026, 3, 5)), _fact(date(2026, 3, 5), level=2)], False),
        ([_fact(date(2026, 1, 1), date(2026, 3, 5), level=2), _fact(date(2026, 3, 5))], True),
        ([_fact(date(2026, 1, 1), date(2026, 3, 5)), _fact(date(2026, 3, 5), is_active=False)], True),
        ([_fact(date(2026, 1, 1), date(2026, 2, 5)), _fact(date(2026, 2, 5), is_active=False)], False),
    ],
)
def test_a_meter_counts_by_what_stood_last_in_the_month(facts: list[MeterFact], counts: bool) -> None:
    assert counted_in(facts, MARCH) == ({7} if counts else set())
    assert counted_in(facts[::-1], MARCH) == ({7} if counts else set())


def test_the_last_day_of_a_leap_february_is_the_29th() -> None:
    assert last_day_of(date(2028, 2, 1)) == date(2028, 2, 29)
