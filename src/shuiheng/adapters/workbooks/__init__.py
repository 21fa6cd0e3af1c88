"""The Excel contract: forms that go out as workbooks, come back filled in, and are answered in place.

In: a `Template` and the rows that are known already; later the bytes that a user sends back. Out: a
stamped workbook; a `CheckedTable` whose rows are values and whose findings name cells; the user's own
workbook with every bad cell marked. Nothing is saved here: `check` first, then the caller commits the
rows in one transaction, told apart by `CheckedRow.key`. What is refused is refused by name:
`WorkbookRefusedError` with a code, whose sentence and remedy stand in the rulebook.
"""

from shuiheng.adapters.containers.stamp import FoundStamp, Stamp
from shuiheng.adapters.workbooks.annotating import annotate
from shuiheng.adapters.workbooks.checked import LEVEL_WORDS, CellFinding, CheckedRow, CheckedTable, IgnoredRow
from shuiheng.adapters.workbooks.checking import StampRules, check
from shuiheng.adapters.workbooks.errors import TemplateFaultError, WorkbookNotReadError, WorkbookRefusedError
from shuiheng.adapters.workbooks.fill_values import FillValue, Share
from shuiheng.adapters.workbooks.filling import FilledCell, FilledWorkbook, LeftCell, WhyLeft, fill_workbook
from shuiheng.adapters.workbooks.forms import ENDINGS, WorkbookForm
from shuiheng.adapters.workbooks.headings import matched_template
from shuiheng.adapters.workbooks.limits import WorkbookLimits
from shuiheng.adapters.workbooks.named_form import NamedLine, write_named_form
from shuiheng.adapters.workbooks.reading import read_workbook
from shuiheng.adapters.workbooks.table import RawTable
from shuiheng.adapters.workbooks.template import (
    CodeScheme,
    Column,
    ColumnForm,
    RowRule,
    RuleKind,
    Template,
    Value,
)
from shuiheng.adapters.workbooks.writing import BookPart, write_book, write_template
from shuiheng.kernel.credit_code import CreditCodeFault, credit_code_fault

__all__ = [
    "ENDINGS",
    "LEVEL_WORDS",
    "BookPart",
    "CellFinding",
    "CheckedRow",
    "CheckedTable",
    "CodeScheme",
    "Column",
    "ColumnForm",
    "CreditCodeFault",
    "FillValue",
    "FilledCell",
    "FilledWorkbook",
    "FoundStamp",
    "IgnoredRow",
    "LeftCell",
    "NamedLine",
    "RawTable",
    "RowRule",
    "RuleKind",
    "Share",
    "Stamp",
    "StampRules",
    "Template",
    "TemplateFaultError",
    "Value",
    "WhyLeft",
    "WorkbookForm",
    "WorkbookLimits",
    "WorkbookNotReadError",
    "WorkbookRefusedError",
    "annotate",
    "check",
    "credit_code_fault",
    "fill_workbook",
    "matched_template",
    "read_workbook",
    "write_book",
    "write_named_form",
    "write_template",
]
