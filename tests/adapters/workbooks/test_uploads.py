"""Hostile uploads are refused by name; honest ones are read, whatever made them."""

from __future__ import annotations

import time

import pytest

from adapters.workbooks import honest, hostile
from shuiheng.adapters.documents.office import office_program
from shuiheng.adapters.workbooks import WorkbookRefusedError, read_workbook

HOSTILE = list(hostile.files())
HONEST = list(honest.files())


def test_there_are_sixty_hostile_and_a_hundred_honest_files() -> None:
    assert len(HOSTILE) >= 60 and len({name for name, _, _ in HOSTILE}) == len(HOSTILE)
    assert len(HONEST) >= 100


@pytest.mark.parametrize(("name", "content", "cause"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_a_hostile_upload_is_refused_by_name_and_soon(name: str, content: bytes, cause: str) -> None:
    began = time.process_time(), time.monotonic()
    with pytest.raises(WorkbookRefusedError) as refused:
        read_workbook(content, name=name)
    assert refused.value.code == f"workbooks.{cause}"
    assert time.process_time() - began[0] < 2
    assert time.monotonic() - began[1] < 60


@pytest.mark.parametrize("case", HONEST, ids=[case.name for case in HONEST])
def test_an_honest_upload_is_read_cell_by_cell(case: honest.Honest) -> None:
    table = read_workbook(case.content, name=case.name)
    sheet = next(sheet for sheet in table.sheets if sheet.is_visible)
    assert [list(row) for row in sheet.rows if row] == [list(row) for row in case.rows]


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_what_libreoffice_saves_is_read_cell_by_cell(ending: str) -> None:
    program = office_program()
    case = honest.by_libreoffice(ending, program) if program is not None else None
    if case is None:
        pytest.skip("LibreOffice is not installed (Debian package libreoffice-calc-nogui)")
    table = read_workbook(case.content, name=case.name)
    assert [list(row) for row in table.sheets[0].rows] == case.rows
