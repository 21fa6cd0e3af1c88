"""One report."""

from __future__ import annotations

import pytest

from services.reporting import make_reporting
from shuiheng.adapters.records.models import Judgement, Progress, ReportRecord
from shuiheng.services.file_progress import file_progress
from shuiheng.services.review_progress import accept_progress, review_progress
from web.pages.progress.test_reporting import browser

pytestmark = pytest.mark.django_db


def test_a_report_shows_its_history_word_by_word() -> None:
    city = make_reporting()
    city.save(text="完成渠道改造两处")
    row = city.save(text="完成渠道改造三处")
    page = browser(city.officer).get(f"/progress/{row.pk}/").content.decode()
    assert '<del class="diff-old">两</del><ins class="diff-new">三</ins>' in page


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        ("clerk", {"withdraw"}),
        ("checker", {"check", "return"}),
        ("officer", {"review", "return"}),
        ("reviewer", {"review", "return"}),
        ("leader", set()),
    ],
)
def test_each_reader_is_offered_the_steps_that_are_theirs(who: str, steps: set[str]) -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    offered = browser(getattr(city, who)).get(f"/progress/{row.pk}/").context["offered"]
    assert set(offered) == steps


def test_a_step_is_taken_and_a_stale_one_is_refused_with_words() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    client = browser(city.officer)
    answer = client.post(f"/progress/{row.pk}/review/", {"revision": row.revision - 1}, follow=True)
    assert "已修改了这一项" in answer.content.decode()
    client.post(f"/progress/{row.pk}/review/", {"revision": row.revision})
    assert Progress.objects.get().state == "reviewed"


def test_a_return_without_a_reason_leaves_the_report_as_it_was() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    client = browser(city.officer)
    assert "须写明原因" in client.post(f"/progress/{row.pk}/return/", follow=True).content.decode()
    client.post(f"/progress/{row.pk}/return/", {"reason": "重报", "marked_field": "values"})
    row.refresh_from_db()
    assert (row.state, row.marked_field) == ("returned", "values")


def test_reopening_names_the_issued_reports_that_it_touches() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    accept_progress(city.reviewer, review_progress(city.officer, row.pk).pk)
    ReportRecord.objects.create(
        plan=city.plan,
        period=city.period,
        kind="half_year",
        title="上半年进展报告",
        state="issued",
        content={},
        made_by=city.officer,
    )
    page = browser(city.leader).get(f"/progress/{row.pk}/").content.decode()
    assert "上半年进展报告" in page and "不会改变它们" in page


@pytest.mark.parametrize("path", ["/progress/{key}/", "/progress/999/"])
def test_what_is_not_theirs_and_what_is_not_there_look_the_same(path: str) -> None:
    city = make_reporting()
    key = city.save().pk
    answer = browser(city.stranger).get(path.format(key=key))
    assert answer.status_code == 404
    assert browser(city.stranger).post(f"/progress/{key}/file/").status_code == 404
    assert browser(city.clerk).post(f"/progress/{key}/erase/").status_code == 404


def test_a_judgement_is_kept_by_who_may_judge() -> None:
    city = make_reporting()
    path = f"/tasks/{city.task.pk}/judgement/"
    assert browser(city.officer).post(path, {"words": "好"}).status_code == 404
    browser(city.leader).post(path, {"words": "进度偏慢"})
    assert Judgement.objects.get().words == "进度偏慢"
