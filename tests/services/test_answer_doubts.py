"""A doubt is answered in the workbook or on the page, and the answer stays with the batch and the row."""

from __future__ import annotations

import pytest

from services.reporting import make_reporting
from services.test_progress_doubts import sent_after
from shuiheng.adapters.records.models import Event, ImportBatch, ImportChange
from shuiheng.services.answer_doubts import answer_doubts
from shuiheng.services.commit_batch import commit_batch
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.progress_errors import ReasonNeededError

pytestmark = pytest.mark.django_db


def _row(batch: ImportBatch) -> int:
    return int(batch.counts["unanswered"][0])


def test_a_reason_on_the_page_lets_the_batch_in_and_stays_with_the_row() -> None:
    city = make_reporting()
    batch = sent_after(city, last=3, now=2)
    row = _row(batch)
    with pytest.raises(ServiceError) as caught:
        commit_batch(city.clerk, batch.pk)
    assert caught.value.code == "progress.batch_unanswered"
    answered = answer_doubts(city.clerk, batch.pk, {row: " 一处返工 ", row + 1: "无关"})
    assert (answered.state, answered.counts["unanswered"]) == ("checked", [])
    commit_batch(city.clerk, batch.pk)
    change = ImportChange.objects.get()
    assert change.after["reasons"] == {str(row): "一处返工"}
    assert Event.objects.get(action="import.answered").reason == f"{row}：一处返工"


def test_a_reason_in_the_workbook_lets_it_in_at_once_and_stays_with_the_row() -> None:
    city = make_reporting()
    batch = sent_after(city, last=3, now=2, reason="一处返工")
    assert (batch.state, batch.counts["unanswered"]) == ("checked", [])
    commit_batch(city.clerk, batch.pk)
    assert list(ImportChange.objects.get().after["reasons"].values()) == ["一处返工"]


def test_without_a_reason_nothing_changes() -> None:
    city = make_reporting()
    batch = sent_after(city, last=3, now=2)
    for given in ({}, {_row(batch): " \x00 "}, {_row(batch) + 1: "别的行"}):
        with pytest.raises(ReasonNeededError):
            answer_doubts(city.clerk, batch.pk, given)
    batch.refresh_from_db()
    assert batch.state == "blocked"


def test_a_batch_that_wants_no_reason_takes_none() -> None:
    city = make_reporting()
    batch = sent_after(city, last=1, now=2)
    with pytest.raises(ServiceError) as caught:
        answer_doubts(city.clerk, batch.pk, {5: "说明"})
    assert caught.value.code == "progress.batch_state"


def test_another_unit_finds_no_batch_to_answer() -> None:
    city = make_reporting()
    batch = sent_after(city, last=3, now=2)
    with pytest.raises(NotThereError):
        answer_doubts(city.stranger, batch.pk, {_row(batch): "说明"})
