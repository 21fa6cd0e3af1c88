"""The demo has warnings once its allowances are published, and loading it again adds none."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AllowanceMonth,
    AllowanceRound,
    UseWarning,
)
from shuiheng.metering.civil_time import months_before
from shuiheng.services.readings.demo_filing import USERNAME
from shuiheng.services.warnings.demo_warnings import ANSWER, settle_demo_warnings
from warned import warned_city, warned_user

pytestmark = pytest.mark.django_db


def test_one_warning_of_the_demo_is_answered_and_none_comes_twice(officer: Account) -> None:
    city = warned_city(officer)
    user = warned_user(city)
    last = months_before(timezone.localdate(), 1)
    AllowanceRound.objects.update(year=last.year)
    user.allowance.entries.update(effective_on=date(last.year, 1, 1))
    for row in AllowanceMonth.objects.all():
        AllowanceMonth.objects.filter(pk=row.pk).update(month=row.month.replace(year=last.year))
    user.uses(last, [400])
    Account.objects.filter(pk=user.account.pk).update(username=USERNAME)
    assert settle_demo_warnings(city.place) > 0
    assert (
        UseWarning.objects.filter(answer=ANSWER).count()
        == UseWarning.objects.filter(level="over_month").count()
    )
    assert settle_demo_warnings(city.place) == 0
