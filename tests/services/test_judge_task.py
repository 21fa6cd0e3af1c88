"""A judgement beside the computed status."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from services.reporting import make_reporting
from shuiheng.adapters.records.models import Event, Judgement
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.judge_task import judge_task
from shuiheng.services.task_status import status_of

pytestmark = pytest.mark.django_db


def test_a_judgement_has_a_name_and_changes_no_status() -> None:
    city = make_reporting()
    before = status_of(city.task)
    judgement = judge_task(city.leader, city.task.pk, words=" 资金已落实，可以按期完成 ")
    assert (judgement.words, judgement.by) == ("资金已落实，可以按期完成", city.leader)
    assert status_of(city.task) == before
    assert Event.objects.filter(action="task.judged").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Judgement.objects.update(words="改")


def test_an_empty_judgement_or_one_without_the_right_is_refused() -> None:
    city = make_reporting()
    with pytest.raises(ServiceError):
        judge_task(city.leader, city.task.pk, words=" \x00")
    with pytest.raises(NotPermittedError):
        judge_task(city.officer, city.task.pk, words="好")
    with pytest.raises(NotThereError):
        judge_task(city.leader, 999_999, words="好")
