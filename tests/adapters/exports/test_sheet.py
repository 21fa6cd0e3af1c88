"""A table on its way out."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from shuiheng.adapters.exports import Column, ColumnForm, Sheet


def test_a_column_is_text_unless_said_otherwise() -> None:
    assert Column(title="任务").form is ColumnForm.TEXT


def test_a_sheet_cannot_be_changed() -> None:
    sheet = Sheet(title="任务", columns=[Column(title="任务")], rows=[])
    with pytest.raises(FrozenInstanceError):
        sheet.title = "目标"  # type: ignore[misc]  # that it fails is the point
