"""Users stand to their norms as the core says; whatever is missing makes them unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.charges.made_up import City, made_up_city
from services.rules.norm_books import a_book, a_row
from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account, ActivityFact, WaterUser
from shuiheng.allowances.norm_evaluation import NormGrade
from shuiheng.services.permission import Action
from shuiheng.services.rules.norm_book import receive_norms, take_norms, undo_norms
from shuiheng.services.rules.norm_grades import GradedUser, graded_users
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
WHOLE = dict.fromkeys(range(1, 13), 100_000)


@pytest.fixture
def city(officer: Account) -> City:
    """A city with an imported norm of 2.2 m³/t, advanced 1.6."""
    the_city()
    take_norms(reviewer(), receive_norms(officer, content=a_book(a_row()), name="a.xlsx").pk)
    return made_up_city(officer)


def _makes(user: WaterUser, tonnes: str, code: str = "印染布") -> WaterUser:
    ActivityFact.objects.create(
        subject=user,
        code=code,
        unit="t",
        amount=Decimal(tonnes),
        valid_from=date(2025, 1, 1),
        recorded_at=datetime(2025, 1, 1, tzinfo=UTC),
    )
    return user


def _graded(city: City) -> dict[str, GradedUser]:
    seen = sight(city.clerk, Action.CHARGES_LOOK)
    return {each.user.name: each for each in graded_users(seen, city.metered.place, 2025)}


def test_a_figure_that_is_just_reached_belongs_to_the_better_grade(city: City) -> None:
    """1,200 m³: 750 t allow exactly 1,200 by the advanced value; 545 t allow 1,199 by the general one."""
    _makes(city.user("恰好先进", litres=WHOLE), "750")
    _makes(city.user("略超", litres=WHOLE), "545")
    found = _graded(city)
    assert found["恰好先进"].grade is NormGrade.ADVANCED and found["恰好先进"].is_binding
    assert (found["略超"].grade, found["略超"].allowed_m3) == (NormGrade.OVER, Decimal("1199.0"))


def test_one_activity_without_a_norm_makes_a_user_unknown(city: City) -> None:
    _makes(_makes(city.user("两样产品", litres=WHOLE), "1000"), "5", code="香水")
    assert (_graded(city)["两样产品"].grade, _graded(city)["两样产品"].missing) == (
        NormGrade.UNKNOWN,
        ("norm",),
    )


def test_norms_of_a_workbook_that_was_undone_count_no_more(city: City) -> None:
    _makes(city.user("甲厂", litres=WHOLE), "750")
    assert _graded(city)["甲厂"].grade is NormGrade.ADVANCED
    batch = city.metered.place.ledger_batches.get(kind="use_norms")
    undo_norms(reviewer(), batch.pk, reason="x")
    assert _graded(city)["甲厂"].grade is NormGrade.UNKNOWN
