"""Publishing gives every user its entries, a numbered notice and a message; a run cut short goes on."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest

from services.allowances.planned_city import (
    PlannedCity,
    computed_round,
    planned_city,
    publish,
    published_round,
)
from services.ledger.used_city import add_used
from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    Job,
    JobState,
    Letter,
    Message,
    PlannedAllowance,
)
from shuiheng.services.allowances import issue_notices as issuing
from shuiheng.services.allowances.publish_round import ask_publication
from shuiheng.services.allowances.review_round import review_round
from shuiheng.services.allowances.round_jobs import work_on_round
from shuiheng.services.allowances.set_volume import set_volume
from shuiheng.services.file_store import kept_content

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_each_user_gets_a_numbered_notice_in_the_order_of_the_ledger(city: PlannedCity) -> None:
    published_round(city)
    job = Job.objects.latest("pk")
    assert (job.state, job.result) == (JobState.DONE, {"notices": 2})
    assert [letter.number for letter in Letter.objects.order_by("number")] == [1, 2]
    names = zipfile.ZipFile(io.BytesIO(kept_content(job.result_stored_name))).namelist()
    assert names == ["00001_青禾印染厂.docx", "00002_青禾中学.docx"]
    mill = city.allowance(city.mill)
    assert mill.number == "青节计〔2026〕1号" and mill.published_at is not None
    told = Message.objects.get(kind="allowance_notice", organisation=city.mill.organisation)
    assert "12,000立方米" in told.text and mill.number in told.text


def test_a_notice_says_the_year_the_months_and_the_source(city: PlannedCity) -> None:
    published_round(city)
    words = str(Letter.objects.get(number=1).content)
    for part in ("关于下达2026年度用水计划指标的通知", "自来水（水源1）", "12,000立方米", "分月表"):
        assert part in words, part


def test_the_first_entry_holds_from_the_first_day_of_the_year(city: PlannedCity) -> None:
    published_round(city)
    (entry,) = city.allowance(city.mill).entries.all()
    assert (entry.kind, entry.state, str(entry.effective_on)) == ("initial", "approved", "2026-01-01")
    assert sum(entry.months.values_list("volume_m3", flat=True)) == Decimal(12_000)
    assert entry.months.count() == 12


def test_a_run_that_was_cut_short_publishes_once_and_numbers_without_a_gap(
    city: PlannedCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = computed_round(city)
    review_round(city.reviewer, round_.pk)
    monkeypatch.setattr(issuing, "AT_ONCE", 1)
    whole, calls = issuing._write, []

    def crash(*given: object) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        whole(*given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(issuing, "_write", crash)
    job = ask_publication(city.leader, round_.pk, mark="青节计", with_unchecked=True)
    with pytest.raises(KeyboardInterrupt):
        work_on_round(job.pk)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    work_on_round(job.pk)
    assert [letter.number for letter in Letter.objects.order_by("number")] == [1, 2]
    assert AllowanceEntry.objects.count() == 2


def test_who_gets_an_allowance_later_is_published_then(city: PlannedCity, officer: Account) -> None:
    silent = add_used(officer, "青禾食品厂", None, years=())
    round_ = computed_round(city)
    review_round(city.reviewer, round_.pk)
    publish(city, round_)
    row = PlannedAllowance.objects.get(user=silent)
    assert (row.published_at, row.number) == (None, "")
    set_volume(officer, row.pk, volume_m3=Decimal(600), reason="新户，按设计")
    publish(city, round_)
    row.refresh_from_db()
    assert row.number == "青节计〔2026〕3号" and row.entries.count() == 1
