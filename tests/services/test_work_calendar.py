"""An entered year replaces that year of the table; a wrong notice is refused with its place."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.records.models import Account, Event, WorkdayNotice
from shuiheng.adapters.rulebook import load_workdays
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.work_calendar import enter_workdays, work_calendar

pytestmark = pytest.mark.django_db
NEXT = load_workdays().last.year + 1


def _enter(actor: Account, year: int = NEXT, **more: object) -> WorkdayNotice:
    given: dict[str, object] = {"number": "通知1号", "holidays": [date(year, 1, 1)], "workdays": []}
    return enter_workdays(actor, year, **(given | more))  # type: ignore[arg-type]


def test_a_new_year_is_no_longer_provisional(officer: Account) -> None:
    day = date(NEXT, 1, 1)
    assert not work_calendar().covers(day)
    _enter(officer)
    assert work_calendar().covers(day)
    assert not work_calendar().is_workday(day)


def test_entering_a_year_again_replaces_it_and_writes_what_stood_before(officer: Account) -> None:
    _enter(officer)
    _enter(officer, holidays=[date(NEXT, 1, 4)])
    assert work_calendar().is_workday(date(NEXT, 1, 1)) == (date(NEXT, 1, 1).weekday() < 5)
    last = Event.objects.filter(action="workdays.entered").latest("pk")
    assert last.before == {"days": [f"{NEXT}-01-01"]}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"number": " "}, "services.workdays_no_number"),
        ({"year": NEXT + 1, "holidays": []}, "services.workdays_year_missing"),
        ({"holidays": [date(2020, 1, 1)]}, "services.workdays_wrong_year"),
    ],
)
def test_a_wrong_notice_is_refused(officer: Account, more: dict[str, object], code: str) -> None:
    with pytest.raises(ServiceError) as refused:
        _enter(officer, **more)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not WorkdayNotice.objects.exists()


def test_a_make_up_day_is_a_weekend_day_and_no_holiday(officer: Account) -> None:
    weekday = next(date(NEXT, 3, day) for day in range(1, 8) if date(NEXT, 3, day).weekday() == 2)
    weekend = next(date(NEXT, 3, day) for day in range(1, 8) if date(NEXT, 3, day).weekday() == 5)
    for holidays, workdays, code in (
        ([], [weekday], "services.workdays_no_weekend"),
        ([weekend], [weekend], "services.workdays_twice"),
    ):
        with pytest.raises(ServiceError) as refused:
            _enter(officer, holidays=holidays, workdays=workdays)
        assert refused.value.code == code


def test_a_reader_may_not_enter(reader: Account) -> None:
    with pytest.raises(NotPermittedError):
        _enter(reader)
