"""CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.containers.cell_safety import ARMED
from shuiheng.adapters.exports import Column, Sheet, write_csv


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _sheet(*values: object) -> Sheet:
    return Sheet(title="表", columns=[Column(title="列")], rows=[[value] for value in values])  # type: ignore[list-item]


def test_the_file_begins_with_the_mark_that_excel_needs() -> None:
    assert write_csv(_sheet("甲")).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("first", ARMED)
def test_a_text_that_looks_like_a_formula_is_disarmed(first: str) -> None:
    assert _rows(write_csv(_sheet(f"{first}1+1")))[1][0] == f"'{first}1+1"


def test_a_negative_number_is_not_touched() -> None:
    assert _rows(write_csv(_sheet(-3, Decimal("-0.5"), None)))[1:] == [["-3"], ["-0.5"], [""]]


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00")))
def test_no_cell_of_text_begins_with_a_sign_of_a_formula(text: str) -> None:
    cell = _rows(write_csv(_sheet(text)))[1:]
    assert not cell or not cell[0] or not cell[0][0].startswith(ARMED)
