"""What the ledger believes of a subject is dated on two axes and never overwritten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office import the_office
from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Account, ActivityFact, Organisation, UserFact, WaterUser
from shuiheng.services.found_city import new_slug
from shuiheng.services.ledger.keep_facts import Telling, changed_columns, tell

pytestmark = pytest.mark.django_db
FIRST = date(2025, 1, 1)


@pytest.fixture
def user(officer: Account) -> WaterUser:
    return _user()


def _user() -> WaterUser:
    place = the_office().place
    slug = new_slug("unit")
    organisation = Organisation.objects.create(slug=slug, name=slug, kind="water_user", place=place)
    return WaterUser.objects.create(organisation=organisation, city=place, number=slug)


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


def _tell(user: WaterUser, name: str, first: int, end: int | None = None, **more: Any) -> list[UserFact]:
    valid_to = None if end is None else _day(end)
    return tell(
        UserFact, user, {"name": name, **more}, Telling(by=None, valid_from=_day(first), valid_to=valid_to)
    )


def _name(user: WaterUser, number: int, known_at: Any = None) -> str | None:
    return (
        standing(user.facts.all(), AsOf(on=_day(number), known_at=known_at))
        .values_list("name", flat=True)
        .first()
    )


def test_a_rename_holds_from_its_day_and_the_days_before_keep_the_old_name(user: WaterUser) -> None:
    _tell(user, "青禾印染厂", 0)
    _tell(user, "青禾印染有限公司", 100)
    assert (_name(user, 99), _name(user, 100), _name(user, -1)) == ("青禾印染厂", "青禾印染有限公司", None)


def test_what_was_known_at_an_instant_can_still_be_read(user: WaterUser) -> None:
    _tell(user, "旧名", 0)
    then = timezone.now()
    _tell(user, "更正", 0)
    assert (_name(user, 5, then), _name(user, 5)) == ("旧名", "更正")


def test_saying_a_thing_twice_writes_one_row(user: WaterUser) -> None:
    assert len(_tell(user, "青禾", 0, industry_code="1711")) == 1
    assert _tell(user, "青禾", 0, industry_code="1711") == []
    assert _tell(user, "青禾", 3, 9, industry_code="1711") == []
    assert UserFact.objects.count() == 1


def test_a_column_that_does_not_exist_is_refused(user: WaterUser) -> None:
    with pytest.raises(LookupError, match="colour"):
        _tell(user, "青禾", 0, colour="red")


def test_activities_of_different_kinds_stand_beside_each_other(user: WaterUser) -> None:
    for code, amount in (("beds", 40), ("pupils", 800)):
        tell(
            ActivityFact,
            user,
            {"code": code, "unit": "个", "amount": amount},
            Telling(by=None, valid_from=FIRST),
        )
    assert standing(user.activities.all(), AsOf(on=FIRST)).count() == 2


def test_the_log_hears_of_the_columns_that_changed(user: WaterUser) -> None:
    before = _tell(user, "青禾", 0, industry_code="1711")[0]
    after = _tell(user, "青禾", 10, industry_code="1712")[-1]
    assert changed_columns(UserFact, before, after) == (
        {"industry_code": "1711"},
        {"industry_code": "1712"},
    )


_TOLD = st.tuples(st.sampled_from("abc"), st.integers(0, 20), st.one_of(st.none(), st.integers(1, 12)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(told=st.lists(_TOLD, min_size=1, max_size=6))
def test_every_day_and_every_past_knowledge_is_kept_whatever_is_told(told: list[Any]) -> None:
    with transaction.atomic():
        user, seen = _user(), []
        for name, first, length in told:
            _tell(user, name, first, None if length is None else first + length)
            seen.append((timezone.now(), {day: _name(user, day) for day in range(-1, 36, 4)}))
        for known_at, names in seen:
            assert {day: _name(user, day, known_at) for day in names} == names
        transaction.set_rollback(True)
