"""Facts are read where both axes of time meet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from access.rows import DAY, MOMENT, Rows
from access.world import make_city
from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import UserFact

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows() -> Rows:
    return make_city("a", "青禾市", units="d").units["d"]


def _names(on: date, **more: object) -> set[str]:
    return set(standing(UserFact.objects.all(), AsOf(on=on, **more)).values_list("name", flat=True))  # type: ignore[arg-type]


def test_the_first_day_is_in_and_the_end_is_out(rows: Rows) -> None:
    later = DAY + timedelta(days=10)
    rows.make(UserFact, name="短", valid_from=later, valid_to=later + timedelta(days=1))
    assert "短" not in _names(later - timedelta(days=1))
    assert "短" in _names(later)
    assert "短" not in _names(later + timedelta(days=1))


def test_knowledge_begins_when_it_is_recorded_and_ends_when_it_is_superseded(rows: Rows) -> None:
    later = DAY + timedelta(days=10)
    end = MOMENT + timedelta(hours=1)
    rows.make(UserFact, name="旧", valid_from=later, superseded_at=end)
    tick = timedelta(microseconds=1)
    seen = [("旧" in _names(later, known_at=at)) for at in (MOMENT - tick, MOMENT, end - tick, end)]
    assert seen == [False, True, True, False]
    assert "旧" not in _names(later)
