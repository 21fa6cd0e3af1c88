from __future__ import annotations

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from shuiheng.adapters.workbooks.inserting import insert_first_column


def test_everything_that_names_a_cell_moves_with_it() -> None:
    book = Workbook()
    page, other = book.active, book.create_sheet("汇总")
    page.title = "进展"
    page["A1"], page["B1"], page["C1"] = "甲", "乙", "丙"
    page["C2"] = "=SUM(A2:$B$2)+MAX(汇总!A1)"
    other["A1"] = "=进展!C2+'进展'!A:A+A2"
    page.merge_cells("A5:B6")
    page.column_dimensions["B"].width = 33
    page.freeze_panes, page.auto_filter.ref = "B2", "A1:C9"
    choice = DataValidation(type="list", formula1='"是,否"')
    page.add_data_validation(choice)
    choice.add("B2:B9")
    page.conditional_formatting.add("C2:C9", CellIsRule(operator="lessThan", formula=["$A$2"]))
    page["A3"].hyperlink = "https://example.invalid"
    book.defined_names["list_a"] = DefinedName("list_a", attr_text="进展!$B$2:$B$9")
    insert_first_column(book, page)
    assert [cell.value for cell in page[1]] == [None, "甲", "乙", "丙"]
    assert page["D2"].value == "=SUM(B2:$C$2)+MAX(汇总!A1)"
    assert other["A1"].value == "=进展!D2+'进展'!B:B+A2"
    assert [str(area) for area in page.merged_cells.ranges] == ["B5:C6"]
    assert page.column_dimensions["C"].width == 33
    assert (page.freeze_panes, page.auto_filter.ref) == ("C2", "B1:D9")
    assert str(choice.sqref) == "C2:C9"
    (formatting,) = page.conditional_formatting
    assert str(formatting.sqref) == "D2:D9" and formatting.rules[0].formula == ["$B$2"]
    assert page["B3"].hyperlink.ref == "B3"
    assert book.defined_names["list_a"].attr_text == "进展!$C$2:$C$9"


def test_names_functions_and_texts_in_formulas_stay() -> None:
    book = Workbook()
    page = book.active
    page["B2"] = '=IF(list_a="A1",LOG10(A1),TRUE)'
    insert_first_column(book, page)
    assert page["C2"].value == '=IF(list_a="A1",LOG10(B1),TRUE)'
