"""A case is judged by its kind as it was at its opening; reported periods take no new events."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, long_ago
from shuiheng.adapters.records.models import PlanDocument, ReportingPeriod
from shuiheng.services.cases.case_course import course_of, course_of_history, frozen_until, kind_of
from shuiheng.services.cases.keep_case import open_case
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db


def _freeze(city: CaseCity, ends_on: date) -> None:
    plan = PlanDocument.objects.create(
        slug="qinghe", title="方案", place=city.metered.place, created_by=city.clerk
    )
    given = {"plan": plan, "kind": "year", "due_on": ends_on, "opened_by": city.clerk}
    first = ends_on - timedelta(days=364)
    ReportingPeriod.objects.create(starts_on=first, ends_on=ends_on, frozen_at=timezone.now(), **given)
    ReportingPeriod.objects.create(
        starts_on=ends_on + timedelta(days=1), ends_on=ends_on + timedelta(days=365), **given
    )


def test_nothing_new_happens_in_a_period_that_was_reported(city: CaseCity) -> None:
    row = city.open("saving_compound", "清河苑", sort="place")
    assert frozen_until(city.metered.place) is None
    _freeze(city, long_ago())
    assert frozen_until(city.metered.place) == long_ago()
    with pytest.raises(ServiceError) as refused:
        open_case(city.clerk, city.opening("saving_compound", "湖畔苑", sort="place"))
    assert refused.value.code == "programmes.frozen_period"
    assert course_of(city.metered.place, kind_of(row)).frozen_until == long_ago()
    assert course_of_history(kind_of(row)).frozen_until is None


def test_a_case_has_the_version_of_its_kind_of_the_day_of_its_opening(city: CaseCity) -> None:
    row = city.open("saving_compound", "清河苑", sort="place")
    assert (kind_of(row).id, kind_of(row).version) == ("saving_compound", row.kind_version)
