"""Norms come by workbook: bad cells bar it, a second person takes it in, and it is undone as a whole."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from services.rules.norm_books import STANDARD, a_book, a_row
from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account, Event, LedgerBatch, Role, UseNorm
from shuiheng.services.errors import EmptyFileError, NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.found_city import join
from shuiheng.services.rules.norm_book import (
    marked_norms,
    norm_workbook,
    receive_norms,
    take_norms,
    undo_norms,
)
from shuiheng.services.rules.norms_now import norms_now

pytestmark = pytest.mark.django_db


def _sent(officer: Account, *rows: dict[str, Any]) -> LedgerBatch:
    the_city()
    return receive_norms(officer, content=a_book(*rows), name="定额.xlsx", reason="新标准")


def _own() -> list[str]:
    return [each.id for each in norms_now(the_city()) if each.standard == STANDARD and not each.withdrawn_on]


def test_norms_count_when_a_second_person_took_them_in(officer: Account) -> None:
    batch = _sent(officer, a_row("1"), a_row("2", product="毛巾", advanced=None, unit="m³/100 m"))
    assert (batch.state, batch.counts["writes"], _own()) == ("checked", 2, [])
    join(officer, batch.organisation, Role.OFFICE_REVIEWER)
    with pytest.raises(ServiceError, match=r"norms\.own_workbook"):
        take_norms(officer, batch.pk)
    take_norms(reviewer(), batch.pk)
    assert _own() == ["1", "2"]
    first = next(each for each in norms_now(the_city()) if each.standard == STANDARD)
    assert (first.area, first.general, first.advanced, first.is_binding) == (
        "9901",
        Decimal("2.2"),
        Decimal("1.6"),
        True,
    )
    told = Event.objects.filter(subject=f"ledger_batch:{batch.pk}").values_list("action", flat=True)
    assert list(told) == ["ledger.checked", "ledger.taken"]


def test_a_workbook_is_undone_as_a_whole_and_stays_to_be_seen(officer: Account) -> None:
    batch = _sent(officer)
    take_norms(reviewer(), batch.pk)
    with pytest.raises(ServiceError, match=r"rules\.reason_needed"):
        undo_norms(reviewer(), batch.pk, reason=" ")
    undo_norms(reviewer(), batch.pk, reason="标准号有误")
    assert _own() == [] and UseNorm.objects.get().withdrawn_at is not None
    for again in (take_norms, lambda who, key: undo_norms(who, key, reason="x")):
        with pytest.raises(WrongStateError):
            again(reviewer(), batch.pk)
    assert _sent(officer, a_row(general=Decimal(3))).counts["writes"] == 1


def test_a_norm_that_is_looser_than_that_of_the_province_is_told_and_may_come_in(officer: Account) -> None:
    rows = (a_row("1"), a_row("2", level="省", general=Decimal(2)), a_row("3", product="毛巾"))
    batch = _sent(officer, *rows)
    assert (batch.counts["errors"], batch.counts["looser"]) == (0, 2)
    codes = [(each["code"], each["values"]["product"]) for each in batch.findings]
    assert codes == [("norms.looser_than_upper", "印染布")] * 2
    take_norms(reviewer(), batch.pk)
    assert _own() == ["1", "2", "3"]
    later = _sent(officer, a_row("4", general=Decimal("1.9"), valid_from=date(2025, 1, 1)))
    assert later.counts["looser"] == 0


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"unit": "元/t"}, "norms.unit_unknown"),
        ({"valid_to": date(2024, 1, 1)}, "norms.ends_early"),
        ({"advanced": Decimal("2.3")}, "norms.not_stricter"),
        ({"leader": Decimal("1.7")}, "norms.not_stricter"),
        ({"factor_least": Decimal("0.9")}, "norms.factor_alone"),
        ({"factor_least": Decimal("1.2"), "factor_most": Decimal("1.1")}, "norms.factors_crossed"),
        ({"product": None}, "workbooks.required"),
    ],
)
def test_a_wrong_row_bars_the_workbook_and_is_marked(
    officer: Account, changed: dict[str, Any], code: str
) -> None:
    batch = _sent(officer, a_row("1"), a_row("2", **changed))
    assert code in {each["code"] for each in batch.findings} and batch.counts["errors"] >= 1
    with pytest.raises(ServiceError, match=r"ledger_book\.barred"):
        take_norms(reviewer(), batch.pk)
    name, content = marked_norms(officer, batch.pk)
    cells = [
        str(cell)
        for row in load_workbook(io.BytesIO(content))["用水定额"].iter_rows(values_only=True)
        for cell in row
    ]
    assert name == "定额_校验结果.xlsx" and any(
        ("第" in cell and "错误" in cell) or "：" in cell for cell in cells
    )


def test_the_same_rows_again_bring_nothing_and_other_content_is_refused(officer: Account) -> None:
    take_norms(reviewer(), _sent(officer).pk)
    again = _sent(officer, a_row("1"))
    assert (again.counts["writes"], again.counts["same"]) == (0, 1)
    with pytest.raises(ServiceError, match=r"ledger_book\.nothing"):
        take_norms(reviewer(), again.pk)
    other = _sent(officer, a_row("1", general=Decimal("2.3")))
    assert other.findings[0]["code"] == "norms.stands_already"
    later = _sent(officer, a_row("1", general=Decimal("2.0"), valid_from=date(2026, 1, 1)))
    assert (later.counts["errors"], later.counts["writes"]) == (0, 1)


def test_a_file_that_waits_is_not_kept_twice(officer: Account) -> None:
    content = a_book()
    the_city()
    first, second = (receive_norms(officer, content=content, name="a.xlsx") for _ in range(2))
    assert first == second and LedgerBatch.objects.count() == 1


def test_what_is_no_workbook_of_norms_is_refused(officer: Account, reader: Account) -> None:
    with pytest.raises(EmptyFileError):
        receive_norms(officer, content=b"", name="a.xlsx")
    with pytest.raises(ServiceError):
        receive_norms(officer, content=b"nothing", name="a.xlsx")
    for act in (
        lambda: norm_workbook(reader),
        lambda: receive_norms(reader, content=a_book(), name="a.xlsx"),
        lambda: take_norms(officer, 1),
    ):
        with pytest.raises(NotPermittedError):
            act()
    name, content = norm_workbook(officer)
    assert name == "青禾市_用水定额.xlsx" and "用水定额" in load_workbook(io.BytesIO(content)).sheetnames
