from __future__ import annotations

from datetime import date

import pytest

from adapters.workbooks.making import FORM, credit_code
from shuiheng.adapters.workbooks.cells.codes import code_of
from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.table import Cell

PLAIN, CREDIT = FORM.column("code"), FORM.column("owner")


@pytest.mark.parametrize("text", ["G0012", " g0012 ", "Ｇ００１２", "'G0012"])
def test_a_code_is_folded_and_kept_whole(text: str) -> None:
    assert code_of(text, PLAIN) == "G0012"


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        (911100006000373412.0, "code_is_number"),
        (True, "code_is_number"),
        (date(2026, 3, 4), "code_is_day"),
        ("9.11E+17", "code_scientific"),
        ("G12", "code_form"),
    ],
)
def test_a_code_that_was_turned_into_something_else_is_refused(cell: Cell, cause: str) -> None:
    found = code_of(cell, PLAIN)
    assert isinstance(found, Fault) and found.cause == cause


def test_a_credit_code_is_checked_and_its_length_told() -> None:
    assert code_of(credit_code(1).lower(), CREDIT) == credit_code(1)
    found = code_of(credit_code(1)[:17], CREDIT)
    assert isinstance(found, Fault)
    assert (found.cause, dict(found.values)) == ("credit_code_length", {"length": "17"})
