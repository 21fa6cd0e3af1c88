"""The printed record holds what was filled in, who signed and the hashes of files; empty it is a form."""

from __future__ import annotations

import io
import zipfile

import pytest

from services.inspections.check_city import CheckedCity
from shuiheng.adapters.records.models import Check
from shuiheng.services.inspections.check_paper import record_file

pytestmark = pytest.mark.django_db


def printed(row: Check) -> str:
    content = record_file(row, list(row.answers.all()), list(row.files.all()))
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def test_a_record_says_what_was_found_and_who_signed(checked: CheckedCity) -> None:
    row = checked.recorded()
    text = printed(row)
    for words in (row.subject, "二号取水口没有装表", "二号口", row.files.get().sha256, row.digest[:16]):
        assert words in text
    assert text.count("已于") == 2


def test_a_form_that_is_not_filled_in_leaves_room(checked: CheckedCity) -> None:
    text = printed(checked.check())
    assert "□已出示" in text and "已于" not in text and "取水口是否装有计量设施" in text
