"""Filling an office's own sheet: values go into the cells that carry our names, all else stays."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from shuiheng.adapters.containers.errors import ChildFailedError, ContainerRefusedError
from shuiheng.adapters.workbooks.errors import in_own_name
from shuiheng.adapters.workbooks.fill_values import FillValue, values_to_wire
from shuiheng.adapters.workbooks.forms import WorkbookForm
from shuiheng.adapters.workbooks.gate import admit
from shuiheng.adapters.workbooks.limits import WorkbookLimits
from shuiheng.adapters.workbooks.orders import Order
from shuiheng.adapters.workbooks.reading import DEFAULT_LIMITS, raise_refusal, run_worker

FILLER = (sys.executable, "-I", "-X", "utf8", "-m", "shuiheng.adapters.workbooks.filler")


class WhyLeft(StrEnum):
    """Why a cell that carries one of our names was left as it is."""

    FORMULA = "formula"
    AREA = "area"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledCell:
    """One cell that was filled."""

    name: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftCell:
    """One name of ours whose cell was left: it holds a formula, is many cells, or points nowhere."""

    name: str
    why: WhyLeft
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledWorkbook:
    """The office's workbook with its cells filled.

    Args:
        content: Its bytes.
        filled: Every cell that was filled; a name may stand on several sheets.
        left: Names of ours whose cells were left as they are.
        unknown: Names of single cells that are none of ours.
        lacking: Names of ours that the workbook does not have.
    """

    content: bytes
    filled: tuple[FilledCell, ...]
    left: tuple[LeftCell, ...]
    unknown: tuple[str, ...]
    lacking: tuple[str, ...]


@in_own_name()
def fill_workbook(
    content: bytes,
    values: Mapping[str, FillValue],
    *,
    name: str,
    limits: WorkbookLimits = DEFAULT_LIMITS,
    command: Sequence[str] = FILLER,
) -> FilledWorkbook:
    """Return an office's own `.xlsx` with values in the cells that carry their names.

    A number is a number in the format of its cell, a day a day, a text a text whatever it begins
    with; None leaves the cell empty. Formulas, merged cells, looks, pictures and the set-up of
    the print stay; formulas are computed anew when the workbook is opened.

    Args:
        content: Bytes of the file.
        values: Values by the defined name of their cell.
        name: Name of the file; its ending must agree with the content.
        limits: How much of the machine it may take.
        command: The filling process.

    Raises:
        WorkbookRefusedError: It is refused; `code` says why: not .xlsx, protected, with macros, damaged.
        WorkbookNotReadError: The filling process died, took too long or answered nonsense.
    """
    admitted = admit(content, name=name, limits=limits)
    if admitted.form is not WorkbookForm.XLSX:
        raise ContainerRefusedError("not_fillable", form=admitted.form.value)
    order = Order(form=admitted.form.value, limits=asdict(limits), answers=values_to_wire(values))
    ended = run_worker(order, content, limits=limits, command=command)
    head, _, book = ended.answer.partition(b"\n")
    try:
        told = json.loads(head)
        raise_refusal(told)
        filled = tuple(FilledCell(name=ours, sheet=sheet, cell=cell) for ours, sheet, cell in told["filled"])
        left = tuple(LeftCell(name=ours, why=WhyLeft(why), place=at) for ours, why, at in told["left"])
        unknown = tuple(dict.fromkeys(str(each) for (each,) in told["unknown"]))
    except ContainerRefusedError:
        raise
    except (ValueError, TypeError, KeyError) as error:
        raise ChildFailedError("bad_answer") from error
    there = {each.name for each in filled} | {each.name for each in left}
    return FilledWorkbook(
        content=book,
        filled=filled,
        left=left,
        unknown=unknown,
        lacking=tuple(ours for ours in values if ours not in there),
    )
