"""The names of openpyxl that are used here; the library ships no types, which is said in this one place."""

from openpyxl import load_workbook  # type: ignore[import-untyped]  # ships no types
from openpyxl.comments import Comment  # type: ignore[import-untyped]  # ships no types
from openpyxl.formatting.formatting import (  # type: ignore[import-untyped]  # ships no types
    ConditionalFormattingList,
)
from openpyxl.formula import Tokenizer  # type: ignore[import-untyped]  # ships no types
from openpyxl.formula.tokenizer import Token  # type: ignore[import-untyped]  # ships no types
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]  # ships no types
from openpyxl.utils import (  # type: ignore[import-untyped]  # ships no types
    column_index_from_string,
    get_column_letter,
)
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange  # type: ignore[import-untyped]  # ships no types
from openpyxl.worksheet.hyperlink import Hyperlink  # type: ignore[import-untyped]  # ships no types
from openpyxl.worksheet.properties import PageSetupProperties  # type: ignore[import-untyped]  # ships no types

__all__ = [
    "Alignment",
    "CellRange",
    "Comment",
    "ConditionalFormattingList",
    "Font",
    "Hyperlink",
    "MultiCellRange",
    "PageSetupProperties",
    "PatternFill",
    "Token",
    "Tokenizer",
    "column_index_from_string",
    "get_column_letter",
    "load_workbook",
]
