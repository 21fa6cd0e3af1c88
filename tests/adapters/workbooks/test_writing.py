from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from datetime import date
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from adapters.workbooks.making import FORM, RULES, STATES, checked, credit_code, form_with, honest_rows
from shuiheng.adapters.workbooks import (
    Column,
    ColumnForm,
    Stamp,
    Template,
    WorkbookForm,
    WorkbookLimits,
    check,
    write_template,
)
from shuiheng.adapters.workbooks.orders import Order
from shuiheng.adapters.workbooks.wire import table_from_wire
from shuiheng.adapters.workbooks.worker import answer

PAYLOADS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://a.invalid")',
]


def _parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml")}


def test_the_form_has_one_row_of_headings_with_units_below_the_stamp() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(form_with(honest_rows(2))))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][:4] == ["校验结果", "序号", "*工程编号", "工程名称"]
    assert "计划节水量（万m³）" in rows[1] and rows[1][-1] == "情况说明"
    assert [row[1] for row in rows[2:]] == ["示例1", "示例2", "1", "2"]
    assert [sheet.visible for sheet in book.sheets_metadata] == [
        SheetVisibleEnum.Visible,
        SheetVisibleEnum.Visible,
        SheetVisibleEnum.Hidden,
        SheetVisibleEnum.VeryHidden,
    ]


def test_a_list_longer_than_a_cell_takes_stands_on_the_hidden_sheet_under_a_name() -> None:
    choices = tuple(f"第{number:03}号水源地保护工程" for number in range(300))
    form = Template(
        id="long",
        version=1,
        title="长列表",
        columns=(Column(key="works", zh="工程", form=ColumnForm.CHOICE, choices=choices),),
    )
    stamp = Stamp(unit="青禾市水务局", period="2026年", issued_at="2026-07-01")
    parts = _parts(write_template(form, stamp=stamp))
    assert "<formula1>list_works</formula1>" in parts["xl/worksheets/sheet1.xml"]
    assert "'_选项'!$C$1:$C$300" in parts["xl/workbook.xml"]


def test_only_features_that_wps_shares_are_used_and_the_page_is_set_up() -> None:
    parts = _parts(form_with(honest_rows(2)))
    page = parts["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in page and 'orientation="landscape"' in page and 'paperSize="9"' in page
    assert "_xlnm.Print_Titles" in parts["xl/workbook.xml"]
    for absent in ("<extLst", "<sheetProtection", "dynamicArray", "threadedComment", "slicer", "<f>"):
        assert not any(absent in part for part in parts.values())


def test_code_columns_are_text_down_to_the_blank_rows() -> None:
    parts = _parts(form_with(honest_rows(1)))
    assert 'formatCode="@"' in parts["xl/styles.xml"] or 'numFmtId="49"' in parts["xl/styles.xml"]


def test_a_text_that_looks_like_a_formula_is_written_as_text_and_read_back() -> None:
    rows = [
        {**row, "name": payload} for row, payload in zip(honest_rows(len(PAYLOADS)), PAYLOADS, strict=True)
    ]
    content = form_with(rows)
    assert not any("<f>" in part for part in _parts(content).values())
    assert [row.values["name"] for row in checked(content).rows] == [payload.strip() for payload in PAYLOADS]


WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=2, max_size=30).filter(
    lambda text: "_x" not in text and text.strip() == text
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.integers(0, 9999).map("G{:04}".format),
            "name": st.none() | WORDS,
            "owner": st.integers(0, 10**6).map(credit_code),
            "state": st.sampled_from([STATES[0], STATES[2]]),
            "done": st.decimals(0, 5000, places=4),
            "rate": st.none() | st.decimals(1, 100, places=2).map(lambda percent: percent / 100),
            "meters": st.none() | st.integers(0, 10**9),
            "on": st.dates(date(2025, 1, 1), date(2030, 12, 31)),
        }
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row["code"],
)


@settings(max_examples=30, deadline=None)
@given(ROWS)
def test_what_is_written_is_read_back_value_by_value(rows: list[dict[str, object]]) -> None:
    content = form_with(rows)  # type: ignore[arg-type]  # the values are those of a form
    order = Order(form="xlsx", limits=asdict(WorkbookLimits()))
    told = json.loads(answer(order, content))
    table = table_from_wire(told, name="a.xlsx", form=WorkbookForm.XLSX, content_key="k")
    outcome = check(table, FORM, rules=RULES)
    assert outcome.can_commit, outcome.findings
    for row, wanted in zip(outcome.rows, rows, strict=True):
        for key, value in wanted.items():
            assert row.values[key] == (normalize("NFC", value) if isinstance(value, str) else value), key
