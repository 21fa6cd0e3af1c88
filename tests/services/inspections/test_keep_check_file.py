"""Files of a check are kept once, opened with a trace, and reviewed by a second person."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from services.inspections.check_city import PNG, CheckedCity
from shuiheng.adapters.records.models import CheckFile, CheckFileState, Event
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.inspections.keep_check_file import BroughtFile, check_file, keep_check_file
from shuiheng.services.inspections.review_check_file import review_check_file

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


def test_who_brought_a_file_does_not_review_it_and_a_refusal_says_why(checked: CheckedCity) -> None:
    file = checked.photo(checked.check())
    with pytest.raises(ServiceError, match=r"checks\.reason_needed"):
        review_check_file(checked.reviewer, file.pk, is_accepted=False)
    assert review_check_file(checked.reviewer, file.pk, is_accepted=True).state == CheckFileState.REVIEWED
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckFile.objects.filter(pk=file.pk).update(reviewed_by=file.added_by)


def test_a_file_on_which_an_order_rests_is_not_rejected(checked: CheckedCity) -> None:
    made = checked.ordered(checked.recorded())
    with pytest.raises(ServiceError, match=r"checks\.file_used"):
        review_check_file(checked.leader, made.files.get().pk, is_accepted=False, note="看错了")
