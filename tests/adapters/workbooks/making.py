"""A form, its rows and returned workbooks made for the tests; every organisation in them is invented."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import yaml
from openpyxl import load_workbook
from openpyxl.utils.escape import escape

from places import PACKAGE
from shuiheng.adapters.workbooks import (
    CellFinding,
    CheckedTable,
    CodeScheme,
    Column,
    ColumnForm,
    RowRule,
    RuleKind,
    Stamp,
    StampRules,
    Template,
    Value,
    check,
    read_workbook,
    write_template,
)
from shuiheng.kernel import Severity
from shuiheng.kernel.credit_code import check_character

SECRET = b"a key of the tests"
STAMP = Stamp(unit="青禾市水务局", period="2026年上半年", issued_at="2026-07-01T09:00:00+08:00", batch="b-7")
RULES = StampRules(unit=STAMP.unit, period=STAMP.period, batch=STAMP.batch, secret=SECRET)
STATES = ("按期推进", "滞后", "已完成", "无法评价")
FORM = Template(
    id="works",
    version=3,
    title="节水工程进展表",
    columns=(
        Column(
            key="code",
            zh="工程编号",
            form=ColumnForm.CODE,
            pattern=r"G[0-9]{4}",
            help="G 加四位数字",
        ),
        Column(key="name", zh="工程名称", is_locked=True),
        Column(
            key="owner", zh="信用代码", form=ColumnForm.CODE, scheme=CodeScheme.CREDIT_CODE, is_required=True
        ),
        Column(key="state", zh="进展", form=ColumnForm.CHOICE, choices=STATES, is_required=True),
        Column(key="obstacle", zh="存在问题", longest=40, shortest=2),
        Column(
            key="plan", zh="计划节水量", unit="万m³", form=ColumnForm.DECIMAL, places=4, lowest=Decimal(0)
        ),
        Column(
            key="done",
            zh="实际节水量",
            unit="万m³",
            unit_also=("万立方米",),
            form=ColumnForm.DECIMAL,
            places=4,
            lowest=Decimal(0),
            highest=Decimal(5000),
            is_required=True,
        ),
        Column(
            key="rate", zh="漏损率", form=ColumnForm.PERCENT, lowest=Decimal(0), highest=Decimal(1), places=2
        ),
        Column(key="meters", zh="改造水表", unit="只", form=ColumnForm.INTEGER, lowest=Decimal(0)),
        Column(
            key="on",
            zh="完成日期",
            form=ColumnForm.DAY,
            lowest=date(2025, 1, 1),
            highest=date(2030, 12, 31),
            is_required=True,
        ),
    ),
    keys=("code",),
    rules=(
        RowRule(kind=RuleKind.COMPARE, left="done", operator="<=", right=("plan",)),
        RowRule(kind=RuleKind.REQUIRED_WHEN, left="obstacle", right=("state",), words=("滞后",)),
    ),
)
FIRST_DATA_ROW = 5  # stamp, headings, two samples


def credit_code(number: int) -> str:
    """Return a whole credit code of an invented body."""
    body = f"{'91N5Y1'[number % 3 * 2 : number % 3 * 2 + 2]}9900{number % 100:02}MA{number:07}"
    return body + check_character(body)


def honest_row(number: int) -> dict[str, Value]:
    """Return one row without fault, different for each number."""
    plan = Decimal(number % 97 + 1) + Decimal(number % 7) / 10
    return {
        "code": f"G{number:04}",
        "name": f"第{number}号管网改造",
        "owner": credit_code(number),
        "state": STATES[number % 2 * 2],
        "obstacle": "占道手续未办完" if number % 5 == 0 else None,
        "plan": plan,
        "done": plan / 2 if number % 3 else plan,
        "rate": Decimal(number % 20 + 1) / 100,
        "meters": number * 3 % 500,
        "on": date(2026, 1, 1) + timedelta(days=number % 900),
    }


def honest_rows(count: int) -> list[dict[str, Value]]:
    """Return rows without fault."""
    return [honest_row(number) for number in range(1, count + 1)]


def form_with(rows: Sequence[Mapping[str, Value]], template: Template = FORM) -> bytes:
    """Return the form as issued with these rows."""
    return write_template(template, stamp=STAMP, rows=rows, secret=SECRET, blank_rows=20)


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a workbook after a person changed its first sheet."""
    book = load_workbook(io.BytesIO(content))
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell_set(content: bytes, **cells: object) -> bytes:
    """Return a workbook with these cells (`G5=12`) set in its first sheet."""

    def change(page: Any) -> None:
        for place, value in cells.items():
            page[place] = escape(value) if isinstance(value, str) else value
            if isinstance(value, str):
                page[place].data_type = "s"

    return changed(content, change)


def checked(content: bytes, name: str = "a.xlsx", **more: Any) -> CheckedTable:
    """Return the check of a returned file."""
    more.setdefault("rules", RULES)
    return check(read_workbook(content, name=name), FORM, **more)


@dataclass(frozen=True)
class Sentence:
    """What people read about a finding."""

    says: str
    remedy: str


@cache
def sentences() -> dict[str, dict[str, dict[str, str]]]:
    """Return the sentences of the room as the rulebook holds them."""
    text = (PACKAGE / "rulebook" / "findings" / "workbooks.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(text)
    return loaded


def say(finding: CellFinding) -> Sentence:
    """Return what the rulebook says about a finding; a blank that nothing fills is an error."""
    entry = sentences()[finding.code]["zh"]
    return Sentence(entry["says"].format(**finding.blanks), entry["remedy"].format(**finding.blanks))


def codes(outcome: CheckedTable, *, least: Severity = Severity.WARN) -> list[str]:
    """Return the codes of the errors and, unless asked otherwise, of the 提示."""
    wanted = {Severity.WARN: {Severity.WARN, Severity.DISQUALIFY}, Severity.NOTE: set(Severity)}
    return [
        each.code.removeprefix("workbooks.")
        for each in outcome.findings
        if each.severity in wanted.get(least, {Severity.DISQUALIFY})
    ]
