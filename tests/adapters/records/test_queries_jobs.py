"""The task centre shows the office the jobs of its city, and others their own."""

from __future__ import annotations

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, Job, JobKind
from shuiheng.adapters.records.queries_jobs import job_in_sight, jobs
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_jobs_are_seen_by_whose_they_are(officer: Account, reader: Account) -> None:
    place = the_office().place
    own = Job.objects.create(kind=JobKind.EXPORT, asked_by=reader, place=place, state="done")
    other = Job.objects.create(kind=JobKind.LETTERS, asked_by=officer, place=place)
    assert list(jobs(sight(officer, Action.JOBS_LOOK))) == [other, own]
    assert list(jobs(sight(reader, Action.JOBS_LOOK))) == [own]
    assert list(jobs(sight(officer, Action.JOBS_LOOK), state="done")) == [own]
    assert job_in_sight(sight(reader, Action.JOBS_LOOK), other.pk) is None
