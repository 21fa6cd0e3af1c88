"""A recorded check is published once, by somebody who did not sign it."""

from __future__ import annotations

import pytest

from services.inspections.check_city import CheckedCity
from shuiheng.adapters.records.models import CheckResult, CheckState
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.publish_check import publish_check

pytestmark = pytest.mark.django_db


def test_a_passed_check_is_closed_when_it_is_published_and_published_once(checked: CheckedCity) -> None:
    row = checked.recorded(result=CheckResult.PASSED)
    row = publish_check(checked.reviewer, row.pk)
    assert row.state == CheckState.CLOSED and row.closed_at is not None
    with pytest.raises(ServiceError, match=r"checks\.wrong_state"):
        publish_check(checked.reviewer, row.pk)


def test_nothing_is_published_before_it_is_recorded_or_by_who_signed(checked: CheckedCity) -> None:
    row = checked.filled(checked.check())
    with pytest.raises(ServiceError, match=r"checks\.wrong_state"):
        publish_check(checked.reviewer, row.pk)
    row = checked.recorded("乙厂")
    row.team.filter(inspector=checked.entries[0]).update(signed_by=checked.reviewer)
    with pytest.raises(ServiceError, match=r"checks\.own_check"):
        publish_check(checked.reviewer, row.pk)
