"""Saving a draft."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.reporting import make_person, make_reporting
from shuiheng.adapters.records.models import Event, Progress, Role, TaskParty
from shuiheng.services.errors import NotPermittedError, NotThereError
from shuiheng.services.file_progress import file_progress
from shuiheng.services.progress_content import ProgressContent
from shuiheng.services.progress_errors import StaleProgressError, StepRefusedError
from shuiheng.services.save_progress import save_progress

pytestmark = pytest.mark.django_db


def test_a_draft_is_kept_with_its_value_history_and_event() -> None:
    city = make_reporting()
    row = city.save(values={city.target.pk: Decimal("2.5")})
    assert (row.state, row.revision, row.started_by) == ("draft", 1, city.clerk)
    assert row.values.get().value == Decimal("2.5")
    assert row.history.get().content["values"] == {str(city.target.pk): "2.5"}
    event = Event.objects.get(action="progress.saved")
    assert event.after == {"done_text": "完成渠道改造两处", "values": {str(city.target.pk): "2.5"}}
    assert event.before == {"done_text": "", "values": {}}


def test_saving_the_same_again_changes_nothing() -> None:
    city = make_reporting()
    city.save()
    city.save()
    assert Progress.objects.get().revision == 1
    assert Event.objects.filter(action="progress.saved").count() == 1


def test_a_value_can_be_changed_and_taken_out() -> None:
    city = make_reporting()
    for value in (2, 3):
        row = city.save(values={city.target.pk: Decimal(value)})
    assert row.values.get().value == 3
    assert not city.save().values.exists()


def test_a_save_that_rests_on_an_old_revision_says_what_stands_now() -> None:
    city = make_reporting()
    row = city.save(text="甲")
    city.save(city.colleague, text="乙")
    with pytest.raises(StaleProgressError) as caught:
        save_progress(
            city.clerk,
            ProgressContent(done_text="丙"),
            period=city.period.pk,
            task=city.task.pk,
            organisation=city.bureau.pk,
            revision=row.revision,
        )
    assert caught.value.content["done_text"] == "乙"
    assert caught.value.values["by"] == "colleague"
    assert Progress.objects.get().done_text == "乙"


def test_a_unit_writes_only_where_it_has_a_part() -> None:
    city = make_reporting()
    words = ProgressContent(done_text="甲")
    for task, unit in ((city.other_task, city.bureau), (city.task, city.farms)):
        with pytest.raises(NotThereError):
            save_progress(city.clerk, words, period=city.period.pk, task=task.pk, organisation=unit.pk)
    save_progress(city.stranger, words, period=city.period.pk, task=city.task.pk, organisation=city.farms.pk)
    assert Progress.objects.get().organisation == city.farms


def test_a_part_that_has_ended_is_no_part() -> None:
    city = make_reporting()
    TaskParty.objects.filter(organisation=city.bureau).update(to_on="2026-05-01")
    with pytest.raises(NotThereError):
        city.save()


def test_who_may_only_look_may_not_write() -> None:
    city = make_reporting()
    with pytest.raises(NotPermittedError):
        city.save(make_person("wang", city.bureau, Role.READER))


def test_a_filed_report_is_closed_to_writing() -> None:
    city = make_reporting()
    row = file_progress(city.clerk, city.save().pk)
    with pytest.raises(StepRefusedError):
        city.save(text="别的")
    row.refresh_from_db()
    assert row.done_text == "完成渠道改造两处"
