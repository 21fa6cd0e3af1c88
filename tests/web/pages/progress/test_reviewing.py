"""The list of reports."""

from __future__ import annotations

import pytest

from services.reporting import make_reporting
from shuiheng.adapters.records.models import Evidence, Progress
from shuiheng.services.file_progress import file_progress
from shuiheng.services.review_progress import review_progress
from web.pages.progress.test_reporting import browser

pytestmark = pytest.mark.django_db


def test_the_office_sees_every_report_of_the_newest_period() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    page = browser(city.officer).get("/progress/")
    assert [report for report, _, _ in page.context["rows"]] == [row]
    assert page.context["summary"].filed == 1
    assert page.context["summary"].expected == 2


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("state=filed", 1),
        ("state=draft", 0),
        ("state=nonsense", 1),
        ("unit=999", 0),
        ("q=渠道", 1),
        ("q=航天", 0),
    ],
)
def test_a_filter_shows_what_fits(query: str, count: int) -> None:
    city = make_reporting()
    file_progress(city.clerk, city.save().pk)
    assert len(browser(city.officer).get(f"/progress/?{query}").context["rows"]) == count


def test_a_unit_sees_its_own_and_what_is_reported_on_tasks_that_it_leads() -> None:
    city = make_reporting()
    own = city.save()
    assert [row for row, _, _ in browser(city.clerk).get("/progress/").context["rows"]] == [own]
    assert browser(city.stranger).get("/progress/").context["rows"] == []


def test_a_selection_is_reviewed_and_then_accepted() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    client = browser(city.reviewer)
    for do in ("review", "accept"):
        client.post("/progress/bulk/", {"do": do, "progress": [row.pk]})
    row.refresh_from_db()
    assert row.state == "accepted"


def test_what_is_refused_of_a_selection_is_named_with_its_reason() -> None:
    city = make_reporting()
    row = city.save()
    Evidence.objects.create(progress=row, stored_name="x", sha256="y", original_name="z", byte_count=1)
    review_progress(city.officer, file_progress(city.clerk, row.pk).pk)
    sent = {"do": "accept", "progress": [row.pk], "next": "/progress/?state=reviewed"}
    answer = browser(city.reviewer).post("/progress/bulk/", sent, follow=True)
    assert answer.redirect_chain[-1][0] == "/progress/?state=reviewed"
    assert "佐证材料未审核" in answer.content.decode()
    assert Progress.objects.get().state == "reviewed"


def test_a_selection_never_leads_to_another_site() -> None:
    city = make_reporting()
    sent = {"do": "accept", "next": "https://elsewhere.example/"}
    assert browser(city.reviewer).post("/progress/bulk/", sent).headers["Location"] == "/progress/"
    assert browser(city.clerk).post("/progress/bulk/", sent).status_code == 404
    assert browser(city.reviewer).post("/progress/bulk/", {"do": "erase"}).status_code == 404
