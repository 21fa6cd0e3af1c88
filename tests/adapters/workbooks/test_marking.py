from __future__ import annotations

import io
from dataclasses import asdict

import pytest
from openpyxl import load_workbook

from adapters.workbooks.making import cell_set, checked, form_with, honest_rows, say
from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks.answers import answers_of
from shuiheng.adapters.workbooks.marking import marked

SENT = cell_set(form_with(honest_rows(2)), I5="约3")


def test_a_cell_is_marked_and_the_hidden_stamp_stays_hidden() -> None:
    answers = asdict(answers_of(checked(SENT), say))
    book = load_workbook(io.BytesIO(marked(SENT, answers)))
    assert book["_shuiheng_stamp"].sheet_state == "veryHidden"
    assert book["_选项"].sheet_state == "hidden"
    assert book.active.title == "节水工程进展表" and book.active["I5"].comment.author == "水衡校验"


def test_a_workbook_without_the_sheet_is_damaged() -> None:
    answers = asdict(answers_of(checked(SENT), say)) | {"sheet": "别的"}
    with pytest.raises(ContainerRefusedError, match="damaged"):
        marked(SENT, answers)
