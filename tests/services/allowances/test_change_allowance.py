"""A user moves water between open months at once, and asks the office for more or less."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.allowances.planned_city import PlannedCity, local_rule, planned_city, published_round
from shuiheng.adapters.records.models import Account, AllowanceEntry, EntryState, PlannedAllowance
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.services.allowances.change_allowance import Wanted, ask_change, rebalance, withdraw_change
from shuiheng.services.allowances.keep_user_document import UploadedFile
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError, WrongStateError
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 20)
NOTHING = [Decimal(0)] * 12


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    found = planned_city(officer)
    published_round(found)
    return found


@pytest.fixture
def filer(city: PlannedCity) -> Account:
    return city.filer(city.mill)


def _months(account: Account, row: PlannedAllowance) -> tuple[Decimal, ...]:
    seen = sight(account, Action.ALLOWANCES_LOOK)
    return effective_months(seen, year=2026, on=DAY)[row.pk].months


def _moved(months: dict[int, int]) -> list[Decimal]:
    return [Decimal(1000 + months.get(month, 0)) for month in range(1, 13)]


def _asked(months: dict[int, int]) -> Wanted:
    return Wanted(months=[Decimal(months.get(month, 0)) for month in range(1, 13)], reason="扩产")


def test_open_months_are_balanced_without_asking_anybody(city: PlannedCity, filer: Account) -> None:
    row = city.allowance(city.mill)
    entry = rebalance(filer, row.pk, _moved({5: -100, 12: 100}))
    assert (entry.state, entry.due_on, entry.effective_on) == (EntryState.APPROVED, None, DAY)
    assert _months(filer, row)[4] == 900 and _months(filer, row)[11] == 1100
    assert sum(_months(filer, row)) == 12_000


@pytest.mark.parametrize(
    ("months", "code"),
    [
        ({4: -1, 5: 1}, "allowances.entry_months_over"),  # April is over
        ({5: -1}, "allowances.not_conserved"),
        ({5: -1001, 6: 1001}, "allowances.below_zero"),
        ({}, "allowances.nothing_changes"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    city: PlannedCity, filer: Account, months: dict[int, int], code: str
) -> None:
    row = city.allowance(city.mill)
    with pytest.raises(ServiceError) as error:
        rebalance(filer, row.pk, _moved(months))
    assert error.value.code == code
    assert row.entries.count() == 1


def test_when_the_days_of_the_own_split_are_over_the_office_decides(
    city: PlannedCity, filer: Account, officer: Account
) -> None:
    local_rule(officer, "allowances/monthly_split", {"own_within": "20", "otherwise": "last_year"})
    row = city.allowance(city.mill)
    assert rebalance(filer, row.pk, _moved({5: -1, 6: 1})).state == EntryState.APPROVED
    PlannedAllowance.objects.update(published_at="2026-04-29T04:00:00Z")  # 21 days before
    assert rebalance(filer, row.pk, _moved({5: -2, 6: 2})).state == EntryState.ASKED


def test_an_application_waits_with_its_document_and_its_last_day(
    city: PlannedCity, filer: Account, officer: Account
) -> None:
    local_rule(officer, "allowances/adjustment", {"decide_within": "5"})
    row = city.allowance(city.mill)
    sent = UploadedFile(name="订单.txt", content="新增订单".encode())
    wanted = Wanted(months=_asked({6: 500}).months, reason="扩产", document=sent)
    entry = ask_change(filer, row.pk, "increase", wanted)
    assert (entry.state, entry.due_on) == (EntryState.ASKED, date(2026, 5, 27))
    assert entry.document is not None and entry.document.user_id == city.mill.pk
    assert sum(_months(filer, row)) == 12_000
    withdraw_change(filer, entry.pk)
    entry.refresh_from_db()
    assert entry.state == EntryState.WITHDRAWN
    with pytest.raises(WrongStateError):
        withdraw_change(filer, entry.pk)


def test_an_application_needs_a_reason_a_kind_and_the_right_sign(city: PlannedCity, filer: Account) -> None:
    row = city.allowance(city.mill)
    for kind, wanted, code in (
        ("increase", Wanted(months=_asked({6: 1}).months, reason=" "), "allowances.reason_needed"),
        ("increase", _asked({6: -1}), "allowances.entry_sign"),
        ("transfer", _asked({6: 1}), "allowances.kind"),
    ):
        with pytest.raises(ServiceError) as error:
            ask_change(filer, row.pk, kind, wanted)
        assert error.value.code == code
    assert AllowanceEntry.objects.filter(state=EntryState.ASKED).count() == 0


def test_nobody_changes_the_allowance_of_another_user(city: PlannedCity, filer: Account) -> None:
    row = city.allowance(city.school)
    with pytest.raises(NotThereError):
        rebalance(filer, row.pk, _moved({5: -1, 6: 1}))
    with pytest.raises(NotPermittedError):
        ask_change(city.leader, row.pk, "increase", _asked({6: 1}))
