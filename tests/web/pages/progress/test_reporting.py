"""The reporting form of a unit."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from services.reporting import Reporting, make_reporting
from shuiheng.adapters.records.models import Account, PeriodKind, Progress, RegisterTarget, ReportingPeriod
from shuiheng.services.file_progress import file_progress
from shuiheng.services.review_progress import accept_progress, return_progress, review_progress

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


def browser(account: Account) -> Client:
    """Return a browser in which an account is logged in."""
    client = Client()
    client.force_login(account)
    return client


def _desk(city: Reporting) -> str:
    return f"/reporting/{city.period.pk}/{city.bureau.pk}/"


def test_a_lone_open_period_opens_at_once() -> None:
    city = make_reporting()
    answer = browser(city.clerk).get("/reporting/")
    assert (answer.status_code, answer.headers["Location"]) == (302, _desk(city))
    assert "市水利局" in browser(city.clerk).get("/reporting/?all=1").content.decode()


def test_the_form_holds_the_tasks_of_the_unit_and_no_others() -> None:
    city = make_reporting()
    page = browser(city.clerk).get(_desk(city)).content.decode()
    assert city.task.text in page
    assert city.other_task.text not in page
    assert f'name="value-{city.target.pk}"' in page


def test_another_unit_finds_nothing_there() -> None:
    city = make_reporting()
    for path in (_desk(city), f"/reporting/{city.period.pk}/999/", f"/reporting/999/{city.bureau.pk}/"):
        assert browser(city.stranger).get(path).status_code == 404


def test_a_row_is_saved_and_answers_with_its_new_revision() -> None:
    city = make_reporting()
    client = browser(city.clerk)
    path = f"{_desk(city)}{city.task.pk}/"
    sent = {"revision": 0, "done_text": "完成两处", f"value-{city.target.pk}": "2 处"}
    answer = client.post(path, sent, headers=HX)
    assert answer.status_code == 200
    assert 'name="revision" value="1"' in answer.content.decode()
    row = Progress.objects.get()
    assert (row.done_text, row.values.get().value) == ("完成两处", 2)


@pytest.mark.parametrize(("language", "number", "unit"), [("zh-hans", "0.9", "万亩"), ("en", "9000", "亩")])
def test_a_value_is_shown_and_read_in_the_unit_that_the_plan_prints(
    language: str, number: str, unit: str
) -> None:
    city = make_reporting()
    RegisterTarget.objects.filter(pk=city.target.pk).update(value=12_000, unit="亩", quote="新增1.2万亩")
    row = city.save(text="已完成", values={city.target.pk: 9_000})
    client = browser(city.clerk)
    client.cookies["django_language"] = language
    page = client.get(_desk(city)).content.decode()
    fields = {name: _field(page, f"{name}-{city.target.pk}") for name in ("value", "unit")}
    assert fields == {"value": number, "unit": unit}
    sent = {f"{name}-{city.target.pk}": text for name, text in fields.items()}
    client.post(f"{_desk(city)}{city.task.pk}/", {"revision": row.revision, "done_text": "已完成", **sent})
    row.refresh_from_db()
    assert (row.revision, row.values.get().value) == (1, 9_000)
    typed = {**sent, f"value-{city.target.pk}": "1.1万"}
    client.post(f"{_desk(city)}{city.task.pk}/", {"revision": row.revision, "done_text": "已完成", **typed})
    assert row.values.get().value == 11_000


def test_every_page_says_a_value_in_the_same_unit() -> None:
    city = make_reporting()
    RegisterTarget.objects.filter(pk=city.target.pk).update(value=12_000, unit="亩", quote="新增1.2万亩")
    row = city.save(text="已完成", values={city.target.pk: 9_000})
    file_progress(city.clerk, row.pk)
    for path in (_desk(city), f"/progress/{row.pk}/"):
        assert "0.9 万亩" in browser(city.clerk).get(path).content.decode()
    assert "0.9 万亩" in browser(city.officer).get(f"/register/tasks/{city.task.pk}/").content.decode()


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_an_empty_row_that_was_never_saved_stays_unsaved() -> None:
    city = make_reporting()
    answer = browser(city.clerk).post(f"{_desk(city)}{city.task.pk}/", {"revision": 0}, headers=HX)
    assert answer.status_code == 200
    assert not Progress.objects.exists()


def test_a_clash_shows_the_other_text_and_keeps_the_old_revision_until_it_is_chosen() -> None:
    city = make_reporting()
    first, second = browser(city.clerk), browser(city.colleague)
    path = f"{_desk(city)}{city.task.pk}/"
    assert second.post(path, {"revision": 0, "done_text": "同事写的"}, headers=HX).status_code == 200
    clash = first.post(path, {"revision": 0, "done_text": "我写的"}, headers=HX)
    page = clash.content.decode()
    assert clash.status_code == 409
    assert "同事写的" in page and "colleague" in page
    assert 'name="revision" value="0"' in page and 'name="over" value="1"' in page
    assert first.post(path, {"revision": 0, "done_text": "我写的"}, headers=HX).status_code == 409
    chosen = first.post(path, {"revision": 0, "over": 1, "done_text": "我写的"}, headers=HX)
    assert chosen.status_code == 200
    assert Progress.objects.get().done_text == "我写的"


def test_a_value_that_is_no_number_is_named_and_nothing_is_saved() -> None:
    city = make_reporting()
    sent = {"revision": 0, "done_text": "完成", f"value-{city.target.pk}": "约两处"}
    answer = browser(city.clerk).post(f"{_desk(city)}{city.task.pk}/", sent, headers=HX)
    assert answer.status_code == 422
    assert f'data-refused="value-{city.target.pk}"' in answer.content.decode()
    assert not Progress.objects.exists()


def test_without_scripts_a_row_is_saved_too() -> None:
    city = make_reporting()
    answer = browser(city.clerk).post(f"{_desk(city)}{city.task.pk}/", {"revision": 0, "done_text": "完成"})
    assert answer.headers["Location"] == f"{_desk(city)}#task-{city.task.pk}"
    assert Progress.objects.get().done_text == "完成"


def test_chosen_rows_are_filed_and_one_is_taken_back() -> None:
    city = make_reporting()
    client, row = browser(city.clerk), city.save()
    page = client.post(f"{_desk(city)}file/", {"progress": [row.pk]}, follow=True).content.decode()
    assert "已上报 1 项" in page and "撤回上报" in page
    row.refresh_from_db()
    assert row.state == "filed"
    client.post(f"{_desk(city)}file/", {"withdraw": row.pk})
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_row_without_words_is_not_filed_and_says_why() -> None:
    city = make_reporting()
    row = city.save(text="", obstacles="缺资金")
    page = (
        browser(city.clerk).post(f"{_desk(city)}file/", {"progress": [row.pk]}, follow=True).content.decode()
    )
    assert "还没有填写" in page
    assert Progress.objects.get().state == "draft"


def test_a_returned_row_shows_the_reason_on_its_field_and_can_be_written() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    return_progress(city.officer, row.pk, reason="请写明地点", marked_field="done_text")
    page = browser(city.clerk).get(_desk(city)).content.decode()
    assert "请写明地点" in page
    assert 'class="field f-long wrong"' in page


def test_the_values_and_words_of_the_period_before_stand_beside() -> None:
    city = make_reporting()
    row = city.save(text="上半年完成三处", values={city.target.pk: 3})
    accept_progress(city.reviewer, review_progress(city.officer, file_progress(city.clerk, row.pk).pk).pk)
    later = ReportingPeriod.objects.create(
        plan=city.plan,
        kind=PeriodKind.HALF_YEAR,
        starts_on="2026-07-01",
        ends_on="2026-12-31",
        due_on="2027-01-15",
        opened_by=city.officer,
    )
    page = browser(city.clerk).get(f"/reporting/{later.pk}/{city.bureau.pk}/").content.decode()
    assert "上半年完成三处" in page
    assert "上期 <b data-doc>3 处</b>" in page
