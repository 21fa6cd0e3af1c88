"""The page of periods."""

from __future__ import annotations

import pytest

from services.reporting import make_reporting
from shuiheng.adapters.records.models import ReportingPeriod
from web.pages.progress.test_reporting import browser

pytestmark = pytest.mark.django_db


def test_periods_are_listed_with_what_came_in() -> None:
    city = make_reporting()
    city.save()
    summary = browser(city.officer).get("/periods/").context["periods"][0]
    assert (summary.expected, summary.filed, summary.counts) == (2, 0, {"draft": 1})


def test_the_office_opens_the_next_period() -> None:
    city = make_reporting()
    client = browser(city.officer)
    assert "没有规定" in client.get("/periods/open/?kind=quarter&first=2026-04-01").content.decode()
    sent = {"plan": city.plan.slug, "kind": "quarter", "first": "2026-04-01", "due_on": "2026-07-10"}
    assert client.post("/periods/open/", sent).status_code == 302
    assert ReportingPeriod.objects.get(kind="quarter").ends_on.isoformat() == "2026-06-30"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"first": "2026-04-01"}, "没有填写截止日"),
        ({"first": "2026-05-01", "due_on": "2026-07-10"}, "2026-04-01"),
        ({"first": "2026-04-01", "due_on": "2026-03-01"}, "早于"),
    ],
)
def test_a_period_that_cannot_be_opened_says_why(sent: dict[str, str], says: str) -> None:
    city = make_reporting()
    answer = browser(city.officer).post("/periods/open/", {"plan": city.plan.slug, "kind": "quarter", **sent})
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_head_freezes_and_opens_again_with_a_reason() -> None:
    city = make_reporting()
    client = browser(city.leader)
    assert browser(city.officer).post(f"/periods/{city.period.pk}/freeze/").status_code == 404
    client.post(f"/periods/{city.period.pk}/freeze/")
    city.period.refresh_from_db()
    assert city.period.frozen_at is not None
    client.post(f"/periods/{city.period.pk}/reopen/", {"reason": ""})
    city.period.refresh_from_db()
    assert city.period.frozen_at is not None
    client.post(f"/periods/{city.period.pk}/reopen/", {"reason": "补报"})
    city.period.refresh_from_db()
    assert city.period.frozen_at is None
