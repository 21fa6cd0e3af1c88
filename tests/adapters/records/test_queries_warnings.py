"""Warnings are counted and listed by state, level, certainty, district and words, as far as one may see."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from shuiheng.adapters.records.models import Account, UseWarning
from shuiheng.adapters.records.queries_warnings import (
    STATES,
    WarningCount,
    WarningFilter,
    beside,
    levels_in,
    state_counts,
    waiting_counts,
    warning_counts,
    warning_list,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from warned import WarnedUser, warned_city, warned_user

pytestmark = pytest.mark.django_db
NOW, DAY = datetime(2026, 5, 2, tzinfo=UTC), date(2026, 5, 2)


@pytest.fixture
def users(officer: Account) -> tuple[WarnedUser, WarnedUser]:
    city = warned_city(officer)
    return warned_user(city), warned_user(city, "青禾食品厂")


def _warning(user: WarnedUser, month: int, **fields: object) -> UseWarning:
    plain = {"level": "over_month", "used_m3": 120, "limit_m3": 100, "raised_at": NOW, "certainty": "sure"}
    first = date(2026, month, 1)
    return UseWarning.objects.create(
        allowance=user.allowance, first=first, last=first.replace(day=28), **(plain | fields)
    )


def test_each_state_holds_its_warnings(officer: Account, users: tuple[WarnedUser, WarnedUser]) -> None:
    user, _ = users
    decided = {"decided_at": NOW, "decided_by": officer}
    _warning(user, 1)
    _warning(user, 2, received_at=NOW, answered_at=NOW, certainty="doubtful")
    today = timezone.localdate()
    _warning(user, 3, **decided, follow_up="supervise", due_on=today)
    _warning(user, 8, **decided, follow_up="balance_test", due_on=today - timedelta(days=1))
    _warning(user, 4, **decided, follow_up="supervise", done_at=NOW)
    _warning(user, 5, **decided, follow_up="none")
    _warning(user, 6, gone_at=NOW)
    _warning(user, 7, level="unknown")
    seen = sight(officer, Action.WARNINGS_LOOK)
    counts = {"open": 2, "unreceived": 1, "answered": 1, "to_do": 2, "late": 1, "closed": 2}
    counts |= {"gone": 1, "unknown": 1}
    assert state_counts(seen) == counts | {"all": 7}
    assert waiting_counts(seen) == (2, 1)
    for state in STATES:
        assert len(warning_list(seen, WarningFilter(state=state), DAY)) == state_counts(seen)[state]
    district = user.user.organisation.place_id
    assert warning_counts(seen, DAY) == [WarningCount("over_month", district, 2, 1)]


def test_a_filter_leaves_what_it_names(officer: Account, users: tuple[WarnedUser, WarnedUser]) -> None:
    first, second = users
    _warning(first, 1)
    _warning(second, 2, level="near", certainty="likely")
    seen = sight(officer, Action.WARNINGS_LOOK)
    for wanted in (
        WarningFilter(level="near"),
        WarningFilter(certainty="likely"),
        WarningFilter(words="食品"),
        WarningFilter(words=second.user.number),
    ):
        assert [row.allowance for row in warning_list(seen, wanted, DAY)] == [second.allowance]
    assert len(warning_list(seen, WarningFilter(district=first.user.organisation.place_id), DAY)) == 2
    assert not warning_list(seen, WarningFilter(district=0), DAY)
    assert not warning_list(seen, WarningFilter(year=2025), DAY)
    assert levels_in(seen) == ["near", "over_month"]


def test_a_user_sees_its_own_alone(officer: Account, users: tuple[WarnedUser, WarnedUser]) -> None:
    first, second = users
    row, other = _warning(first, 1), _warning(first, 2)
    _warning(second, 1)
    own = sight(first.account, Action.WARNINGS_LOOK)
    assert waiting_counts(own)[0] == 2
    assert list(beside(own, row)) == [other]
