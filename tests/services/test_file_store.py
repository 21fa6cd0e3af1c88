"""Names and contents of uploaded files."""

from __future__ import annotations

import hashlib

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as checks
from hypothesis import strategies as st

from shuiheng.services.errors import NotThereError
from shuiheng.services.file_store import keep_file, kept_content, shown_name


def test_a_file_is_kept_under_a_random_name_with_its_hash() -> None:
    first, second = keep_file(b"plan"), keep_file(b"plan")
    assert first.name != second.name
    assert first.sha256 == hashlib.sha256(b"plan").hexdigest()
    assert kept_content(first.name) == b"plan"


def test_a_kept_file_is_readable_by_its_owner_only() -> None:
    kept = keep_file(b"plan")
    assert (settings.UPLOADS / kept.name).stat().st_mode & 0o077 == 0


def test_folders_and_direction_marks_are_cut_from_a_name() -> None:
    assert shown_name("../../etc/方案.docx") == "方案.docx"
    assert shown_name("C:\\plans\\方案.docx") == "方案.docx"
    assert shown_name("方\u202e案\x00.docx") == "方案.docx"


def test_a_long_name_keeps_its_ending() -> None:
    name = shown_name("长" * 300 + ".docx")
    assert len(name) == 120 and name.endswith("长.docx")


@given(st.text(max_size=200))
@checks(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_holds_a_separator_or_a_control_character(name: str) -> None:
    shown = shown_name(name)
    assert shown and len(shown) <= 120
    assert not set(shown) & set("/\\:\x00\n")


def test_a_file_that_is_gone_is_not_there() -> None:
    with pytest.raises(NotThereError):
        kept_content("0" * 32)
