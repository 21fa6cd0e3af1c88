"""Targets that stand worst come first; shares are shown to their district only."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    KeptStanding,
    Organisation,
    Place,
    PlaceKind,
    PlanVersion,
    RegisterTarget,
    ReportRecord,
    ReportState,
    TaskParty,
)
from shuiheng.adapters.records.queries_home_lists import (
    last_reports,
    led_by,
    not_led_by,
    standing_counts,
    standings_worst_first,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from working_office import make_unit

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)
ORDER = ("missed", "at_risk", "unknown", "on_course", "met")


@pytest.fixture
def kept(published: PlanVersion) -> list[KeptStanding]:
    KeptStanding.objects.all().delete()
    targets = RegisterTarget.objects.filter(plan=published.plan_id).order_by("pk")
    return [
        _keep(target, published.plan.place, standing)
        for target, standing in zip(targets, ("met", "at_risk", "missed", "at_risk"), strict=False)
    ]


def _keep(target: RegisterTarget, place: Place, standing: str, *, is_share: bool = False) -> KeptStanding:
    return KeptStanding.objects.create(
        target=target,
        place=place,
        city=target.plan.place,
        on=ON,
        standing=standing,
        why="final",
        served_by="indicator",
        since=ON,
        judged_at=timezone.now(),
        is_share=is_share,
    )


@pytest.fixture
def look(officer: Account) -> Sight:
    return sight(officer, Action.FIGURES_LOOK)


def test_the_worst_come_first(kept: list[KeptStanding], look: Sight) -> None:
    found = [row.standing for row in standings_worst_first(look, ORDER)]
    assert found == ["missed", "at_risk", "at_risk", "met"]
    assert standing_counts(look) == {"missed": 1, "at_risk": 2, "met": 1}


def test_a_share_is_shown_to_those_of_its_district_only(kept: list[KeptStanding], look: Sight) -> None:
    city = kept[0].city
    district = Place.objects.create(name="东港区", kind=PlaceKind.DISTRICT, parent=city)
    share = _keep(kept[0].target, district, "missed", is_share=True)
    assert share not in standings_worst_first(look, ORDER)
    assert share in standings_worst_first(look, ORDER, {district.pk})
    assert standing_counts(look, {district.pk})["missed"] == 2


def test_who_leads_the_task_has_its_targets(kept: list[KeptStanding], look: Sight) -> None:
    task = next(row.target.task for row in kept if row.target.task is not None)
    part = TaskParty.objects.create(
        task=task, organisation=make_unit("市某局"), role="lead", from_on=date(2026, 1, 1)
    )
    all_ = standings_worst_first(look, ORDER)
    own = set(led_by(look, all_, {part.organisation_id}))
    assert own and own == {row for row in all_ if part.organisation_id in _leads(row)}
    assert own | set(not_led_by(look, all_, {part.organisation_id})) == set(all_)
    assert set(not_led_by(look, all_, set())) == set(all_)


def _leads(row: KeptStanding) -> set[int]:
    parts = TaskParty.objects.filter(task=row.target.task_id, role="lead", to_on__isnull=True)
    return set(parts.values_list("organisation", flat=True))


def test_only_documents_that_were_signed_are_listed(published: PlanVersion, officer: Account) -> None:
    for state in ReportState:
        ReportRecord.objects.create(
            plan=published.plan, kind="half_year", title=state, state=state, content={}, made_by=officer
        )
    assert [row.title for row in last_reports(sight(officer, Action.REPORTS_LOOK))] == ["issued"]
    assert not last_reports(sight(Account.objects.create(username="x"), Action.REPORTS_LOOK))
    assert Organisation.objects.exists()
