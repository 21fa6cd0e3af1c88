"""Pages of progress ask the database few questions, however many tasks there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.reporting import make_reporting, make_task
from shuiheng.services.file_progress import file_progress
from shuiheng.services.progress_content import ProgressContent
from shuiheng.services.save_progress import save_progress
from web.pages.progress.test_reporting import browser

pytestmark = pytest.mark.django_db
BUDGET = 30


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("clerk", "/reporting/{period}/{unit}/"),
        ("clerk", "/reporting/?all=1"),
        ("clerk", "/reporting/{period}/{unit}/collect/"),
        ("officer", "/progress/"),
        ("reviewer", "/progress/{progress}/"),
        ("leader", "/periods/"),
        ("officer", "/periods/open/"),
    ],
)
def test_a_page_keeps_to_its_budget_of_queries(who: str, path: str) -> None:
    city = make_reporting()
    for number in range(25):
        task = make_task(city.plan, f"任务{number}", lead=city.bureau, joint=city.farms)
        row = save_progress(
            city.clerk,
            ProgressContent(done_text="完成"),
            period=city.period.pk,
            task=task.pk,
            organisation=city.bureau.pk,
        )
        if number % 2:
            file_progress(city.clerk, row.pk)
    client = browser(getattr(city, who))
    address = path.format(period=city.period.pk, unit=city.bureau.pk, progress=row.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= BUDGET
