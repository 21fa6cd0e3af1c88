"""A job of a round is known to the worker and does what it was asked for."""

from __future__ import annotations

import pytest

from services.allowances.planned_city import PlannedCity, compute, planned_city
from shuiheng.adapters.records.models import Account, JobKind, JobState
from shuiheng.services.allowances.open_round import open_round
from shuiheng.services.allowances.round_jobs import WORKS
from shuiheng.services.background import _WORKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_the_worker_knows_every_work(city: PlannedCity) -> None:
    assert set(WORKS) == {"compute", "issue", "undo"} and JobKind.ALLOWANCES.value in _WORKS
    job = compute(city, open_round(city.clerk, city.place, year=2026))
    assert (job.state, job.result) == (JobState.DONE, {"accounts": 2, "unknown": 0})
    assert (job.done, job.total) == (4, 4)
