from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.workbooks.hostile import package, with_part
from adapters.workbooks.making import form_with, honest_rows
from shuiheng.adapters.workbooks import ENDINGS, WorkbookForm, WorkbookLimits, WorkbookRefusedError
from shuiheng.adapters.workbooks.gate import admit

LIMITS = WorkbookLimits()


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.xlsx", package(), WorkbookForm.XLSX),
        ("进展.第2稿.XLSX", form_with(honest_rows(1)), WorkbookForm.XLSX),
        ("a.xlsx", with_part("xl/printerSettings/printerSettings1.bin"), WorkbookForm.XLSX),
        ("a.xlsx", with_part("xl/media/image1.png"), WorkbookForm.XLSX),
        ("a.csv", "编号,名称".encode("gb18030"), WorkbookForm.CSV),
        ("a.tsv", "编号\t名称".encode("utf-16"), WorkbookForm.CSV),
    ],
)
def test_an_honest_file_passes(name: str, content: bytes, form: WorkbookForm) -> None:
    assert admit(content, name=name, limits=LIMITS).form is form


@given(st.binary(max_size=600), st.sampled_from(sorted(ENDINGS)))
def test_any_bytes_pass_or_are_refused(content: bytes, ending: str) -> None:
    try:
        assert admit(content, name=f"a.{ending}", limits=LIMITS).form is ENDINGS[ending]
    except WorkbookRefusedError as refused:
        assert refused.code.startswith("workbooks.")


@given(st.integers(0, 400), st.binary(min_size=1, max_size=4))
def test_a_changed_byte_passes_or_is_refused(place: int, junk: bytes) -> None:
    whole = package()
    try:
        admit(whole[:place] + junk + whole[place + len(junk) :], name="a.xlsx", limits=LIMITS)
    except WorkbookRefusedError as refused:
        assert refused.code.startswith("workbooks.")
