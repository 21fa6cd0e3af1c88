from __future__ import annotations

import io
from dataclasses import replace

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from shuiheng.adapters.containers.stamp import (
    STAMP_SHEET,
    FoundStamp,
    Stamp,
    digest_of,
    stamp_from_line,
    stamp_from_rows,
    stamp_line,
    stamp_rows,
    stamped,
    write_stamp_sheet,
)

STAMP = Stamp(unit="青禾市水务局", period="2026年上半年", issued_at="2026-07-01T09:00:00+08:00", batch="b-7")
FOUND = stamped(STAMP, template="works", version=3, secret=b"k")
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


def test_a_stamp_is_read_back_from_its_line_and_from_its_sheet() -> None:
    assert stamp_from_line(f"节水工程进展表 {stamp_line(FOUND)}") == FOUND
    assert stamp_from_rows(stamp_rows(FOUND)) == FOUND


@given(WORDS, WORDS, WORDS)
def test_any_plain_words_survive_the_line(unit: str, period: str, batch: str) -> None:
    stamp = Stamp(unit=unit, period=period, issued_at="2026-07-01", batch=batch)
    found = stamped(stamp, template="works", version=1)
    assert stamp_from_line(stamp_line(found)) == found


def test_what_is_no_stamp_is_none() -> None:
    assert stamp_from_line("水衡〔2026〕12号") is None
    assert stamp_from_line("节水工程进展表") is None
    assert stamp_from_rows([["unit", "甲"], ["x"], [1, 2]]) is None


def test_every_word_of_a_stamp_and_the_secret_change_the_digest() -> None:
    others = [
        replace(FOUND, **{name: "x"})
        for name in ("template", "version", "unit", "period", "issued_at", "batch")
    ]
    digests = {digest_of(stamp, secret=b"k") for stamp in [FOUND, *others]}
    assert len(digests) == 7
    assert FOUND.digest == digest_of(FOUND, secret=b"k") != digest_of(FOUND, secret=b"other")
    assert digest_of(FOUND, shape="a", secret=b"k") != FOUND.digest


def test_the_stamp_sheet_is_very_hidden() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("表一")
    write_stamp_sheet(book, FOUND)
    book.close()
    opened = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue()))
    sheet = opened.sheets_metadata[1]
    assert (sheet.name, sheet.visible) == (STAMP_SHEET, SheetVisibleEnum.VeryHidden)
    assert stamp_from_rows(opened.get_sheet_by_name(STAMP_SHEET).to_python()) == FOUND
    assert isinstance(FOUND, FoundStamp)
