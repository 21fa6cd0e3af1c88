"""Filing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from services.reporting import make_reporting
from shuiheng.adapters.records.models import Event, SignedLink
from shuiheng.services.errors import NotThereError
from shuiheng.services.file_progress import answer_link, file_progress, withdraw_filing
from shuiheng.services.progress_content import ProgressContent
from shuiheng.services.progress_errors import FieldRefusedError, StaleProgressError, StepRefusedError
from shuiheng.services.review_progress import check_progress, review_progress

pytestmark = pytest.mark.django_db


def test_filing_says_who_and_when() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    assert (row.state, row.filed_by, row.revision) == ("filed", city.clerk, 2)
    assert row.filed_at is not None
    assert Event.objects.get(action="progress.filed").after == {"state": "filed"}


def test_a_report_without_words_is_not_filed() -> None:
    city = make_reporting()
    with pytest.raises(FieldRefusedError) as caught:
        file_progress(city.clerk, city.save(text="", obstacles="缺资金").pk)
    assert caught.value.field == "done_text"


def test_another_unit_cannot_file_it() -> None:
    city = make_reporting()
    with pytest.raises(NotThereError):
        file_progress(city.stranger, city.save().pk)


def test_a_filing_on_an_old_revision_is_refused() -> None:
    city = make_reporting()
    row = city.save()
    city.save(city.colleague, text="乙")
    with pytest.raises(StaleProgressError):
        file_progress(city.clerk, row.pk, revision=1)


def test_a_filing_is_taken_back_until_it_is_reviewed() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    check_progress(city.checker, row.pk)
    row = withdraw_filing(city.colleague, row.pk)
    assert (row.state, row.checked_by) == ("draft", None)
    review_progress(city.officer, file_progress(city.clerk, row.pk).pk)
    with pytest.raises(StepRefusedError):
        withdraw_filing(city.clerk, row.pk)


def test_a_guest_behind_a_link_files_in_the_name_of_the_unit() -> None:
    city = make_reporting()
    link = SignedLink.objects.create(
        digest="a",
        code_digest="b",
        organisation=city.farms,
        task=city.task,
        period=city.period,
        issued_by=city.officer,
        expires_at=timezone.now() + timedelta(days=1),
    )
    row = answer_link(link, ProgressContent(done_text="试点完成"))
    assert (row.state, row.filed_by, row.organisation) == ("filed", None, city.farms)
    event = Event.objects.get(action="progress.filed")
    assert (event.actor, event.organisation) == (None, city.farms)
    assert review_progress(city.officer, row.pk).state == "reviewed"
