"""One step: locked, held against the rules, written down."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from services.reporting import make_reporting
from shuiheng.adapters.records.models import Progress, ProgressValue
from shuiheng.services.errors import NotPermittedError, NotThereError
from shuiheng.services.file_progress import file_progress
from shuiheng.services.freeze_period import freeze_period
from shuiheng.services.progress_rules import ProgressAction
from shuiheng.services.progress_step import locked_progress, take_step
from shuiheng.services.review_progress import accept_progress, reopen_progress, review_progress

pytestmark = pytest.mark.django_db


def test_not_allowed_and_not_existing_look_the_same() -> None:
    city = make_reporting()
    row = city.save()
    with transaction.atomic():
        for who, key in ((city.stranger, row.pk), (city.clerk, 999_999)):
            with pytest.raises(NotThereError):
                locked_progress(who, ProgressAction.FILE, key)
        with pytest.raises(NotPermittedError):
            locked_progress(city.reviewer, ProgressAction.FILE, row.pk)


def test_a_report_accepted_in_a_frozen_period_is_frozen_at_once() -> None:
    city = make_reporting()
    key = accept_progress(
        city.reviewer, review_progress(city.officer, file_progress(city.clerk, city.save().pk).pk).pk
    ).pk
    freeze_period(city.leader, city.period.pk)
    reopen_progress(city.leader, key, reason="更正")
    city.save(text="更正后的内容")
    file_progress(city.clerk, key)
    take_step(city.officer, ProgressAction.REVIEW, key)
    row = accept_progress(city.reviewer, key)
    assert row.state == "frozen"
    steps = [(step.from_state, step.to_state) for step in row.history.order_by("revision")]
    assert steps[-2:] == [("reviewed", "accepted"), ("accepted", "frozen")]


def test_nothing_changes_an_accepted_report_behind_the_services() -> None:
    city = make_reporting()
    row = city.save(values={city.target.pk: 2})
    accept_progress(city.reviewer, review_progress(city.officer, file_progress(city.clerk, row.pk).pk).pk)
    tries = (
        lambda: Progress.objects.filter(pk=row.pk).update(done_text="改"),
        lambda: Progress.objects.filter(pk=row.pk).update(state="draft"),
        lambda: ProgressValue.objects.filter(progress=row).update(value=9),
        lambda: ProgressValue.objects.filter(progress=row).delete(),
        lambda: row.history.all().delete(),
    )
    for attempt in tries:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    row.refresh_from_db()
    assert (row.state, row.done_text, row.values.get().value) == ("accepted", "完成渠道改造两处", 2)
