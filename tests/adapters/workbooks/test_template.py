from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.workbooks.making import FORM
from shuiheng.adapters.workbooks import Column, ColumnForm
from shuiheng.kernel import Severity


def test_a_heading_carries_the_unit_and_a_percent_column_its_sign() -> None:
    assert FORM.column("done").heading == "实际节水量（万m³）"
    assert FORM.column("rate").heading == "漏损率（%）"
    assert FORM.column("name").heading == "工程名称"


def test_key_columns_are_needed_and_unknown_ones_are_an_error() -> None:
    assert FORM.needs(FORM.column("code")) and not FORM.needs(FORM.column("name"))
    with pytest.raises(KeyError):
        FORM.column("absent")


def test_the_shape_changes_with_a_column_and_not_with_a_note() -> None:
    assert replace(FORM, notes=("批准文号：无",)).shape == FORM.shape
    assert replace(FORM, columns=(*FORM.columns, Column(key="x", zh="新列"))).shape != FORM.shape
    assert replace(FORM, keys=()).shape != FORM.shape


def test_a_form_may_weigh_a_code_otherwise() -> None:
    soft = replace(FORM, levels=(("workbooks.duplicate", Severity.WARN),))
    assert soft.severity("workbooks.duplicate", Severity.DISQUALIFY) is Severity.WARN
    assert soft.severity("workbooks.required", Severity.DISQUALIFY) is Severity.DISQUALIFY


def test_numbers_are_three_of_the_forms() -> None:
    assert [form.value for form in ColumnForm if form.is_number] == ["integer", "decimal", "percent"]
