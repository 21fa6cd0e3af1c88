"""Enterprises are held against the norms of all that they made, with a year of which enough is known."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from metered_city import BELIEVED, FIRST
from services.indicators.ledger_city import YEAR, ledger_city, settled_user
from shuiheng.adapters.records.models import ActivityFact, SettledMonth, WaterUser
from shuiheng.allowances.model import Activity
from shuiheng.allowances.norm_evaluation import NormGrade
from shuiheng.services.indicators import norm_counts as room
from shuiheng.services.indicators.norm_counts import norm_counts, norm_grades

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _norms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody who made anything be within its norm up to 150 000 m³ a year."""

    def activities(city: object, users: list[int], on: object) -> dict[int, tuple[Activity, ...]]:
        return dict.fromkeys(users, ())

    def evaluated(use: Decimal | None, own: object) -> object:
        if use is None:
            return SimpleNamespace(grade=NormGrade.UNKNOWN)
        return SimpleNamespace(grade=NormGrade.QUALIFIED if use <= 150_000 else NormGrade.OVER)

    monkeypatch.setattr(room, "activities_of", activities)
    monkeypatch.setattr(room, "evaluated", evaluated)


def _made(user: WaterUser) -> WaterUser:
    ActivityFact.objects.create(
        subject=user, code="布", unit="百米", amount=Decimal(9), valid_from=FIRST, recorded_at=BELIEVED
    )
    return user


def test_only_enterprises_with_water_and_activities_are_assessed() -> None:
    city = ledger_city()
    within = _made(settled_user(city, "内", use_class="industry"))
    over = _made(settled_user(city, "超", use_class="power", litres=20_000_000, district=1))
    _made(settled_user(city, "医院", use_class="services"))
    settled_user(city, "未报活动", use_class="industry")
    dry = _made(settled_user(city, "无数据", use_class="industry"))
    SettledMonth.objects.filter(meter__user=dry).delete()
    east, west = (each.pk for each in city.districts)
    assert norm_grades(city.place, YEAR) == {
        within.pk: (east, NormGrade.QUALIFIED),
        over.pk: (west, NormGrade.OVER),
    }
    assert norm_counts(city.place, YEAR) == {east: (1, 1), west: (1, 0)}
    assert norm_counts(city.place, YEAR - 5) == {}
