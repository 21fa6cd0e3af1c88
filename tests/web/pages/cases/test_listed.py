"""The page of what no other register lists: pasted, refused with its lines, closed and opened again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import CaseSubject, ProgrammeCase
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
PAGE, REFUSED, FOUND = "case_subjects", 422, 302


def test_a_pasted_list_stands_on_the_page_and_in_the_run(city: CaseCity, browser: Browser) -> None:
    office = browser(city.clerk)
    assert "还没有列入的对象" in office.get(reverse(PAGE) + "?sort=pipe_section").content.decode()
    form = {"sort": "pipe_section", "lines": "滨江路管段\t东河区\tGD-1\n文昌路管段"}
    page = office.post(reverse(PAGE), form, follow=True).content.decode()
    assert "新列入 2 个" in page and "滨江路管段" in page and "GD-1" in page
    page = office.get(reverse(PAGE) + "?sort=pipe_section&q=GD").content.decode()
    assert "滨江路管段" in page and "文昌路管段" not in page
    run = office.get(reverse("eligibility") + "?kind=pipe_renewal").content.decode()
    assert "滨江路管段" in run and reverse(PAGE) in run
    chosen = office.get(reverse("new_case") + "?kind=pipe_renewal&q=滨江").content.decode()
    assert "subject=name%3A" in chosen
    given = {"district": str(city.district.pk), "on": "2025-03-03"}
    office.post(reverse("new_case") + "?kind=pipe_renewal&subject=name:滨江路管段", given)
    assert ProgrammeCase.objects.get().subject_key == "name:滨江路管段"


def test_a_refused_list_keeps_what_was_typed_and_names_the_lines(city: CaseCity, browser: Browser) -> None:
    form = {"sort": "event", "lines": "世界水日\n中国水周\t别处区"}
    answer = browser(city.clerk).post(reverse(PAGE), form)
    page = answer.content.decode()
    assert answer.status_code == REFUSED and "中国水周\t别处区" in page and "第 2 行" in page
    empty = browser(city.clerk).post(reverse(PAGE), {"sort": "event", "lines": ""})
    assert empty.status_code == REFUSED and not CaseSubject.objects.exists()


def test_one_is_closed_and_opened_again(city: CaseCity, browser: Browser) -> None:
    office = browser(city.clerk)
    office.post(reverse(PAGE), {"sort": "event", "lines": "世界水日"})
    row = CaseSubject.objects.get()
    close = reverse("close_case_subject", args=[row.pk])
    assert "已停用" in office.post(close, {"closed": "1"}, follow=True).content.decode()
    assert "世界水日" not in office.get(reverse("eligibility") + "?kind=campaign").content.decode()
    assert office.post(close, {"closed": "0"}).status_code == FOUND
    row.refresh_from_db()
    assert row.closed_at is None
