"""A unit without an account reports behind a link, in a browser that nobody knows."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from administrators import department
from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    Progress,
    ProgressValue,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
    SignedLink,
)
from working_office import make_period, make_plan, make_task

pytestmark = pytest.mark.django_db
Place = tuple[Organisation, RegisterTask, ReportingPeriod]


@pytest.fixture
def place(officer: Account) -> Place:
    unit, plan = department(), make_plan(officer)
    task = make_task(plan, "完成管网改造", unit)
    RegisterTarget.objects.create(
        plan=plan,
        task=task,
        quote="改造管网10公里",
        metric="管网改造长度",
        kind="count",
        op=">=",
        value=10,
        unit="km",
    )
    return unit, task, make_period(plan, officer)


def _issued(office: Client, place: Place) -> tuple[str, str]:
    """Return path and code of a new link, as the officer sees them."""
    unit, task, period = place
    page = office.post("/links/", {"part": f"{unit.pk}-{task.pk}", "period": period.pk}).content.decode()
    address, code = (html.unescape(each) for each in re.findall(r'class="once">([^<]+)<', page))
    return urlsplit(address).path, code


def test_a_link_is_issued_shown_once_and_listed(office: Client, place: Place) -> None:
    assert "青禾市水利局" in office.get("/links/").content.decode()
    path, code = _issued(office, place)
    page = office.get("/links/").content.decode()
    assert "待填报" in page and path not in page and code not in page


def test_a_robot_that_follows_the_link_learns_nothing_and_uses_nothing_up(
    office: Client, place: Place
) -> None:
    path, code = _issued(office, place)
    robot = Client()
    for _ in range(20):
        response = robot.get(path, headers={"User-Agent": "LinkPreviewBot"})
        page = response.content.decode()
        assert response.status_code == 200 and "青禾市水利局" not in page and "管网" not in page
        assert response["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in response["Cache-Control"]
    assert Client().post(path, {"code": code}).status_code == 200
    assert SignedLink.objects.get().used_at is None


def test_a_guest_files_once(office: Client, place: Place) -> None:
    path, code = _issued(office, place)
    guest = Client()
    page = guest.post(path, {"code": code}).content.decode()
    assert "完成管网改造" in page and "管网改造长度" in page and "青禾市水利局" in page
    target = RegisterTarget.objects.get()
    fields = {"code": code, "done_text": "已改造6公里", f"value-{target.pk}": "6", "is_complete": ""}
    done = guest.post(f"{path}report/", fields)
    assert done.status_code == 200 and "已提交" in done.content.decode()
    progress = Progress.objects.get()
    assert (progress.state, progress.organisation, progress.done_text) == ("filed", place[0], "已改造6公里")
    assert ProgressValue.objects.get().value == 6
    for response in (guest.get(path), guest.post(path, {"code": code}), guest.post(f"{path}report/", fields)):
        assert response.status_code == 404
    assert "已填报" in office.get("/links/").content.decode()


def test_a_guest_is_asked_in_the_unit_that_the_plan_prints(office: Client, place: Place) -> None:
    path, code = _issued(office, place)
    target = RegisterTarget.objects.get()
    RegisterTarget.objects.update(unit="米", quote="改造管网3.5万米", value=35_000)
    page = Client().post(path, {"code": code}).content.decode()
    assert f'name="unit-{target.pk}" value="万米"' in page
    fields = {"code": code, "done_text": "已改造", f"value-{target.pk}": "1.2", f"unit-{target.pk}": "万米"}
    assert Client().post(f"{path}report/", fields).status_code == 200
    assert ProgressValue.objects.get().value == 12_000


def test_what_is_wrong_with_a_report_is_said_and_what_was_typed_stays(office: Client, place: Place) -> None:
    path, code = _issued(office, place)
    target = RegisterTarget.objects.get()
    fields = {"code": code, "done_text": "已改造", f"value-{target.pk}": "六", "is_complete": "1"}
    response = Client().post(f"{path}report/", fields)
    page = response.content.decode()
    assert response.status_code == 422 and "已改造</textarea>" in page and 'value="六"' in page
    assert 'name="is_complete" value="1" checked' in page
    assert SignedLink.objects.get().used_at is None and not Progress.objects.exists()


def test_a_wrong_code_shows_nothing_and_five_end_the_link(office: Client, place: Place) -> None:
    path, code = _issued(office, place)
    guest = Client()
    for _ in range(5):
        response = guest.post(path, {"code": "wrong"})
        assert response.status_code == 422 and "管网" not in response.content.decode()
    assert guest.post(path, {"code": code}).status_code == 404
    assert guest.post(f"{path}report/", {"code": code, "done_text": "x"}).status_code == 404


def test_a_report_without_the_code_is_not_taken(office: Client, place: Place) -> None:
    path, _ = _issued(office, place)
    response = Client().post(f"{path}report/", {"code": "", "done_text": "x"})
    assert response.status_code == 422 and not Progress.objects.exists()


def test_an_altered_link_is_not_found_and_looks_like_any_other_page(office: Client, place: Place) -> None:
    path, _ = _issued(office, place)
    altered = path[:-2] + ("A" if path[-2] != "A" else "B") + "/"
    assert Client().get(altered).status_code == 404
    assert Client().get("/a/x/").status_code == 404


def test_a_revoked_link_is_over(office: Client, place: Place) -> None:
    path, _ = _issued(office, place)
    key = SignedLink.objects.get().pk
    assert office.post(f"/links/{key}/end/").status_code == 302
    assert Client().get(path).status_code == 404
    assert "已作废" in office.get("/links/").content.decode()
    assert office.post(f"/links/{key}/end/").status_code == 302


def test_others_issue_no_links(looker: Client, place: Place) -> None:
    unit, task, period = place
    assert looker.get("/links/").status_code == 404
    posted = looker.post("/links/", {"part": f"{unit.pk}-{task.pk}", "period": period.pk})
    assert posted.status_code == 404 and not SignedLink.objects.exists()


@pytest.mark.parametrize("part", ["", "x", "1", "1-", "-1", "1-x", "99999-99999"])
def test_a_strange_form_is_not_found(office: Client, place: Place, part: str) -> None:
    assert office.post("/links/", {"part": part, "period": place[2].pk}).status_code == 404


def test_words_of_a_task_are_never_markup(office: Client, place: Place) -> None:
    RegisterTask.objects.update(text="<script>alert(1)</script>")
    path, code = _issued(office, place)
    assert "<script>alert" not in Client().post(path, {"code": code}).content.decode()
