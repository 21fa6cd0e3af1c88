"""By which words the monthly workbook of a water company is read, and what in it is doubted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "metering/workbook_columns.yaml"
ROLES = (
    "number",
    "user",
    "account",
    "last_on",
    "last_m3",
    "digits",
    "read_on",
    "register",
    "mark",
    "swap_on",
    "swap_final",
    "swap_start",
    "swap_serial",
    "remark",
)
MARKS = ("read", "estimated", "unread")
DOUBTS = ("days_after_month", "unit_times", "far_times", "far_least_m3", "usual_months", "fewest_months")


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDoubts:
    """What in a monthly workbook is doubted.

    Args:
        days_after_month: So many days behind the month a reading still counts as one of the month.
        unit_times: A register so many times the last one, or so small a part of it, is in another unit.
        far_times: A use so many times the usual one wants a reason.
        far_least_m3: A use below this wants none.
        usual_months: Over how many months before the usual use is found.
        fewest_months: Fewer known months say nothing of what is usual.
    """

    days_after_month: int
    unit_times: Decimal
    far_times: Decimal
    far_least_m3: Decimal
    usual_months: int
    fewest_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookColumns:
    """Words of monthly workbooks.

    Args:
        words: Role of a column to the headings that name it, the usual one first.
        marks: `read`, `estimated`, `unread` to what a cell says for it, the usual word first.
        units: Other spellings of m³.
        doubts: What is doubted.
    """

    words: Mapping[str, tuple[str, ...]]
    marks: Mapping[str, tuple[str, ...]]
    units: tuple[str, ...]
    doubts: MonthDoubts


@cache
def workbook_columns() -> WorkbookColumns:
    """Return the words that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_workbook_columns(rulebook_folder())


def read_workbook_columns(folder: Traversable) -> WorkbookColumns:
    """Return the words of the file below a folder."""
    entry = read_file(folder, FILE)
    entry.only("columns", "marks", "units", "doubts")
    return WorkbookColumns(
        words=_lists(entry, "columns", ROLES),
        marks=_lists(entry, "marks", MARKS),
        units=entry.words("units"),
        doubts=_doubts(entry.at("doubts")),
    )


def _lists(entry: Entry, name: str, keys: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return lists of words by their keys; a word that stands in two lists names neither."""
    entry.take(name, dict)
    lists = entry.at(name)
    lists.only(*keys)
    seen: dict[str, str] = {}
    for key in keys:
        words = lists.words(key)
        if not words:
            raise lists.refuse(f"`{key}` has no word", "Write at least one.")
        for word in words:
            if word in seen:
                raise lists.refuse(f"`{word}` names {seen[word]} and {key}", "Leave it in one place.")
            seen[word] = key
    return MappingProxyType({key: lists.words(key) for key in keys})


def _doubts(entry: Entry) -> MonthDoubts:
    entry.only(*DOUBTS)
    numbers = {}
    for name in DOUBTS:
        entry.take(name, dict)
        entry.at(name).only("value", "unit", "reason")
        numbers[name] = entry.at(name).number("value")
    return MonthDoubts(
        days_after_month=int(numbers["days_after_month"]),
        unit_times=numbers["unit_times"],
        far_times=numbers["far_times"],
        far_least_m3=numbers["far_least_m3"],
        usual_months=int(numbers["usual_months"]),
        fewest_months=int(numbers["fewest_months"]),
    )
