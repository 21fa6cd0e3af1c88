"""The first page counts the cases of which the reader can end a step, and those that are overdue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from office import make_account
from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import ProgrammeCase, Role
from shuiheng.web.pages.cases.waiting import waiting_cases

pytestmark = pytest.mark.django_db


def test_only_what_the_reader_can_end_is_counted(city: CaseCity) -> None:
    request = RequestFactory().get("/")
    request.user = city.clerk
    row = city.open("saving_compound", "甲苑", sort="place")
    assert waiting_cases(request) == {"own": 0, "late": 0}
    bring_on(city, row, until="review")
    ProgrammeCase.objects.filter(pk=row.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert waiting_cases(request) == {"own": 1, "late": 1}
    request.user = make_account("reader", Role.AUDITOR)
    assert waiting_cases(request) == {"own": 0, "late": 0}
