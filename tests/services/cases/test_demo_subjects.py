"""The demo city lists things of every sort that no register lists, once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.models import CaseSubject, Role
from shuiheng.services.cases.candidates import listed_sorts
from shuiheng.services.cases.demo_subjects import LINES, settle_demo_subjects

pytestmark = pytest.mark.django_db


def test_things_of_every_sort_are_listed_once() -> None:
    city = the_office().place
    assert settle_demo_subjects(city) == 0
    make_account("officer", Role.OFFICE_CLERK)
    made = settle_demo_subjects(city)
    assert made == sum(len(lines.splitlines()) for lines in LINES.values())
    assert set(CaseSubject.objects.values_list("sort", flat=True)) == set(
        listed_sorts(city, timezone.localdate())
    )
    assert settle_demo_subjects(city) == 0
