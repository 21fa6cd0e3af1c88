"""Workbooks as offices make them, with the cells that must be read from each."""

from __future__ import annotations

import csv
import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from adapters.workbooks.legacy_making import xls_of

Rows = list[list[Any]]
HEAD = ["编号", "名称", "用水量（万m³）", "日期"]
NAMES = (
    "滨河小区",
    "东关水厂",
    "云栖产业园",
    "“双控”试点|一期",
    "=非公式",
    "-3号井",
    "０５号＋泵站",
    "多\n行",
)


@dataclass(frozen=True)
class Honest:
    """A file, its name, and the cells that stand in it."""

    name: str
    content: bytes
    rows: Rows


def table(count: int) -> Rows:
    """Return headings and rows of every sort of value."""
    rows: Rows = [list(HEAD)]
    for number in range(count):
        name = NAMES[number % len(NAMES)]
        rows.append([f"{number:05}", name, number * 1.25, date(2026, number % 12 + 1, number % 27 + 1)])
    return rows


def files() -> Iterator[Honest]:
    """Yield a hundred files and more."""
    for count in (0, 1, 7, 40, 300):
        yield from _by_xlsxwriter(count)
        yield from _by_openpyxl(count)
        yield from _as_text(count)
        yield from _as_legacy(count)


def _by_xlsxwriter(count: int) -> Iterator[Honest]:
    rows = table(count)
    dress: dict[str, Callable[[Any, Any], None]] = {
        "plain": lambda book, page: None,
        "frozen": lambda book, page: page.freeze_panes(1, 0),
        "printed": lambda book, page: (page.set_landscape(), page.repeat_rows(0), page.set_paper(8)),
        "protected": lambda book, page: page.protect(),
        "linked": lambda book, page: page.write_url(0, 0, "https://example.invalid", string=HEAD[0]),
        "commented": lambda book, page: page.write_comment(0, 1, "请核对"),
        "named": lambda book, page: book.define_name("list_a", "='表一'!$A$1:$A$9"),
        "styled_far": lambda book, page: page.set_column(0, 16_383, 9, book.add_format({"bold": True})),
    }
    for name, wear in dress.items():
        out = io.BytesIO()
        book = xlsxwriter.Workbook(
            out, {"in_memory": True, "strings_to_formulas": False, "default_date_format": "yyyy/m/d"}
        )
        page = book.add_worksheet("表一")
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
        wear(book, page)
        book.close()
        yield Honest(f"xw_{name}_{count}.xlsx", out.getvalue(), rows)


def _by_openpyxl(count: int) -> Iterator[Honest]:
    rows = table(count)
    for name, wear in _DRESS.items():
        book = Workbook()
        page = book.active
        for row in rows:
            page.append(row)
            for cell in page[page.max_row]:
                if cell.data_type == "f":
                    cell.data_type = "s"
        wear(book, page)
        out = io.BytesIO()
        book.save(out)
        yield Honest(f"op_{name}_{count}.xlsx", out.getvalue(), rows)


def _list(book: Any, page: Any) -> None:
    choice = DataValidation(type="list", formula1='"是,否"')
    page.add_data_validation(choice)
    choice.add("E2:E99")


def _chart(book: Any, page: Any) -> None:
    chart = BarChart()
    chart.add_data(Reference(page, min_col=3, min_row=1, max_row=3))
    page.add_chart(chart, "G2")


def _look(book: Any, page: Any) -> None:
    for cell in page[1]:
        cell.font, cell.fill = Font(bold=True, name="黑体"), PatternFill("solid", start_color="DDEEFF")
        cell.alignment = Alignment(wrap_text=True)
    page["B1"].comment = Comment("请填全称", "张工")
    page.conditional_formatting.add("C2:C99", CellIsRule(operator="lessThan", formula=["0"]))


def _second(book: Any, page: Any) -> None:
    other = book.create_sheet("说明")
    other["A1"] = "填报口径：按抄表日。"
    book.create_sheet("草稿").sheet_state = "veryHidden"


def _formula(book: Any, page: Any) -> None:
    other = book.create_sheet("合计")
    other["A1"] = "=SUM(Sheet!C2:C9)"
    other["A2"] = '=IF(A1>0,"有|无!",0)'


def _as_table(book: Any, page: Any) -> None:
    if page.max_row > 1:
        page.add_table(Table(displayName="t1", ref=f"A1:D{page.max_row}"))


_DRESS: dict[str, Callable[[Any, Any], None]] = {
    "plain": lambda book, page: None,
    "list": _list,
    "chart": _chart,
    "look": _look,
    "second": _second,
    "formula": _formula,
    "table": _as_table,
}


def _printed(rows: Sequence[Sequence[Any]]) -> Rows:
    """Return the rows as CSV gives them back: texts."""
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _as_text(count: int) -> Iterator[Honest]:
    rows = _printed(table(count))
    kinds = {
        "utf8.csv": (",", "utf-8"),
        "bom.csv": (",", "utf-8-sig"),
        "gbk.csv": (",", "gb18030"),
        "tab.txt": ("\t", "gb18030"),
        "semicolon.csv": (";", "utf-8-sig"),
        "wide.tsv": ("\t", "utf-16"),
    }
    for name, (separator, encoding) in kinds.items():
        out = io.StringIO()
        csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
        yield Honest(f"{count}_{name}", out.getvalue().encode(encoding), rows)


def _as_legacy(count: int) -> Iterator[Honest]:
    rows = [[row[0], row[1], row[2]] for row in table(min(count, 40))]
    yield Honest(f"biff_{count}.xls", xls_of(rows), rows)


def by_libreoffice(ending: str, program: str) -> Honest | None:
    """Return one workbook as LibreOffice saves it, or None when its calc is not installed."""
    made = next(_by_xlsxwriter(12))
    content = converted(made.content, ending, program)
    return Honest(f"lo.{ending}", content, made.rows) if content is not None else None


def converted(content: bytes, ending: str, program: str) -> bytes | None:
    """Return a workbook as LibreOffice saves it, or None when its calc is missing."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "a.xlsx", Path(folder) / "out"
        source.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", ending, "--outdir", str(out), str(source)]
        subprocess.run(command, check=False, capture_output=True, timeout=120)
        made = out / f"a.{ending}"
        return made.read_bytes() if made.is_file() else None
