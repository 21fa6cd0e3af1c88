"""Fixed-shape sheets as offices make them, with named cells, for the tests of filling."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins

NAMES = {
    "单位": "$B$2",
    "填报日期": "$E$8",
    "报告日": "$E$2",
    "任务_总数": "$B$4",
    "任务_已完成": "$B$5",
    "漏损率_百分格": "$C$4",
    "漏损率_数字格": "$C$5",
    "合计": "$B$6",
    "说明": "$A$7:$E$7",
    "一片": "$A$9:$B$10",
}


def office_form(*, is_protected: bool = False, sheet: str = "半年报 表一") -> bytes:
    """Return a form with a merged head, formulas, a list, looks and a print set-up."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    page.merge_cells("A1:E1")
    page["A1"] = "节水行动半年报表"
    page["A1"].font = Font(name="黑体", size=18, bold=True)
    page["A2"], page["A3"], page["A4"], page["A5"], page["A6"] = "单位", "项目", "总数", "已完成", "合计"
    page["B4"], page["B5"] = 99, None
    page["B4"].number_format = "#,##0"
    page["B6"] = "=SUM(B4:B5)"
    page["C4"].number_format, page["C5"].number_format = "0.00%", "0.00"
    page["E8"].number_format = "yyyy年m月d日"
    page["E2"].fill = PatternFill("solid", start_color="FFEB9C")
    page.merge_cells("A7:E7")
    page.column_dimensions["A"].width = 31
    page.row_dimensions[1].height = 40
    page.print_title_rows, page.print_area = "1:3", "A1:E10"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 8
    page.page_margins = PageMargins(left=0.3)
    page.oddFooter.center.text = "第 &P 页"
    page.freeze_panes = "B4"
    rule = DataValidation(type="whole", operator="greaterThan", formula1="0")
    rule.add("B4")
    page.add_data_validation(rule)
    other = book.create_sheet("汇总")
    other["A1"] = f"='{sheet}'!B6*2"
    for name, area in NAMES.items():
        book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet}'!{area}")
    other.defined_names["单位"] = DefinedName("单位", attr_text="汇总!$C$3")
    other.defined_names["别家的名称"] = DefinedName("别家的名称", attr_text="汇总!$D$3")
    book.defined_names["失效"] = DefinedName("失效", attr_text="#REF!$A$1")
    if is_protected:
        page.protection.sheet = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def through_office(content: bytes) -> bytes:
    """Return a workbook as LibreOffice writes it after opening it, its formulas computed."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "in.xlsx").write_bytes(content)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        subprocess.run(
            [*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", f"{folder}/out", f"{folder}/in.xlsx"],
            check=True,
            capture_output=True,
            timeout=240,
        )
        return (place / "out" / "in.xlsx").read_bytes()


def opened(content: bytes, *, sheet: str | None = None, computed: bool = False) -> dict[str, object]:
    """Return the values of one sheet by the name of the cell."""
    book = load_workbook(io.BytesIO(content), data_only=computed)
    page = book[sheet] if sheet else book.worksheets[0]
    return {cell.coordinate: cell.value for row in page.iter_rows() for cell in row}
