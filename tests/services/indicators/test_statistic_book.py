"""A workbook of statistics is checked, entered as a whole, confirmed by another, or undone while it waits."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from office import make_account, the_office
from services.indicators.statistic_books import filled, given_out
from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    PlaceKind,
    Role,
    Statistic,
    StatisticBatch,
    StatisticState,
)
from shuiheng.adapters.records.models import Place as PlaceRow
from shuiheng.services.errors import NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.found_city import join
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics
from shuiheng.services.indicators.statistic_book import (
    marked_statistics,
    receive_statistics,
    take_statistics,
    undo_statistics,
)

pytestmark = pytest.mark.django_db
SOURCE = "青禾市统计年鉴2025"


@pytest.fixture
def clerk() -> Account:
    """Who sends the workbook."""
    return make_account("clerk", Role.OFFICE_CLERK)


@pytest.fixture
def reviewer() -> Account:
    """Who confirms."""
    return make_account("reviewer", Role.OFFICE_REVIEWER)


def _row(fact: str, year: int, value: object, **more: object) -> dict[str, object]:
    place = the_office().place.name
    return {"place": place, "fact": fact, "year": year, "value": value, "source": SOURCE, **more}


def _send(clerk: Account, *rows: dict[str, object]) -> StatisticBatch:
    content = filled(given_out(clerk), rows)
    return receive_statistics(clerk, the_office().place_id, content=content, name="统计.xlsx")


def _codes(batch: StatisticBatch) -> list[str]:
    return [each["code"] for each in batch.content["findings"]]


def test_the_office_sends_a_workbook_and_a_second_person_confirms(clerk: Account, reviewer: Account) -> None:
    batch = _send(
        clerk,
        _row("用水总量", 2024, "3.7", unit="亿m³"),
        _row("地区生产总值指数（可比价）", 2024, 103.2, unit="上年=100"),
        _row("灌溉毛用水量（按灌区类型）", 2024, 5000, member="大型灌区", estimated=30),
        _row("工业用水量", 2024, None),
    )
    assert (batch.content["errors"], batch.content["counts"]) == (0, {"new": 3})
    assert not Statistic.objects.exists()
    batch = take_statistics(clerk, batch.pk)
    entered = {row.fact: row for row in Statistic.objects.all()}
    assert entered["use_total"].value == Decimal(37000)
    assert entered["gdp_index"].value == Decimal("103.2")
    assert entered["irrigation_intake"].estimated_share == Decimal("0.3")
    assert {row.batch for row in entered.values()} == {batch.sha256}
    decide_statistics(reviewer, batch.content["rows"], is_confirmed=True)
    assert {row.state for row in Statistic.objects.all()} == {StatisticState.CONFIRMED}


def test_the_same_file_again_gives_the_same_batch_and_what_stands_is_not_entered_again(
    clerk: Account,
) -> None:
    content = filled(given_out(clerk), [_row("用水总量", 2024, 37000)])
    city = the_office().place_id
    batch = receive_statistics(clerk, city, content=content, name="a.xlsx")
    assert receive_statistics(clerk, city, content=content, name="b.xlsx").pk == batch.pk
    take_statistics(clerk, batch.pk)
    assert receive_statistics(clerk, city, content=content, name="b.xlsx").pk == batch.pk
    again = _send(clerk, _row("用水总量", 2024, 37000), _row("用水总量", 2023, 36000))
    assert again.content["counts"] == {"new": 1, "same": 1}
    with pytest.raises(WrongStateError):
        take_statistics(clerk, batch.pk)


def test_what_was_given_out_filled_comes_back_without_a_difference(clerk: Account, reviewer: Account) -> None:
    take_statistics(clerk, _send(clerk, _row("用水总量", 2024, "3.7", unit="亿立方米")).pk)
    back = given_out(clerk, topic="water_use")
    batch = receive_statistics(clerk, the_office().place_id, content=back, name="导出.xlsx")
    assert (batch.content["errors"], batch.content["counts"]) == (0, {"same": 1})
    with pytest.raises(ServiceError, match="no_rows"):
        take_statistics(clerk, batch.pk)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"unit": "石"}, "statistics.unit_unknown"),
        ({"unit": "亿元"}, "statistics.unit_other"),
        ({"fact": "地区生产总值指数（可比价）", "value": 3.2}, "statistics.index_odd"),
        ({"fact": "在用水表数", "value": 3.5}, "statistics.not_whole"),
        ({"fact": "灌溉毛用水量（按灌区类型）"}, "statistics.member_missing"),
        ({"member": "大型灌区"}, "statistics.member_missing"),
        ({"value": 99_999_999_999_999_990, "unit": "亿m³"}, "statistics.bad_value"),
        ({"source": None}, "statistics.source_missing"),
        ({"year": 2100}, "statistics.bad_year"),
    ],
)
def test_each_fault_bars_the_workbook_and_is_marked_in_its_cell(
    clerk: Account, row: dict[str, object], code: str
) -> None:
    batch = _send(clerk, _row("用水总量", 2023, 1000), {**_row("用水总量", 2024, 1000), **row})
    assert _codes(batch) == [code] and batch.content["errors"] == 1
    with pytest.raises(ServiceError, match="barred"):
        take_statistics(clerk, batch.pk)
    assert not Statistic.objects.exists()
    name, content = marked_statistics(clerk, batch.pk)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["统计数据"]
    assert name.endswith("校验结果.xlsx")
    assert [cell.comment is not None for cell in sheet[6]].count(True) >= 1


def test_a_row_that_stands_twice_is_named_with_the_other(clerk: Account) -> None:
    batch = _send(clerk, _row("用水总量", 2024, 1000), _row("用水总量", 2024, 1001))
    (finding,) = batch.content["findings"]
    assert finding["code"] == "statistics.row_twice" and finding["values"]["other"] == "5"


def test_ten_times_last_year_is_a_warning_and_no_refusal(clerk: Account) -> None:
    batch = _send(clerk, _row("用水总量", 2023, 3700), _row("用水总量", 2024, 37000))
    assert _codes(batch) == ["statistics.leap"] and batch.content["errors"] == 0
    take_statistics(clerk, batch.pk)
    assert Statistic.objects.count() == 2
    assert not _codes(_send(clerk, _row("用水总量", 2025, 36999)))


def test_a_batch_is_undone_while_it_waits_and_what_waited_before_waits_again(clerk: Account) -> None:
    city = the_office().place_id
    before = StatisticFields(fact="use_total", year=2024, value=Decimal(1), source=SOURCE)
    (first,) = enter_statistics(clerk, city, [before])
    batch = take_statistics(clerk, _send(clerk, _row("用水总量", 2024, 3)).pk)
    with pytest.raises(ServiceError, match="reason_needed"):
        undo_statistics(clerk, batch.pk, reason=" ")
    undo_statistics(clerk, batch.pk, reason="传错文件")
    assert [row.pk for row in Statistic.objects.filter(superseded_at__isnull=True)] == [first.pk]
    with pytest.raises(WrongStateError):
        undo_statistics(clerk, batch.pk, reason="传错文件")


def test_a_batch_of_which_something_was_confirmed_stays(clerk: Account, reviewer: Account) -> None:
    batch = take_statistics(clerk, _send(clerk, _row("用水总量", 2024, 3), _row("用水总量", 2023, 3)).pk)
    decide_statistics(reviewer, batch.content["rows"][:1], is_confirmed=True)
    with pytest.raises(ServiceError, match="batch_decided"):
        undo_statistics(clerk, batch.pk, reason="传错文件")


def test_districts_are_told_in_the_same_workbook_and_others_are_not(clerk: Account) -> None:
    PlaceRow.objects.create(slug="d", name="临江区", kind=PlaceKind.DISTRICT, parent=the_office().place)
    batch = _send(clerk, _row("用水总量", 2024, 3, place="临江区"), _row("用水总量", 2024, 9))
    assert batch.content["counts"] == {"new": 2}
    take_statistics(clerk, batch.pk)
    assert {row.place.name for row in Statistic.objects.all()} == {"临江区", the_office().place.name}
    assert _send(clerk, _row("用水总量", 2022, 3, place="别处")).content["errors"] == 1


def test_a_supplier_gets_no_values_that_others_entered(clerk: Account) -> None:
    take_statistics(clerk, _send(clerk, _row("用水总量", 2024, 37000)).pk)
    supplier = make_account("supplier")
    unit = Organisation.objects.create(
        place=the_office().place, name="供水公司", kind=OrganisationKind.SUPPLIER
    )
    join(supplier, unit, Role.SUPPLIER)
    batch = receive_statistics(
        supplier, unit.place_id, content=given_out(supplier, topic="water_use"), name="导出.xlsx"
    )
    assert batch.content["counts"] == {}
    assert receive_statistics(
        clerk, unit.place_id, content=given_out(clerk, topic="water_use"), name="导出.xlsx"
    ).content["counts"] == {"same": 1}


def test_who_may_not_keep_statistics_sends_none(clerk: Account) -> None:
    reader = make_account("reader", Role.READER)
    with pytest.raises(NotPermittedError):
        receive_statistics(reader, the_office().place_id, content=b"x", name="a.xlsx")
