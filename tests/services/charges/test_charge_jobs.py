"""A run has one job at a time, and only an issued one has notices."""

from __future__ import annotations

from datetime import date

import pytest

from services.charges.made_up import Callbacks, City
from shuiheng.adapters.records.models import Job
from shuiheng.services.background import do_job
from shuiheng.services.charges.charge_jobs import ask_compute, ask_notices
from shuiheng.services.charges.issue_run import review_run
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.make_run import make_run
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db


def test_a_run_that_is_being_computed_is_neither_computed_twice_nor_reviewed(city: City) -> None:
    run = make_run(city.clerk, city.metered.place.pk, RunKind.OVER_PLAN, last=date(2025, 3, 1))
    job = ask_compute(city.clerk, run.pk)  # nothing runs before the transaction is through
    for work in (lambda: ask_compute(city.clerk, run.pk), lambda: review_run(city.reviewer, run.pk)):
        with pytest.raises(ServiceError) as refused:
            work()
        assert refused.value.code == "charges.run_under_way"
    do_job(job.pk)
    run.refresh_from_db()
    assert run.computed_at is not None


def test_a_job_whose_run_was_reviewed_meanwhile_fails_and_says_why(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("甲", litres={3: 120_000})
    run = city.run(django_capture_on_commit_callbacks)
    job = ask_compute(city.clerk, run.pk)
    type(run).objects.filter(pk=run.pk).update(state="reviewed")
    do_job(job.pk)
    found = Job.objects.get(pk=job.pk)
    assert (found.state, found.error_code) == ("failed", "charges.wrong_run_state")
    assert run.charges.count() == 1


def test_a_run_that_was_not_issued_has_no_notices(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    run = city.run(django_capture_on_commit_callbacks)
    with pytest.raises(ServiceError) as refused:
        ask_notices(city.leader, run.pk)
    assert refused.value.code == "charges.wrong_run_state"
