"""Targets of the first page: the worst first, each with the reason, each with its own page."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from office import make_account
from shuiheng.adapters.records.models import (
    Account,
    KeptStanding,
    Organisation,
    PlanVersion,
    Role,
    TaskParty,
)
from shuiheng.services.found_city import join
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.web.pages.home.box import LATE, SOON
from shuiheng.web.pages.home.targets import (
    deadlines,
    own_targets,
    target_counts,
    verdicts,
    worst_targets,
)
from web.pages.home.desks import DAY, desk_of
from working_office import make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(published: PlanVersion) -> PlanVersion:
    keep_standings(published.plan.place, DAY)
    return published


def test_each_target_tells_why_and_opens_its_page(city: PlanVersion, officer: Account) -> None:
    worst = KeptStanding.objects.exclude(is_share=True).first()
    assert worst is not None
    KeptStanding.objects.all().update(standing="unknown")
    KeptStanding.objects.filter(pk=worst.pk).update(standing="missed", why="final", problem="")
    first, *rest = worst_targets(desk_of(officer))
    assert first.address == reverse("standing", args=[worst.pk]) and first.tone == LATE
    assert [str(word) for word in first.sign or ()] == ["✕", "未达成"] and str(first.note)
    assert rest and all(line.tone == SOON for line in rest)
    assert len(verdicts(desk_of(officer))) == KeptStanding.objects.filter(is_share=False).count()


def test_the_counts_are_those_of_the_standings(city: PlanVersion, officer: Account) -> None:
    lines = {str(line.words): line.count for line in target_counts(desk_of(officer))}
    assert sum(lines.values()) == KeptStanding.objects.filter(is_share=False).count()  # type: ignore[arg-type]
    assert not target_counts(desk_of(make_account("nobody")))


def test_a_department_sees_its_own_targets_apart(city: PlanVersion, officer: Account) -> None:
    row = KeptStanding.objects.filter(target__task__isnull=False).first()
    assert row is not None
    unit: Organisation = make_unit("市某局")
    TaskParty.objects.create(task=row.target.task, organisation=unit, role="lead", from_on=date(2026, 1, 1))
    clerk = Account.objects.create(username="clerk")
    join(clerk, unit, Role.PARTNER_CLERK)
    own = {line.address for line in own_targets(desk_of(clerk))}
    others = {line.address for line in worst_targets(desk_of(clerk))}
    assert reverse("standing", args=[row.pk]) in own and not own & others
    assert not own_targets(desk_of(officer))


def test_the_next_deadlines_come_with_their_day(city: PlanVersion, reader: Account) -> None:
    days = [line.on for line in deadlines(desk_of(reader))]
    assert days and days == sorted(days) and min(days) >= DAY  # type: ignore[type-var]
