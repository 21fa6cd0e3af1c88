"""Files of a check are kept once, and opened with a trace."""

from __future__ import annotations

import pytest

from services.inspections.check_city import PNG, CheckedCity
from shuiheng.adapters.records.models import Event
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.inspections.keep_check_file import BroughtFile, check_file, keep_check_file

pytestmark = pytest.mark.django_db


def test_the_same_bytes_are_kept_once_and_opening_leaves_a_trace(checked: CheckedCity) -> None:
    row = checked.check()
    first = checked.photo(row)
    assert checked.photo(row) == first and row.files.count() == 1 and first.is_electronic
    assert not checked.scan(row).is_electronic
    assert check_file(checked.clerk, first.pk).content == PNG
    assert Event.objects.filter(action="check.file_opened").count() == 1
    with pytest.raises(NotPermittedError):
        check_file(checked.filer(checked.user("甲厂")), first.pk)


def test_only_the_team_brings_files_of_known_kinds(checked: CheckedCity) -> None:
    row = checked.check()
    row.team.filter(inspector=checked.entries[1]).delete()
    with pytest.raises(NotThereError):
        keep_check_file(checked.inspectors[1], row.pk, BroughtFile(content=PNG, name="a.png"))
    with pytest.raises(ServiceError, match=r"progress\.evidence_kind"):
        keep_check_file(checked.inspectors[0], row.pk, BroughtFile(content=b"MZ", name="a.exe"))
    with pytest.raises(ServiceError, match=r"checks\.bad_answer"):
        keep_check_file(checked.inspectors[0], row.pk, BroughtFile(content=PNG, name="a.png", question="9/9"))
