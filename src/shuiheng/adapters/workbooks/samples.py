"""The two sample rows of a form, which show how it is filled in and are never read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.adapters.workbooks.template import CodeScheme, Column, ColumnForm, Row, Template, Value
from shuiheng.kernel.credit_code import check_character

SAMPLE = "示例"
COUNT = 2
_BODIES = ("91990000100000000", "N2990000MF1000000")


def sample_rows(template: Template) -> tuple[Row, ...]:
    """Return the sample rows, the columns' own samples where they have them."""
    return tuple(
        {column.key: _sample(column, index) for column in template.columns} for index in range(COUNT)
    )


def _sample(column: Column, index: int) -> Value:
    if column.samples:
        return column.samples[index % len(column.samples)]
    if column.form is ColumnForm.CHOICE:
        return column.choices[index % len(column.choices)]
    if column.form is ColumnForm.DAY:
        return column.lowest if isinstance(column.lowest, date) else date(2000, 1, 1 + index)
    if column.form.is_number:
        number = column.lowest if isinstance(column.lowest, Decimal) else Decimal(index)
        return int(number) if column.form is ColumnForm.INTEGER else number
    if column.scheme is CodeScheme.CREDIT_CODE:
        return _BODIES[index] + check_character(_BODIES[index])
    return f"{SAMPLE}{column.zh}{index + 1}"
