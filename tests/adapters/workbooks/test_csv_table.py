from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks.csv_table import csv_rows, separator_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_rows_are_read_whatever_the_encoding_and_the_separator(encoding: str, separator: str) -> None:
    rows = [["编号", "名称", "用水量"], ["01", "东关, 水厂；一期", "1,200"], ["02", "多\n行", ""]]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    found = list(csv_rows(out.getvalue().encode(encoding), longest_cell=100))
    assert found == [[cell or None for cell in row] for row in rows]


def test_an_apostrophe_before_a_formula_is_ours_and_is_taken_off() -> None:
    assert list(csv_rows(b"'=1+1,'abc,-5", longest_cell=100)) == [["=1+1", "'abc", "-5"]]


def test_a_line_without_any_separator_is_one_cell() -> None:
    assert separator_of("编号\n01\n") == ","
    assert list(csv_rows("编号\n01".encode(), longest_cell=9)) == [["编号"], ["01"]]


def test_a_cell_beyond_its_length_is_refused() -> None:
    assert list(csv_rows(b"x" * 20, longest_cell=20)) == [["x" * 20]]
    with pytest.raises(ContainerRefusedError, match="cell_too_long"):
        list(csv_rows(b"x" * 21, longest_cell=20))


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_refused(content: bytes) -> None:
    try:
        assert isinstance(list(csv_rows(content, longest_cell=1000)), list)
    except ContainerRefusedError as refused:
        assert refused.cause in ("not_text", "cell_too_long")
