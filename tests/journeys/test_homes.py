"""Each role signs in: its first page shows its work on one screen, each line opens, axe finds nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from journeys.axe import violations
from journeys.people import NARROW, WIDE, People, look, people_at_work
from journeys.site import needs_chromium
from places import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]

MAKE = """
import json, django
django.setup()
from access.world import OFFICE, UNIT_OF_ROLE, make_city
from shuiheng.adapters.records.models import KeptStanding, Organisation, Role
from shuiheng.services.create_first_users import ensure_user
from shuiheng.services.indicators.keep_standings import keep_standings
from django.utils import timezone
city = make_city("a", "青禾市")
KeptStanding.objects.all().delete()
keep_standings(city.row(Organisation).place, timezone.localdate())
made = {}
for role in Role:
    unit = city.row(Organisation, UNIT_OF_ROLE.get(role, OFFICE))
    made[role] = ensure_user(role, display_name=role, roles=((unit, role),))[1]
print(json.dumps(made))
"""
SHOWN = {
    "office_clerk": ("待我办理", "已逾期", "目标：先看最差的", "新的用水预警", "中断的数据", "近期到期"),
    "office_reviewer": ("待我决定", "已逾期", "目标：先看最差的"),
    "office_leader": ("全部目标研判", "待我决定", "已逾期"),
    "district_clerk": ("待我办理", "已逾期", "中断的数据"),
    "partner_clerk": ("待我办理", "近期到期"),
    "supplier": ("待我办理", "中断的数据"),
    "enterprise_filer": ("待我办理", "本单位用水计划"),
    "inspector": ("我的现场检查", "已逾期"),
    "auditor": ("已逾期", "日志"),
    "reader": ("近期到期", "最近签发的文件"),
    "system_administrator": ("账号与任务",),
    "security_administrator": ("账号与任务", "日志"),
    "audit_administrator": ("账号与任务", "日志"),
}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    """A city with a row of everything, and somebody of each role."""
    tests = {"PYTHONPATH": str(ROOT / "tests")}
    with people_at_work(tmp_path_factory.mktemp("homes") / "state", around=tests) as found:
        found.passwords |= json.loads(found.at_the_site(MAKE).splitlines()[-1])
        yield found


@pytest.mark.parametrize("role", SHOWN)
def test_the_home_of_a_role_shows_its_work_and_each_line_opens(people: People, role: str) -> None:
    page = people.page(role)
    page.goto("/")
    look(page, f"home_{role}")
    for title in SHOWN[role]:
        assert page.locator("section.home-box h2", has_text=title).count() == 1, title
    assert page.evaluate("document.documentElement.scrollHeight") <= WIDE["height"]
    assert violations(page) == []
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dict of the right shape
    assert violations(page) == []
    addresses = page.locator("section.home-box a").evaluate_all("all => all.map(each => each.href)")
    assert addresses
    closed = {each for each in addresses if page.request.get(each).status != 200}
    assert not closed
    people.leave()
