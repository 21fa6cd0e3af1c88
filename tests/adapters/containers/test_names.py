from __future__ import annotations

import pytest

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.containers.names import claimed_ending, kind_by_content, named_and_sized, shown_name


def test_a_shown_name_has_no_folders_marks_or_excess() -> None:
    assert shown_name("C:\\temp\\..\\方案\u202e.docx") == "方案.docx"
    assert shown_name("/etc/passwd") == "passwd"
    assert shown_name("") == "document"
    assert len(shown_name("长" * 300 + ".docx")) <= 120
    assert shown_name("长" * 300 + ".docx").endswith(".docx")


@pytest.mark.parametrize(("content", "cause"), [(b"", "empty"), (b"12345", "too_large")])
def test_a_file_with_nothing_or_too_much_is_refused(content: bytes, cause: str) -> None:
    assert named_and_sized(b"1234", "a/b.csv", file_bytes=4) == "b.csv"
    with pytest.raises(ContainerRefusedError) as refused:
        named_and_sized(content, "a.csv", file_bytes=4)
    assert refused.value.cause == cause


def test_an_ending_is_the_last_one_in_small_letters() -> None:
    assert [claimed_ending(name) for name in ("a.v2.XLSX", "a.csv", "a")] == ["xlsx", "csv", ""]


@pytest.mark.parametrize(
    ("name", "cause"), [("a.xlsm", "macros"), ("a.xlsb", "macros"), ("a.exe.xlsx", "double_extension")]
)
def test_an_ending_that_hides_something_is_refused(name: str, cause: str) -> None:
    with pytest.raises(ContainerRefusedError) as refused:
        claimed_ending(name)
    assert refused.value.cause == cause


def test_the_first_bytes_show_the_kind_behind_a_mark_or_blank_lines_too() -> None:
    assert kind_by_content(b"\r\n%PDF-1.7") == "pdf"
    assert kind_by_content(b"PK\x03\x04") == "zip"
    assert kind_by_content("\ufeff序号,单位".encode()) == ""
