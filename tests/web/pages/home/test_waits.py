"""What is counted opens a page that its reader may open, and is told in the box of its right."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from office import make_account
from shuiheng.adapters.records.models import PlanVersion, ReportRecord, ReportState, Role
from shuiheng.adapters.rulebook import role_rules, route_rules
from shuiheng.services.permission import remember_memberships
from shuiheng.web.pages.home.box import Desk
from shuiheng.web.pages.home.boxes import BOXES
from shuiheng.web.pages.home.waits import WAITS, counted

DAY = date(2026, 5, 2)


def test_each_stands_in_a_box_and_says_something_of_its_own() -> None:
    assert {wait.box for wait in WAITS} <= {rule.key for rule in BOXES}
    assert len({str(wait.words) for wait in WAITS}) == len(WAITS)


def test_whoever_is_told_may_open_the_page() -> None:
    closed = []
    for wait in WAITS:
        needs = route_rules()[resolve(reverse(wait.page)).url_name].needs
        holders = [rule for rule in role_rules().values() if wait.action in rule.reaches]
        assert holders, wait.words
        closed += [(str(wait.words), rule.zh) for rule in holders if needs not in rule.reaches]
    assert not closed


def test_each_box_of_counts_belongs_to_whoever_is_counted_for() -> None:
    rights = {rule.key: set(rule.rights) for rule in BOXES}
    lost = [
        (str(wait.words), rule.zh)
        for wait in WAITS
        for rule in role_rules().values()
        if wait.action in rule.reaches and not rights[wait.box] & set(rule.reaches)
    ]
    assert not lost


@pytest.mark.django_db
def test_all_counts_are_asked_at_once_and_none_is_told_as_nought(published: PlanVersion) -> None:
    request = HttpRequest()
    request.user = leader = make_account("leader", Role.OFFICE_LEADER)
    remember_memberships(leader)
    desk = Desk(request=request, today=DAY)
    assert not counted(desk).get("decide")
    for _ in range(2):
        ReportRecord.objects.create(
            plan=published.plan,
            kind="half_year",
            title="报告",
            state=ReportState.REVIEWED,
            content={},
            made_by=leader,
        )
    with CaptureQueriesContext(connection) as queries:
        (line,) = counted(desk)["decide"]
    assert len(queries) == 1
    assert (line.count, str(line.words), line.address) == (2, "份报告待签发", reverse("reports"))


@pytest.mark.django_db
def test_what_is_lacking_is_told_until_it_is_there(officer: object) -> None:
    request = HttpRequest()
    request.user = officer  # type: ignore[assignment]  # an account
    said = [line.count for line in counted(Desk(request=request, today=DAY))["begin"]]
    assert said == [None, None, None]
