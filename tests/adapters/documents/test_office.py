from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from adapters.documents.making import cell, docx_of, paragraph, table
from shuiheng.adapters.documents import (
    ReaderMissingError,
    ReadingFailedError,
    ReadingLimits,
    office,
    read_document,
)
from shuiheng.adapters.documents.forms import Form

LIMITS = ReadingLimits()
needs_office = pytest.mark.skipif(
    office.office_program() is None, reason=f"LibreOffice is not installed (Debian package {office.PACKAGE})"
)


def test_without_libreoffice_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    with pytest.raises(ReaderMissingError) as missing:
        office.converted_to_docx(b"", Form.DOC, LIMITS)
    assert missing.value.values == {"form": "doc", "package": "libreoffice-writer-nogui"}


@needs_office
@pytest.mark.parametrize("ending", ["doc", "rtf"])
def test_an_old_format_gives_the_words_and_table_of_the_original(ending: str, tmp_path: Path) -> None:
    rows = [[cell("序号"), cell("任务"), cell("牵头单位")], [cell("1"), cell("检查"), cell("市水利局")]]
    # LibreOffice loses a table at the very end when it writes .doc, so a paragraph closes the file.
    source = tmp_path / "a.docx"
    source.write_bytes(docx_of(paragraph("任务表") + table(*rows) + paragraph("注：下同。")))
    profile = f"-env:UserInstallation={tmp_path.as_uri()}/profile"
    command = [
        str(office.office_program()),
        profile,
        "--headless",
        "--convert-to",
        ending,
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    document = read_document((tmp_path / f"a.{ending}").read_bytes(), name=f"a.{ending}")
    assert document.text == "任务表\n序号\t任务\t牵头单位\t1\t检查\t市水利局\n注：下同。"
    assert document.media_type == Form(ending).media_type


@needs_office
def test_a_file_that_libreoffice_cannot_read_is_a_failure_not_a_hang() -> None:
    with pytest.raises(ReadingFailedError, match=r"documents\.office_failed"):
        office.converted_to_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), Form.DOC, LIMITS)
