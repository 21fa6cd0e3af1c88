"""Giving a workbook back to its sender, with every bad cell marked where it stands."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict, replace

from shuiheng.adapters.containers.child import Place
from shuiheng.adapters.containers.errors import ChildFailedError, ContainerRefusedError
from shuiheng.adapters.workbooks import layout
from shuiheng.adapters.workbooks.answers import Say, answers_of
from shuiheng.adapters.workbooks.checked import CheckedTable
from shuiheng.adapters.workbooks.errors import in_own_name
from shuiheng.adapters.workbooks.forms import WorkbookForm
from shuiheng.adapters.workbooks.fresh_copy import error_list, fresh_copy
from shuiheng.adapters.workbooks.limits import WorkbookLimits
from shuiheng.adapters.workbooks.orders import Order
from shuiheng.adapters.workbooks.reading import DEFAULT_LIMITS, raise_refusal, run_worker

MARKER = (sys.executable, "-I", "-X", "utf8", "-m", "shuiheng.adapters.workbooks.marker")
_MARKING_TIME = 4  # writing a workbook again takes that much longer than reading its values


@in_own_name()
def annotate(
    content: bytes,
    checked: CheckedTable,
    *,
    say: Say,
    limits: WorkbookLimits = DEFAULT_LIMITS,
    summary_sheet: str = layout.SUMMARY_SHEET,
) -> bytes:
    """Return the sender's own workbook: bad cells coloured with a note, results in the first column,
    a summary sheet with links. Order, further columns and further sheets stay.

    An `.xls`, `.ods` or `.csv`, and an `.xlsx` that cannot be written into, comes back as `.xlsx` with
    the same rows and columns. A file with more rows than are marked comes back as a list of its errors.
    The result may be sent in again: what was added is not read.

    Args:
        content: Bytes of the file that was checked.
        checked: The outcome of the check.
        say: Gives the sentence and the remedy of a finding; its `blanks` fill them.
        limits: The limits with which the file was read.
        summary_sheet: Name of the summary, where several sheets of a workbook are marked one by one.

    Raises:
        WorkbookNotReadError: The process that marks died or took too long.
    """
    answers = answers_of(checked, say, summary_sheet=summary_sheet)
    sheet = next((each for each in checked.table.sheets if each.name == checked.sheet), None)
    if sheet is None or len(sheet.rows) > limits.marked_rows:
        return error_list(checked, answers)
    if checked.table.form is not WorkbookForm.XLSX:
        return fresh_copy(checked, sheet, answers)
    slow = replace(
        limits,
        cpu_seconds=limits.cpu_seconds * _MARKING_TIME,
        wall_seconds=limits.wall_seconds * _MARKING_TIME,
    )
    with tempfile.TemporaryDirectory(prefix="shuiheng-", ignore_cleanup_errors=True) as folder:
        order = Order(form=checked.table.form.value, limits=asdict(slow), answers=asdict(answers))
        place = Place(folder=folder, environment=(("TMPDIR", folder),))
        ended = run_worker(order, content, limits=slow, command=MARKER, place=place)
    if ended.answer.startswith(b"PK"):
        return ended.answer
    try:
        raise_refusal(json.loads(ended.answer))
    except ContainerRefusedError as refused:
        if refused.cause != "damaged":
            raise
        return fresh_copy(checked, sheet, answers)
    except ValueError:
        pass
    raise ChildFailedError("bad_answer")
