"""Days of cases are counted by kind; what was refused or has ended has none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on, city
from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.adapters.records.queries_case_days import due_days, end_days, publications, recheck_days
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

__all__ = ["city"]
pytestmark = pytest.mark.django_db


def test_only_running_cases_are_due_and_only_reached_ones_end(city: CaseCity) -> None:
    seen, today = sight(city.clerk, Action.CASES_LOOK), timezone.localdate()
    first, last = today - timedelta(days=4000), today + timedelta(days=4000)
    row = city.open("saving_compound", "甲苑", sort="place")
    assert [(day.count, day.first) for day in due_days(seen, first, last)] == [(1, "甲苑")]
    assert end_days(seen, first, last) == recheck_days(seen, first, last) == []
    bring_on(city, row)
    assert due_days(seen, first, last) == []
    assert [day.on for day in end_days(seen, first, last)] == [row.valid_until]
    assert [day.on for day in recheck_days(seen, first, last)] == [row.recheck_on]
    assert publications(seen, first) == []
    ProgrammeCase.objects.filter(pk=row.pk).update(phase="revoked")
    assert end_days(seen, first, last) == []
