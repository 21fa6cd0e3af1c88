"""The page of eligibility: candidates of a kind, sent as a file, opened for some or for all."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import CaseBatch, Job, ProgrammeCase
from shuiheng.services.cases.case_jobs import work_on_batch
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


@pytest.fixture
def schools(city: CaseCity) -> list[str]:
    users = [city.user(name, use_class="services", industry_code="8334") for name in ("甲中学", "乙中学")]
    city.user("印染厂", use_class="industry", industry_code="1713")
    city.user("无代码单位", use_class="services")
    return [f"user:{user.pk}" for user in users]


def test_candidates_stand_with_their_figures_and_what_is_missing(
    city: CaseCity, schools: list[str], browser: Browser
) -> None:
    office = browser(city.clerk)
    assert "节水型学校" in office.get(reverse("eligibility")).content.decode()
    page = office.get(reverse("eligibility") + "?kind=saving_school").content.decode()
    assert "甲中学" in page and "行业代码8334" in page and "印染厂" in page
    page = office.get(reverse("eligibility") + "?kind=saving_school&standing=open").content.decode()
    assert "甲中学" not in page and "无代码单位" in page and "单位类型" in page
    page = office.get(reverse("eligibility") + "?kind=saving_school&q=乙").content.decode()
    assert "乙中学" in page and "甲中学" not in page
    odd = "?kind=x&standing=x&district=x&page=x&q=%00"
    assert office.get(reverse("eligibility") + odd).status_code == 200
    empty = office.get(reverse("eligibility") + "?kind=pipe_renewal").content.decode()
    assert "名录中还没有对象" in empty and reverse("case_subjects") in empty


def test_candidates_are_sent_as_a_file(city: CaseCity, schools: list[str], browser: Browser) -> None:
    office = browser(city.clerk)
    address = reverse("eligibility_export", args=["csv"]) + "?kind=saving_school"
    csv = office.get(address + "&standing=yes").content.decode("utf-8-sig")
    assert "甲中学" in csv and "印染厂" not in csv and "符合条件" in csv
    assert office.get(reverse("eligibility_export", args=["pdf"]) + "?kind=saving_school").status_code == GONE
    unknown = office.get(reverse("eligibility_export", args=["csv"]))
    assert unknown["Location"] == reverse("eligibility")


def test_some_are_opened_then_all_of_the_filter(city: CaseCity, schools: list[str], browser: Browser) -> None:
    office = browser(city.clerk)
    form = {"kind": "saving_school", "on": timezone.localdate().isoformat(), "level": "city"}
    answer = office.post(reverse("open_candidates"), form | {"subject": [schools[0]]})
    assert answer["Location"] == reverse("case_batch", args=[CaseBatch.objects.get().pk])
    work_on_batch(Job.objects.latest("pk").pk)
    assert list(ProgrammeCase.objects.values_list("subject_key", flat=True)) == [schools[0]]
    office.post(reverse("open_candidates"), form | {"all": "1", "standing": "yes"})
    work_on_batch(Job.objects.latest("pk").pk)
    assert sorted(ProgrammeCase.objects.values_list("subject_key", flat=True)) == sorted(schools)
    page = office.get(reverse("eligibility") + "?kind=saving_school&standing=running").content.decode()
    assert "甲中学" in page and "查看事项" in page


def test_nothing_chosen_and_no_day_are_told(city: CaseCity, schools: list[str], browser: Browser) -> None:
    office = browser(city.clerk)
    form = {"kind": "saving_school", "query": "kind=saving_school"}
    answer = office.post(reverse("open_candidates"), form | {"on": "2026-01-01"}, follow=True)
    assert "没有选择" in answer.content.decode() or "未选择" in answer.content.decode()
    office.post(reverse("open_candidates"), form | {"subject": schools, "on": "昨天"})
    assert not ProgrammeCase.objects.exists() and not CaseBatch.objects.exists()
