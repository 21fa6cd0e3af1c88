"""A page of many groups shows what the whole answer would show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.paginator import Paginator

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import Account, SettledMonth
from shuiheng.adapters.records.queries_use import Grouping, UseFilter
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.services.use.keep_totals import keep_totals
from shuiheng.services.use.use_glance import filled, use_at_a_glance
from shuiheng.services.use.use_totals import UseQuestion, use_answer

pytestmark = pytest.mark.django_db
ASKED = UseQuestion(by=Grouping.USER, first=date(2026, 1, 1), last=date(2026, 3, 31))


@pytest.fixture
def seen(officer: Account) -> Sight:
    return sight(officer, Action.READINGS_LOOK)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    made = metered_city(the_office().place, the_office(), "东港区", "西岭区")
    for place in range(7):
        user = made.user(f"青禾{place}", made.districts[place % 2], use_class="industry")
        meter = made.meter(user, valid_to=date(2025, 6, 1) if place == 6 else None)
        for month in range(1, 4):
            if place != 5:
                settle(meter, date(2026, month, 1), 100 * place + month)
            settle(meter, date(2025, month, 1), 90 * place + month, measured_seconds=60)
    settle(made.meter(None), date(2026, 2, 1), 55)
    gone = SettledMonth.objects.filter(meter__user__facts__name="青禾3", month=date(2025, 2, 1))
    gone.delete()
    return made


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("order", ["most", "missing", "change"])
def test_pages_of_a_glance_are_pages_of_the_whole_answer(
    city: MeteredCity, seen: Sight, is_kept: bool, order: str
) -> None:
    if is_kept:
        keep_totals()
    for wanted in (UseFilter(), UseFilter(district=city.districts[0].pk)):
        asked = replace(ASKED, wanted=wanted)
        whole, glance = use_answer(seen, asked), use_at_a_glance(seen, asked, order=order)
        assert (glance.whole, glance.before, glance.periods) == (whole.whole, whole.before, whole.periods)
        assert [(group.key, group.now) for group in glance.groups] == [
            (group.key, group.now) for group in whole.groups
        ]
        if order == "change":
            rates = {group.key: group.change_rate for group in whole.groups}
            assert {group.key: group.change_rate for group in glance.groups} == rates
        pages = Paginator(glance.groups, 3)
        shown = [group for page in pages for group in filled(seen, asked, page.object_list)]
        assert shown == list(whole.groups)


def test_few_groups_are_answered_at_once(city: MeteredCity, seen: Sight) -> None:
    asked = replace(ASKED, by=Grouping.DISTRICT)
    glance = use_at_a_glance(seen, asked)
    assert glance == use_answer(seen, asked)
    assert filled(seen, asked, glance.groups) is glance.groups


def test_nothing_asked_of_nobody_is_nothing(officer: Account, seen: Sight) -> None:
    assert not use_at_a_glance(seen, ASKED).groups and not filled(seen, ASKED, [])
