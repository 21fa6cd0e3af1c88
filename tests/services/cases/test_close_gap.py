"""Who could close a gap: nobody who counts already, nobody who is not eligible, the nearest first."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import PlanVersion
from shuiheng.programmes.target_link import Served
from shuiheng.services.cases.close_gap import GapClosers, closers_of
from shuiheng.services.cases.count_target import count_target, desk_of
from shuiheng.services.cases.keep_case import open_case
from shuiheng.services.cases.link_targets import Chosen, choose_link
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _closers(city: CaseCity) -> GapClosers:
    desk = desk_of(city.metered.place, timezone.localdate())
    return closers_of(sight(city.clerk, Action.LEDGER_LOOK), desk, count_target(desk, one("节水型企业")))


def _names(found: GapClosers) -> list[str]:
    return [each.subject.name for own in found.by_district.values() for each in own]


def test_who_has_a_case_comes_first_and_who_counts_is_left_out(
    city: CaseCity, published: PlanVersion
) -> None:
    users = {name: city.user(name) for name in ("甲厂", "乙厂", "丙厂")}
    key = one("节水型企业").target.pk
    choose_link(city.clerk, key, Chosen(served=(Served("balance_test", "tested"),)))
    awarded = open_case(city.clerk, city.opening("balance_test", "甲厂", subject=city.about(users["甲厂"])))
    bring_on(city, awarded)
    running = open_case(city.clerk, city.opening("balance_test", "丙厂", subject=city.about(users["丙厂"])))
    found = _closers(city)
    assert "甲厂" not in _names(found) and _names(found)[0] == "丙厂"
    first = next(iter(found.by_district.values()))[0]
    assert first.case == running.pk and first.candidate.has_case
    assert set(found.by_district) <= {str(city.district.pk)}


def test_a_kind_without_a_register_is_named(city: CaseCity, published: PlanVersion) -> None:
    key = one("节水型企业").target.pk
    choose_link(city.clerk, key, Chosen(served=(Served("campaign", "held"),)))
    found = _closers(city)
    assert not found.by_district and [kind.id for kind in found.unlisted] == ["campaign"]
