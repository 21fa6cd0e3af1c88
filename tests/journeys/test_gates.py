"""A clerk registers a project and enters a fact with its evidence; a reviewer confirms what it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.people import People, look, people_at_work
from journeys.site import needs_chromium
from journeys.test_office_year import OFFICE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]
GATE = "#water_resources_argument"


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with people_at_work(tmp_path / "state") as found:
        found.join(("reviewer", "复核王芳", OFFICE, "office_reviewer"))
        yield found


def test_a_project_is_held_against_its_gates_and_a_reviewer_confirms(people: People) -> None:
    page = people.page("officer")
    page.goto("/projects/new/")
    page.fill("[name=name]", "滨河印染二期")
    page.fill("[name=owner_name]", "滨河印染厂")
    page.select_option("[name=stage]", "permit")
    page.select_option("[name=area]", index=1)
    page.fill("[name=planned_surface]", "120000")
    page.click("button.primary")
    page.wait_for_selector(f"{GATE} >> text=不能判断")
    where = page.url
    page.click(f"{GATE} >> text=登记事实")
    page.select_option(f"{GATE} [name=value]", "yes")
    page.fill(f"{GATE} [name=evidence]", "审查意见第3页")
    page.click(f"{GATE} .fact-form button")
    page.wait_for_selector(f"{GATE} .badge.g-passed")
    look(page, "gates_entered")
    other = people.page("reviewer")
    other.goto(where)
    other.click(f"{GATE} >> text=确认结论")
    other.click(f"{GATE} .fact-form button")
    other.wait_for_selector(f"{GATE} >> text=已确认")
    look(other, "gates_confirmed")
    page.goto("/permits/")
    page.wait_for_selector("text=没有符合条件的许可证")
    assert people.errors == []
