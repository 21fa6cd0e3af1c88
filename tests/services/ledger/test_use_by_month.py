"""The use of a month: what is missing is said and never counted as nothing."""

from __future__ import annotations

from datetime import date

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, Meter, SettledMonth, WaterUser
from shuiheng.adapters.records.use_figures import Use
from shuiheng.adapters.rulebook.comparison import comparison
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter, change_meter
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
from shuiheng.services.ledger.use_by_month import MonthPair, year_of_use
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
FIRST, DAY = date(2025, 1, 1), 86_400


@pytest.fixture
def user(officer: Account) -> WaterUser:
    fields = WaterUserFields(name="青禾印染厂", district=the_office().place.pk, no_code_reason="筹建")
    return add_water_user(officer, fields, valid_from=FIRST)


def _meter(officer: Account, user: WaterUser, number: str, **fields: object) -> Meter:
    new = NewMeter(number=number, keeper=the_office().pk, user=user.pk)
    return add_meter(officer, new, MeterFields(**fields), valid_from=FIRST)  # type: ignore[arg-type]  # of one kind


def _settle(meter: Meter, month: date, litres: int | None, **seconds: int) -> None:
    SettledMonth.objects.create(
        meter=meter, month=month, by_time_litres=litres, **(seconds or {"measured_seconds": 31 * DAY})
    )


def _year(officer: Account, user: WaterUser, last: date = date(2026, 12, 31)) -> list[MonthPair]:
    return list(year_of_use(sight(officer, Action.READINGS_LOOK), user, year=2026, last=last))


def _used(officer: Account, user: WaterUser, *, month: int = 1) -> Use:
    now = _year(officer, user)[month - 1].now
    assert now is not None
    return now.use


def test_only_meters_of_use_at_the_entrance_are_added_up(officer: Account, user: WaterUser) -> None:
    first, second = _meter(officer, user, "A"), _meter(officer, user, "B")
    inner, inlet = (
        _meter(officer, user, "C", level=2, parent=first.pk),
        _meter(officer, user, "D", role="inlet"),
    )
    for meter, litres in ((first, 1000), (second, 500), (inner, 900), (inlet, 7000)):
        _settle(meter, date(2026, 1, 1), litres)
    used = _used(officer, user)
    assert (used.litres, used.meters, used.missing_share) == (1500, 2, 0)


def test_a_silent_meter_leaves_its_month_incomplete_and_uncompared(officer: Account, user: WaterUser) -> None:
    first, second = _meter(officer, user, "A"), _meter(officer, user, "B")
    for month in (date(2025, 1, 1), date(2026, 1, 1)):
        _settle(first, month, 1000)
    _settle(second, date(2025, 1, 1), 1000)
    _settle(second, date(2026, 1, 1), None, missing_seconds=31 * DAY)
    pair = _year(officer, user)[0]
    used = _used(officer, user)
    assert (used.litres, used.silent, used.missing_share) == (1000, 1, 0.5)
    assert pair.change_rate is None
    assert _used(officer, user, month=2).litres is None  # a meter stands there


def test_a_month_compares_as_long_as_no_more_is_missing_than_the_rulebook_lets(
    officer: Account, user: WaterUser
) -> None:
    meter, most = _meter(officer, user, "A"), comparison().most_missing_share
    for month, missing in ((1, most), (2, most + 0.01)):
        _settle(meter, date(2025, month, 1), 1000)
        seconds = {"measured_seconds": round((1 - missing) * DAY), "missing_seconds": round(missing * DAY)}
        _settle(meter, date(2026, month, 1), 1500, **seconds)
    assert 0 < most < 1
    assert [pair.change_rate for pair in _year(officer, user)[:2]] == [0.5, None]


def test_zero_is_a_measurement(officer: Account, user: WaterUser) -> None:
    meter = _meter(officer, user, "A")
    _settle(meter, date(2025, 1, 1), 1000)
    _settle(meter, date(2026, 1, 1), 0)
    _settle(meter, date(2025, 2, 1), 0)
    _settle(meter, date(2026, 2, 1), 5)
    january, february = _year(officer, user)[:2]
    assert january.change_rate == -1.0
    assert february.change_rate is None  # nothing to compare with


def test_shares_are_those_of_the_time_of_all_meters(officer: Account, user: WaterUser) -> None:
    first, second = _meter(officer, user, "A"), _meter(officer, user, "B")
    _settle(first, date(2026, 1, 1), 10, measured_seconds=DAY, spread_seconds=DAY, estimated_seconds=2 * DAY)
    _settle(second, date(2026, 1, 1), 10, measured_seconds=3 * DAY, missing_seconds=DAY)
    assert _used(officer, user).time_shares == (0.5, 0.125, 0.25, 0.125)


def test_a_month_without_a_meter_at_the_entrance_has_no_use_to_tell(
    officer: Account, user: WaterUser
) -> None:
    meter = _meter(officer, user, "A")
    gone = MeterFields(is_active=False)
    change_meter(officer, meter.pk, gone, valid_from=date(2026, 2, 10), reason="拆除")
    year = _year(officer, user)
    assert [pair.now is None for pair in year[:3]] == [False, False, True]
    assert year[0].before is not None


def test_months_that_have_not_begun_are_not_shown(officer: Account, user: WaterUser) -> None:
    assert [pair.month for pair in _year(officer, user, date(2026, 3, 1))] == [1, 2, 3]
    assert _year(officer, user, date(2025, 12, 31)) == []
