"""Checks are opened by themselves or for a draw, with their questions as they stand and enough inspectors."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from services.inspections.check_city import CheckedCity
from shuiheng.adapters.records.models import Check, CheckState, DrawState, InspectionDraw
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.inspections.open_checks import CheckPlan, open_check, open_checks, void_check

pytestmark = pytest.mark.django_db


def test_questions_stay_as_they_stood_when_the_check_was_opened(checked: CheckedCity) -> None:
    row = checked.check()
    checked.item.questions = []
    checked.item.save()
    row.refresh_from_db()
    assert [each["id"] for each in row.items[0]["questions"]] == ["meter", "reading", "words"]
    assert row.organisation == checked.user("甲厂").organisation and row.state == CheckState.PLANNED


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"inspectors": []}, "team_small"),
        ({"items": []}, "no_items"),
        ({"user": None}, "no_object"),
        ({"due_on": date(2026, 1, 1), "planned_on": date(2026, 1, 2)}, "days_turned"),
    ],
)
def test_a_plan_that_lacks_something_is_refused(
    checked: CheckedCity, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(ServiceError) as refused:
        checked.check(**changes)
    assert refused.value.code == f"checks.{code}"


def test_one_inspector_is_too_few_and_words_can_be_an_object(checked: CheckedCity) -> None:
    with pytest.raises(ServiceError, match=r"checks\.team_small"):
        checked.check(inspectors=[checked.entries[0].pk])
    row = checked.check(user=None, subject="东河路洗车点")
    assert row.subject == "东河路洗车点" and row.organisation is None


def test_who_may_not_keep_checks_opens_none(checked: CheckedCity) -> None:
    plan = CheckPlan(area=checked.metered.place.pk, items=[checked.item.pk], inspectors=[], subject="x")
    with pytest.raises(NotPermittedError):
        open_check(checked.reviewer, plan)
    with pytest.raises(NotThereError):
        checked.check(area=10**9)


def drawn(checked: CheckedCity, *names: str) -> InspectionDraw:
    """Return a draw that drew these users for both inspectors."""
    team = [f"R{each.pk}" for each in checked.entries]
    objects = [
        {"id": f"U{checked.user(name).pk}", "inspectors": team, "items": [f"I{checked.item.pk}"]}
        for name in names
    ]
    draw = InspectionDraw.objects.create(
        place=checked.metered.place,
        area=checked.metered.place,
        number="2026-001",
        title="双随机",
        year=2026,
        planned_to=date(2026, 12, 1),
        size=len(names),
        seed_kind="public_number",
        state=DrawState.DRAWN,
        record={"result": {"drawn": objects}},
        made_by=checked.clerk,
        made_at=timezone.now(),
    )
    draw.items.add(checked.item)
    return draw


def test_a_draw_opens_one_check_for_each_object_however_often(checked: CheckedCity) -> None:
    draw = drawn(checked, "甲厂", "乙厂")
    made = open_checks(checked.clerk, draw)
    assert [each.subject for each in made] == [
        checked.user(name).organisation.name for name in ("甲厂", "乙厂")
    ]
    assert {each.area for each in made} == {checked.metered.districts[0]}  # not that of the city's draw
    assert all(each.team.count() == 2 and each.due_on == date(2026, 12, 1) for each in made)
    assert open_checks(checked.clerk, draw) == []
    void_check(checked.reviewer, made[0].pk, reason="对象已注销")
    assert [each.subject_key for each in open_checks(checked.clerk, draw)] == [made[0].subject_key]
    assert Check.objects.filter(draw=draw).count() == 3


def test_what_was_not_drawn_opens_nothing(checked: CheckedCity) -> None:
    draw = drawn(checked, "甲厂")
    draw.state = DrawState.COMMITTED
    with pytest.raises(ServiceError, match=r"checks\.not_drawn"):
        open_checks(checked.clerk, draw)


def test_a_check_is_taken_back_for_a_reason_and_not_over_an_order(checked: CheckedCity) -> None:
    row = checked.recorded()
    with pytest.raises(ServiceError, match=r"checks\.reason_needed"):
        void_check(checked.reviewer, row.pk, reason=" ")
    checked.ordered(row)
    with pytest.raises(ServiceError, match=r"checks\.orders_open"):
        void_check(checked.reviewer, row.pk, reason="程序有误")
