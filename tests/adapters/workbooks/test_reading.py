from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from adapters.workbooks.hostile import package
from adapters.workbooks.making import form_with, honest_rows
from shuiheng.adapters.workbooks import (
    WorkbookLimits,
    WorkbookNotReadError,
    WorkbookRefusedError,
    read_workbook,
)

CONTENT = form_with(honest_rows(1))


def test_the_same_bytes_have_the_same_key_and_a_clean_name() -> None:
    one, two = (read_workbook(CONTENT, name=name) for name in ("C:\\进展\u202e.xlsx", "b.xlsx"))
    assert one.content_key == two.content_key and len(one.content_key) == 64
    assert one.name == "进展.xlsx" and one.sheets == two.sheets


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("print('nonsense')", "bad_answer"),
        ("print('{}')", "bad_answer"),
        ('print(\'{"sheets": [1], "is_1904": 0}\')', "bad_answer"),
        ("import os; os.abort()", "reader_died"),
        ("raise MemoryError", "too_much_memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_much_time"),
        ("import time; time.sleep(60)", "too_slow"),
        ("print('x' * 3_000_000)", "answer_too_long"),
    ],
)
def test_each_way_to_fail_has_its_name(program: str, code: str) -> None:
    limits = replace(WorkbookLimits(), wall_seconds=8, answer_bytes=1_000_000)
    with pytest.raises(WorkbookNotReadError) as failed:
        read_workbook(CONTENT, name="a.xlsx", limits=limits, command=(sys.executable, "-I", "-c", program))
    assert failed.value.code == f"workbooks.{code}"


def test_a_refusal_of_the_child_is_a_refusal_here() -> None:
    program = 'print(\'{"refused": {"cause": "far_row", "values": {"row": "9"}}}\')'
    with pytest.raises(WorkbookRefusedError) as refused:
        read_workbook(CONTENT, name="a.xlsx", command=(sys.executable, "-I", "-c", program))
    assert (refused.value.code, refused.value.values) == ("workbooks.far_row", {"row": "9"})


def test_a_corner_cell_that_no_check_can_see_takes_the_child_and_not_us() -> None:
    cells = '<c t="str"><v>x</v></c>' * 190
    corner = f'<row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="1048576">{cells}</row>'
    with pytest.raises(WorkbookNotReadError, match=r"workbooks\.(too_much_memory|reader_died)"):
        read_workbook(package(corner), name="a.xlsx")
