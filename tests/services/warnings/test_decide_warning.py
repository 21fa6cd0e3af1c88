"""An officer decides what follows on a warning, and notes when it has been done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from shuiheng.adapters.records.models import Account, UseWarning
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.services.errors import ServiceError
from shuiheng.services.warnings.decide_warning import decide_warning, finish_follow_up
from warned import warned_city, warned_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def warning(officer: Account) -> UseWarning:
    return UseWarning.objects.create(
        allowance=warned_user(warned_city(officer)).allowance,
        first=date(2026, 4, 1),
        last=date(2026, 4, 30),
        level="over_month",
        used_m3=120,
        limit_m3=100,
        raised_at=datetime(2026, 5, 2, tzinfo=UTC),
    )


def test_closing_without_more_needs_a_reason(warning: UseWarning, officer: Account) -> None:
    with pytest.raises(ServiceError, match="reason_needed"):
        decide_warning(officer, warning.pk, follow_up="none", note=" ")
    with pytest.raises(ServiceError, match="nothing_chosen"):
        decide_warning(officer, warning.pk, follow_up="fine", note="x")
    assert decide_warning(officer, warning.pk, follow_up="none", note="已核减计划").decided_by == officer
    with pytest.raises(ServiceError, match="nothing_to_do"):
        finish_follow_up(officer, warning.pk, outcome="x")


def test_what_follows_has_a_day_by_which_it_is_done(warning: UseWarning, officer: Account) -> None:
    today = timezone.localdate()
    row = decide_warning(officer, warning.pk, follow_up="balance_test", note="")
    assert row.due_on == today + timedelta(days=warning_policy().follow_days["balance_test"])
    row = decide_warning(officer, warning.pk, follow_up="supervise", note="", due_on=today)
    assert row.due_on == today
    with pytest.raises(ServiceError, match="due_passed"):
        decide_warning(officer, warning.pk, follow_up="supervise", note="", due_on=today - timedelta(days=1))
    assert decide_warning(officer, warning.pk, follow_up="none", note="已核减", due_on=today).due_on is None


def test_what_was_decided_is_done_once_with_its_outcome(warning: UseWarning, officer: Account) -> None:
    decide_warning(officer, warning.pk, follow_up="balance_test", note="30日内完成")
    with pytest.raises(ServiceError, match="reason_needed"):
        finish_follow_up(officer, warning.pk, outcome="")
    assert finish_follow_up(officer, warning.pk, outcome="漏水率8%，已整改").done_by == officer
    for again in (
        lambda: finish_follow_up(officer, warning.pk, outcome="x"),
        lambda: decide_warning(officer, warning.pk, follow_up="supervise", note=""),
    ):
        with pytest.raises(ServiceError, match=r"warnings\.done"):
            again()
