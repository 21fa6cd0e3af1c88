"""Batches with how many cases they opened, and the jobs that work on them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, city
from shuiheng.adapters.records.queries_case_batches import case_batches, jobs_of_batch, phases_of_batch
from shuiheng.services.cases.case_jobs import work_on_batch
from shuiheng.services.cases.open_many import ManyOpenings, ask_openings
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
__all__ = ["city"]


def test_a_batch_counts_its_cases_and_knows_its_jobs(city: CaseCity) -> None:
    for name in ("甲厂", "乙厂"):
        city.user(name)
    wanted = ManyOpenings(kind="saving_award", subjects=None, on=timezone.localdate())
    batch, job = ask_openings(city.clerk, city.metered.place.pk, wanted)
    other, _ = ask_openings(city.clerk, city.metered.place.pk, wanted)
    work_on_batch(job.pk)
    seen = sight(city.clerk, Action.CASES_REVIEW)
    assert [(row.pk, row.case_count) for row in case_batches(seen)] == [(other.pk, 0), (batch.pk, 2)]
    assert phases_of_batch(seen, batch) == {"planned": 2}
    assert jobs_of_batch(sight(city.clerk, Action.JOBS_LOOK), batch) == [job]
