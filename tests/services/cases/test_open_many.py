"""Cases for many candidates at once: each once, again after a crash, and the reasons of those left out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from office import make_account
from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import (
    Account,
    CaseBatch,
    Event,
    Job,
    JobState,
    Organisation,
    ProgrammeCase,
    Role,
)
from shuiheng.services.cases import open_many
from shuiheng.services.cases.case_jobs import work_on_batch
from shuiheng.services.cases.keep_case import open_case
from shuiheng.services.cases.open_many import ManyOpenings, ask_openings
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db
KIND = "saving_school"


@pytest.fixture
def schools(city: CaseCity) -> list[str]:
    users = [
        city.user(name, use_class="services", industry_code="8334") for name in ("甲中学", "乙中学", "丙中学")
    ]
    city.user("印染厂", use_class="industry", industry_code="1713")
    return [f"user:{user.pk}" for user in users]


def _ask(city: CaseCity, *keys: str) -> tuple[CaseBatch, Job]:
    wanted = ManyOpenings(kind=KIND, subjects=keys or None, on=timezone.localdate(), level="city")
    return ask_openings(city.clerk, city.metered.place.pk, wanted)


def test_all_that_may_have_a_case_get_one(city: CaseCity, schools: list[str]) -> None:
    batch, job = _ask(city)
    work_on_batch(job.pk)
    batch.refresh_from_db()
    assert sorted(batch.cases.values_list("subject_key", flat=True)) == sorted(schools)
    assert set(batch.cases.values_list("level", "district__name", "phase")) == {("city", "东河区", "planned")}
    assert batch.state == "taken"
    told = Event.objects.get(action="case_batch.opened", subject=f"case_batch:{batch.pk}")
    assert sorted(told.after["cases"]) == sorted(batch.cases.values_list("pk", flat=True))


def test_only_those_that_were_chosen_and_may(city: CaseCity, schools: list[str]) -> None:
    batch, job = _ask(city, schools[1], "user:0")
    work_on_batch(job.pk)
    assert list(batch.cases.values_list("subject_key", flat=True)) == [schools[1]]
    with pytest.raises(ServiceError) as refused:
        _ask(city, schools[1])
    assert refused.value.code == "case_batches.nobody"


def test_the_job_again_opens_nothing_twice(
    city: CaseCity, schools: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, job = _ask(city)
    monkeypatch.setattr(open_many, "AT_ONCE", 1)
    real, calls = open_many.keep_new, []

    def dies(*args: object) -> None:
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        real(*args)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(open_many, "keep_new", dies)
    with pytest.raises(KeyboardInterrupt):
        work_on_batch(job.pk)
    assert batch.cases.count() == 1
    monkeypatch.setattr(open_many, "keep_new", real)
    Job.objects.update(state=JobState.WAITING)
    work_on_batch(job.pk)
    assert sorted(batch.cases.values_list("subject_key", flat=True)) == sorted(schools)
    Job.objects.update(state=JobState.WAITING)
    work_on_batch(job.pk)
    assert ProgrammeCase.objects.count() == len(schools)


def test_who_got_a_case_meanwhile_is_passed_over_with_the_reason(city: CaseCity, schools: list[str]) -> None:
    batch, job = _ask(city)
    user = city.metered.place.water_users.get(pk=schools[0].partition(":")[2])
    open_case(city.clerk, city.opening(KIND, "甲中学", subject=city.about(user)))
    work_on_batch(job.pk)
    batch.refresh_from_db()
    assert batch.cases.count() == 2
    assert [each["code"] for each in batch.content["passed"]] == ["cases.running"]


def test_a_day_ahead_is_refused(city: CaseCity, schools: list[str]) -> None:
    wanted = ManyOpenings(kind=KIND, subjects=schools, on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(ServiceError) as refused:
        ask_openings(city.clerk, city.metered.place.pk, wanted)
    assert refused.value.code == "cases.future_day"


def test_a_district_opens_only_its_own(city: CaseCity, schools: list[str]) -> None:
    other = city.metered.user("丁中学", city.metered.districts[1], use_class="services", industry_code="8334")
    unit = Organisation.objects.create(
        slug="east-water", name="东河区水利局", kind="bureau", place=city.district
    )
    clerk = Account.objects.create(username="east")
    join(clerk, unit, Role.DISTRICT_CLERK)
    wanted = ManyOpenings(kind=KIND, subjects=None, on=timezone.localdate())
    batch, job = ask_openings(clerk, city.metered.place.pk, wanted)
    work_on_batch(job.pk)
    found = set(batch.cases.values_list("subject_key", flat=True))
    assert found == set(schools)
    assert f"user:{other.pk}" not in found


def test_who_may_not_keep_cases_opens_none(city: CaseCity, schools: list[str]) -> None:
    reader: Account = make_account("wang", Role.READER)
    wanted = ManyOpenings(kind=KIND, subjects=schools, on=timezone.localdate())
    with pytest.raises(NotPermittedError):
        ask_openings(reader, city.metered.place.pk, wanted)
