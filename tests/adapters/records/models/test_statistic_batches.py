"""A workbook of statistics is kept with what its check found."""

from __future__ import annotations

import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.models import Role, StatisticBatch

pytestmark = pytest.mark.django_db


def test_the_newest_workbook_comes_first() -> None:
    office, clerk = the_office(), make_account("clerk", Role.OFFICE_CLERK)
    made = [
        StatisticBatch.objects.create(
            city=office.place, organisation=office, sha256=name * 64, made_by=clerk, made_at=timezone.now()
        )
        for name in "ab"
    ]
    assert list(StatisticBatch.objects.all()) == made[::-1]
    assert {row.state for row in made} == {"checked"}
