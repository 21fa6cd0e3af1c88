"""A batch of cases is taken back as a whole, while nothing has happened in it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on, long_ago
from shuiheng.adapters.records.models import CaseBatch, ProgrammeCase
from shuiheng.services.cases.case_batches import undo_batch, untouched_cases
from shuiheng.services.cases.case_jobs import work_on_batch
from shuiheng.services.cases.keep_case import state_of
from shuiheng.services.cases.open_many import ManyOpenings, ask_openings
from shuiheng.services.errors import NotPermittedError, ServiceError, WrongStateError

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(city: CaseCity) -> CaseBatch:
    for name in ("甲中学", "乙中学"):
        city.user(name, use_class="services", industry_code="8334")
    wanted = ManyOpenings(kind="saving_school", subjects=None, on=long_ago())
    made, job = ask_openings(city.clerk, city.metered.place.pk, wanted)
    work_on_batch(job.pk)
    made.refresh_from_db()
    return made


def test_all_cases_are_given_up_and_can_be_opened_again(city: CaseCity, batch: CaseBatch) -> None:
    undone = undo_batch(city.clerk, batch.pk, reason="名单有误")
    assert (undone.state, undone.undone_by) == ("undone", city.clerk)
    rows = list(batch.cases.all())
    assert {row.phase for row in rows} == {"withdrawn"}
    assert all(state_of(row).phase == "withdrawn" for row in rows)  # its events come to what is kept
    assert all(row.event_count == row.events.count() == 2 for row in rows)
    wanted = ManyOpenings(kind="saving_school", subjects=None, on=long_ago())
    again, job = ask_openings(city.clerk, city.metered.place.pk, wanted)
    work_on_batch(job.pk)
    assert again.cases.count() == 2


def test_a_batch_in_which_something_happened_stays(city: CaseCity, batch: CaseBatch) -> None:
    bring_on(city, batch.cases.first(), until="apply")
    with pytest.raises(ServiceError) as refused:
        undo_batch(city.clerk, batch.pk, reason="名单有误")
    assert (refused.value.code, refused.value.values["count"]) == ("case_batches.in_use", "1")
    assert not ProgrammeCase.objects.filter(phase="withdrawn").exists()


def test_a_word_on_a_case_is_something_that_happened(city: CaseCity, batch: CaseBatch) -> None:
    batch.cases.first().comments.create(words="请补材料", said_by=city.clerk, said_at=timezone.now())
    assert untouched_cases(batch)[1] == 1


def test_a_batch_is_taken_back_once_and_with_a_reason(city: CaseCity, batch: CaseBatch) -> None:
    with pytest.raises(ServiceError) as refused:
        undo_batch(city.clerk, batch.pk, reason=" ")
    assert refused.value.code == "case_batches.reason_needed"
    undo_batch(city.clerk, batch.pk, reason="名单有误")
    with pytest.raises(WrongStateError):
        undo_batch(city.clerk, batch.pk, reason="名单有误")


def test_who_does_not_keep_cases_takes_none_back(city: CaseCity, batch: CaseBatch) -> None:
    with pytest.raises(NotPermittedError):
        undo_batch(city.leader, batch.pk, reason="名单有误")
