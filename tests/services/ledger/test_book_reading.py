"""A workbook of the ledger is read sheet by sheet, and what it tells of people is left out of the record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from office import the_office
from services.ledger.books import FIRST_ROW, changed, exported, write
from shuiheng.adapters.records.models import Account, LedgerBatch
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger.book_reading import check_book, counts_of, finding_of_file, findings_of
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(officer: Account) -> LedgerBatch:
    settle_demo_ledger(officer, the_office().place)
    return LedgerBatch(
        kind="ledger_workbook", place=the_office().place, organisation=the_office(), original_name="a.xlsx"
    )


def test_sheets_may_be_left_out_but_not_all(officer: Account, batch: LedgerBatch) -> None:
    def only_users(book: Any) -> None:
        for name in book.sheetnames:
            if name != "用水户":
                del book[name]

    content = changed(exported(officer), only_users)
    found = check_book(officer, batch, content)
    assert [form.title for form, _ in found.sheets] == ["用水户"]
    assert counts_of(found)["sheets"]["用水户"]["same"] == 5
    renamed = changed(content, lambda book: setattr(book["用水户"], "title", "别的"))
    with pytest.raises(ServiceError, match="no_sheet"):
        check_book(officer, batch, renamed)
    with pytest.raises(ServiceError, match="unknown_form"):
        csv = LedgerBatch(place=the_office().place, organisation=the_office(), original_name="a.csv")
        check_book(officer, csv, "户号,名称\n1,甲\n".encode())


def test_what_is_kept_of_a_check_holds_no_name_of_a_person(officer: Account, batch: LedgerBatch) -> None:
    def change(book: Any) -> None:
        page = book["联系人"]
        write(page, FIRST_ROW, 姓名="欧阳青", 电话="13800001111")
        write(page, FIRST_ROW + 1, 姓名="王**", 电子邮箱="司马@")

    found = check_book(officer, batch, changed(exported(officer), change))
    kept = json.dumps([counts_of(found), *findings_of(found)], ensure_ascii=False)
    assert not any(words in kept for words in ("欧阳", "13800001111", "司马", "王**"))
    assert found.errors == 1 and "***" in kept


def test_the_digest_follows_what_would_change_only(officer: Account, batch: LedgerBatch) -> None:
    content = exported(officer)
    same, again = check_book(officer, batch, content), check_book(officer, batch, content)
    other = changed(content, lambda book: write(book["用水户"], FIRST_ROW, 名称="另一厂"))
    assert same.digest == again.digest != check_book(officer, batch, other).digest


def test_a_file_that_cannot_be_read_is_one_finding() -> None:
    told = finding_of_file(ServiceError("workbooks.damaged", part="x"))
    assert (told["code"], told["values"]) == ("workbooks.damaged", {"part": "x", "line": ""})
