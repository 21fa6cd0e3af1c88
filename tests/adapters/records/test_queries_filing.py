"""Who has to file what, and how far each is: by the ledger as of the month, within sight."""

from __future__ import annotations

from datetime import date

import pytest

from filing import SINCE, Filer, make_filer
from shuiheng.adapters.records.models import Account, SettledMonth
from shuiheng.adapters.records.queries_filing import (
    FilingFilter,
    filings_of,
    former_filings,
    meters_to_file,
    past_months,
    user_filings,
    user_in_sight,
    users_who_file,
)
from shuiheng.services.ledger.keep_meter import MeterFields, change_meter
from shuiheng.services.permission import Action
from shuiheng.services.readings.file_month import file_month
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer(officer: Account) -> Filer:
    return make_filer(officer)


def test_a_person_files_for_its_own_user_only(officer: Account, filer: Filer) -> None:
    make_filer(officer, "青禾食品厂")
    seen = sight(filer.account, Action.READINGS_FILE)
    assert users_who_file(seen) == [filer.user]
    assert user_in_sight(seen, filer.user.pk + 1) is None
    assert users_who_file(sight(officer, Action.READINGS_FILE)) == []


def test_meters_are_those_in_use_on_the_day(officer: Account, filer: Filer) -> None:
    gone = MeterFields(is_active=False)
    change_meter(officer, filer.meter.pk, gone, valid_from=date(2025, 1, 1), reason="停用")
    seen = sight(officer, Action.READINGS_LOOK)
    for on, wanted in (
        (SINCE, {filer.meter.pk, filer.telemetered.pk}),
        (date(2025, 1, 1), {filer.telemetered.pk}),
    ):
        assert {each.subject_id for each in meters_to_file(seen, filer.user, on)} == wanted
    users = user_filings(seen, date(2025, 1, 1), date(2025, 1, 31), FilingFilter())
    assert users == []  # nothing that is left is read by hand


def test_filings_that_stand_count_and_former_ones_are_kept(officer: Account, filer: Filer) -> None:
    month = filer.month.month
    for register in ("5", "6"):
        file_month(filer.account, month, [filer.typed(register)])
    file_month(filer.account, month, [filer.typed("7", meter=filer.telemetered)])
    seen = sight(officer, Action.READINGS_LOOK)
    assert [row.register_litres for row in filings_of(seen, filer.user, month)] == [6000, 7000]
    assert [row.register_litres for row in former_filings(seen, filer.user, month)] == [5000]
    assert [(first, count) for first, count, _at in past_months(seen, filer.user)] == [(month, 2)]
    found = user_filings(seen, month, filer.day, FilingFilter())[0]
    assert (found.due, found.filed, found.is_whole) == (1, 1, True)
    assert user_filings(seen, month, filer.day, FilingFilter(state="missing")) == []
    assert user_filings(seen, month, filer.day, FilingFilter(words="食品")) == []
    assert user_filings(seen, month, filer.day, FilingFilter(district=999)) == []


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({}, 1),
        ({"missing_seconds": 1}, 0),
        ({"estimated_seconds": 1}, 0),
        ({"by_time_litres": None}, 0),
        ({"month": date(2024, 1, 1)}, 0),
    ],
)
def test_a_meter_that_its_keeper_read_is_not_wanted_from_the_user(
    officer: Account, filer: Filer, said: dict[str, object], read: int
) -> None:
    month = filer.month.month
    plain = {"month": month, "by_time_litres": 5000, "measured_seconds": 60}
    SettledMonth.objects.create(meter=filer.meter, **(plain | said))
    seen = sight(officer, Action.READINGS_LOOK)
    found = user_filings(seen, month, filer.day, FilingFilter())[0]
    assert (found.filed, found.read, found.missing) == (0, read, 1 - read)
    assert user_filings(seen, month, filer.day, FilingFilter(state="missing")) == [found] * (1 - read)


def test_a_meter_that_was_filed_counts_once_when_its_month_is_settled(officer: Account, filer: Filer) -> None:
    month = filer.month.month
    file_month(filer.account, month, [filer.typed("5")])
    SettledMonth.objects.update_or_create(
        meter=filer.meter,
        month=month,
        defaults={"by_time_litres": 5000, "missing_seconds": 0, "estimated_seconds": 0},
    )
    found = user_filings(sight(officer, Action.READINGS_LOOK), month, filer.day, FilingFilter())[0]
    assert (found.filed, found.read, found.missing) == (1, 0, 0)
